import type { Willcall } from '@willcall/browser';
import type { ProviderSettings } from '../provider/context.ts';
import type { Destination } from './choose.ts';

/**
 * Leaves for a destination, in place of the present page, so that the back button does not
 * return to a finished sign-in. Answers `false`, and stays, where the destination is the
 * page that is shown.
 */
export function goTo(
  willcall: Willcall,
  settings: ProviderSettings,
  destination: Destination,
): boolean {
  const { url } = destination;
  if (isPresentPage(url)) return false;
  if (url.origin === location.origin) {
    const replace = settings.routerReplace ?? settings.routerPush;
    if (replace) replace(url.pathname + url.search + url.hash);
    else location.replace(willcall.decorateUrl(url.href));
    return true;
  }
  const next = willcall.decorateUrl(url.href);
  location.replace(destination.mustAsk ? askServer(willcall, next) : next);
  return true;
}

/** The server sends people on to origins of its allow-list, and shows an error page for others. */
function askServer(willcall: Willcall, url: string): string {
  const query = new URLSearchParams({ redirect_url: url });
  return `${willcall.apiUrl ?? ''}/v1/client/redirect?${query}`;
}

function isPresentPage(url: URL): boolean {
  const present = new URL(location.href);
  if (url.hash === '') present.hash = '';
  return url.href === present.href;
}
