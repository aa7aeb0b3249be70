import { type Destination, readWebUrl } from './choose.ts';

/**
 * Where a person goes after signing out: the address that the developer named, if it is one of
 * the web. `undefined` for none, and for what would run instead of leading somewhere.
 */
export function afterSignOut(named: string | undefined, page: URL): Destination | undefined {
  const url = named ? readWebUrl(named, page) : undefined;
  return url && { url, mustAsk: false };
}
