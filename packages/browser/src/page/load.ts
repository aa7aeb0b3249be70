import { cookieNames, cookieSuffix, readPublishableKey } from '@willcall/contract';
import { refetchClient } from '../client/refetch.ts';
import { readCookie } from '../cookie/cookie.ts';
import type { Environment } from '../environment/environment.ts';
import { fetchEnvironment } from '../environment/fetch.ts';
import { requireText } from '../request/require-text.ts';
import { withLock } from '../session/with-lock.ts';
import { watchPage } from './watch.ts';
import { isOnOtherSite, type Page } from './page.ts';
import { listenToTabs } from './tabs.ts';

/** Asks the server about instance and client, both at once, and starts to keep them up to date. */
export async function loadPage(page: Page): Promise<void> {
  if (typeof window === 'undefined') throw new TypeError('load needs a browser.');
  if (isLocal()) page.apiUrl ??= 'http://localhost:4000';
  if (page.apiUrl === undefined) requireText(page, 'createWillcall', 'apiUrl');
  const asked = fetchEnvironment(page);
  // A rejection is looked at below; until then it must not count as unhandled.
  asked.catch(() => {});
  if (isOnOtherSite(page) && (await isDevelopment(page, asked))) {
    const part = await loadConnection();
    await part.connectOtherSite(page);
  }
  const [environment] = await Promise.all([asked, meetServer(page)]);
  await useEnvironment(page, environment);
  page.loaded = true;
  page.commit();
  watchPage(page);
  listenToTabs(page);
}

/**
 * Asks who is signed in. Tabs of a browser that the server does not know yet ask one after
 * another: each would be taken for a browser of its own, and only one of them could redeem a
 * link that was opened in both.
 */
function meetServer(page: Page): Promise<void> {
  const ask = () => refetchClient(page, { activates: true });
  return readCookie(cookieNames.clientUpdatedAt) ? ask() : withLock('willcall', ask);
}

function isLocal(): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(location.hostname);
}

async function isDevelopment(page: Page, asked: Promise<Environment>): Promise<boolean> {
  const type = page.publishableKey && readPublishableKey(page.publishableKey)?.instanceType;
  return (type ?? (await asked).instanceType) === 'development';
}

async function useEnvironment(page: Page, environment: Environment): Promise<void> {
  page.environment = environment;
  if (page.publishableKey && page.publishableKey !== environment.publishableKey) {
    throw new TypeError("The 'publishableKey' is of another server.");
  }
  page.publishableKey = environment.publishableKey;
  // Browsers compute digests on secure pages only; without the suffix the plain names remain.
  page.cookieSuffix = isSecureContext ? await cookieSuffix(environment.publishableKey) : undefined;
}

// In production nobody needs it.
const loadConnection = () => import('../development/connect.ts');
