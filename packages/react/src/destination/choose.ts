import { readParameter } from '../route/parameter.ts';

/** What decides where a person goes when signed in. */
export interface DestinationInput {
  /** The present page, as an absolute address. */
  readonly page: URL;
  /** Wins over everything. Named by the developer, so any http(s) address will do. */
  readonly forceRedirectUrl?: string | undefined;
  /** Taken when the page's address names none. */
  readonly fallbackRedirectUrl?: string | undefined;
}

/** A place to go to. `mustAsk`: the server must first allow it, since the address bar named it. */
export interface Destination {
  readonly url: URL;
  readonly mustAsk: boolean;
}

/**
 * Where a person goes when signed in: `forceRedirectUrl`, else `redirect_url` of the page's
 * address, else `fallbackRedirectUrl`, else `/`. A `redirect_url` that is no plain http(s)
 * address is passed over; one on another origin is for the server to allow.
 */
export function chooseDestination(input: DestinationInput): Destination {
  const { page, forceRedirectUrl, fallbackRedirectUrl } = input;
  const forced = forceRedirectUrl ? readWebUrl(forceRedirectUrl, page) : undefined;
  if (forced) return { url: forced, mustAsk: false };
  const named = readNamedUrl(readParameter(page, 'redirect_url'), page);
  if (named) return { url: named, mustAsk: named.origin !== page.origin };
  const fallback = fallbackRedirectUrl ? readWebUrl(fallbackRedirectUrl, page) : undefined;
  return { url: fallback ?? new URL('/', page), mustAsk: false };
}

/** An address out of the address bar. Anybody can write one there, so only two plain forms pass. */
function readNamedUrl(text: string | undefined, page: URL): URL | undefined {
  // `//host`, `/\host` and control characters mean other things to other parsers.
  if (!text || !/^(\/(?!\/)|https?:\/\/)/i.test(text) || /[\\\s\p{Cc}]/u.test(text)) {
    return undefined;
  }
  const url = readWebUrl(text, page);
  return url?.username || url?.password ? undefined : url;
}

/** An address of the web, seen from a page; `undefined` for every other text. */
export function readWebUrl(text: string, page: URL): URL | undefined {
  if (!URL.canParse(text, page.href)) return undefined;
  const url = new URL(text, page.href);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
}
