import { urlParameters } from '@willcall/contract';
import { listParameters } from './parameters.ts';

/** A ticket that came with the page's address. */
export interface TicketInUrl {
  readonly ticket: string;
  /** What the link asks for: `sign_up` leads to sign-up, everything else signs in. */
  readonly ticketStatus: string | undefined;
}

/**
 * The ticket in an address: in the query, else inside the hash (`#?…`, `#/?…`, `#/step?…`).
 * `undefined` without one; an empty one is none.
 */
export function readTicket(location: Pick<Location, 'search' | 'hash'>): TicketInUrl | undefined {
  for (const place of [location.search, location.hash]) {
    const parameters = new Map(listParameters(place));
    const ticket = parameters.get(urlParameters.ticket);
    if (ticket) return { ticket, ticketStatus: parameters.get(urlParameters.ticketStatus) };
  }
  return undefined;
}
