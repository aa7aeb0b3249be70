import type { TokenJSON } from '@willcall/contract';
import { readOwnSessionCookie } from '../cookie/session-cookies.ts';
import { findSession, type Page } from '../page/page.ts';
import { tellTabs } from '../page/tabs.ts';
import { type Call, send } from '../request/send.ts';
import { wait } from '../request/wait.ts';
import { WillcallError, WillcallNetworkError } from '../request/errors.ts';
import { holdToken, isBefore, readClaims } from './hold-token.ts';
import { withLock } from './with-lock.ts';

/**
 * Gets a new token. Callers of this page share the refresh that is under way; tabs wait for
 * each other, and a tab that waited takes the token that the other one fetched.
 *
 * @param isForced whether it must be fetched, even when another tab has just done so
 */
export function refreshToken(page: Page, sessionId: string, isForced = false): Promise<string> {
  const name = `${sessionId}${isForced ? ' forced' : ''}`;
  const running = page.refreshes.get(name);
  if (running) return running;
  const refresh = withLock(`willcall ${page.apiUrl} ${sessionId}`, async () => {
    const found = isForced ? undefined : findFresh(page, sessionId);
    return found ?? fetchToken(page, sessionId, isForced);
  }).finally(() => page.refreshes.delete(name));
  page.refreshes.set(name, refresh);
  return refresh;
}

/** The same for a caller who may come late: `undefined` once the session has ended. */
export async function refreshWhileLive(
  page: Page,
  sessionId: string,
  isForced: boolean,
): Promise<string | undefined> {
  try {
    return await refreshToken(page, sessionId, isForced);
  } catch (error) {
    const hasEnded =
      error instanceof WillcallError && error.status === 401 && !findSession(page, sessionId);
    if (hasEnded) return undefined;
    throw error;
  }
}

/** What another tab has left for us, by message or in the cookie that all tabs share. */
function findFresh(page: Page, sessionId: string): string | undefined {
  const held = page.tokens.get(sessionId);
  const jwt = readOwnSessionCookie(page);
  const claims = jwt === undefined ? undefined : readClaims(jwt);
  if (jwt && held && claims?.sid === sessionId && claims.iat > held.issuedAt) {
    // Both moments of issue are the server's, so their distance holds on this clock too.
    holdToken(page, jwt, held.receivedAt + (claims.iat - held.issuedAt) * 1000);
  }
  const best = page.tokens.get(sessionId);
  return best && isBefore(best, 'staleAt') ? best.jwt : undefined;
}

async function fetchToken(page: Page, sessionId: string, isForced: boolean): Promise<string> {
  const path = `/client/sessions/${sessionId}/tokens`;
  // Without it the server may give the token again that it signed a moment ago.
  const call: Call = isForced ? { path, query: { debug: 'skip_cache' } } : { path };
  const { jwt } = await sendPatiently(page, call);
  const receivedAt = Date.now();
  holdToken(page, jwt, receivedAt);
  page.commit();
  tellTabs(page, { jwt, receivedAt });
  return jwt;
}

/** How long a server is asked again that does not answer. Milliseconds. */
const patience = 15_000;

/** A server that restarts or is under load must not look like a sign-out. */
async function sendPatiently(page: Page, call: Call): Promise<TokenJSON> {
  const startedAt = performance.now();
  for (let delay = 500; ; delay *= 2) {
    try {
      return await send<TokenJSON>(page, call);
    } catch (error) {
      if (performance.now() - startedAt > patience || !isPassing(error)) throw error;
      const asked = error instanceof WillcallError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
      await wait(Math.min(Math.max(delay, asked), 30_000));
    }
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof WillcallNetworkError) return true;
  return error instanceof WillcallError && (error.status === 429 || error.status >= 500);
}
