import { urlParameters } from '@willcall/contract';
import { removeParameters } from './parameters.ts';

/**
 * Takes ticket and ticket status out of the address bar, in query and hash, without a new
 * history entry. Every other parameter keeps its place. Does nothing without either.
 */
export function stripTicket(
  history: Pick<History, 'replaceState' | 'state'>,
  location: Pick<Location, 'origin' | 'pathname' | 'search' | 'hash'>,
): void {
  stripParameters(history, location, [urlParameters.ticket, urlParameters.ticketStatus]);
}

/** Takes the named parameters out of the address bar, as {@link stripTicket} does. */
export function stripParameters(
  history: Pick<History, 'replaceState' | 'state'>,
  location: Pick<Location, 'origin' | 'pathname' | 'search' | 'hash'>,
  names: readonly string[],
): void {
  const search = removeParameters(location.search, names);
  const hash = removeParameters(location.hash, names);
  if (search === location.search && hash === location.hash) return;
  // The state stays: routers keep their place in it. The origin is named, since a path that
  // begins with `//` would be read as another one.
  history.replaceState(history.state, '', location.origin + location.pathname + search + hash);
}
