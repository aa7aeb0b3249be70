import { isOnOtherSite, type Page } from './page.ts';

/** The parameter that brings a session to another site, in development. */
export const handoverParameter = '__willcall_handover';

/**
 * The URL to go to instead of this one. In development, on the server's own site, another
 * host gets a mark at which the page there fetches the session; the server decides whether
 * that page may have it. Everywhere else the URL stays as it is.
 */
export function decorateUrl(page: Page, url: string): string {
  if (page.environment?.instanceType !== 'development' || isOnOtherSite(page)) return url;
  const target = new URL(url, location.href);
  if (target.hostname === location.hostname || !target.protocol.startsWith('http')) return url;
  target.search += `${target.search ? '&' : '?'}${handoverParameter}=start`;
  return target.href;
}
