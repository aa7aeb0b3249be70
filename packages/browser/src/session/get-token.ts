import { loadPart } from '../page/later.ts';
import { findSession, type Page } from '../page/page.ts';
import { loadRefresh, refreshQuietly } from './keep-fresh.ts';
import type { GetTokenParams } from './session.ts';

/** See `Session.getToken`. */
export async function getToken(
  page: Page,
  sessionId: string,
  { skipCache = false }: GetTokenParams = {},
): Promise<string | undefined> {
  const held = page.tokens.get(sessionId);
  if (!findSession(page, sessionId)) return undefined;
  if (held && !skipCache && Date.now() < held.spentAt) {
    if (Date.now() >= held.staleAt) refreshQuietly(page, sessionId);
    return held.jwt;
  }
  const { refreshWhileLive } = await loadPart(loadRefresh);
  return refreshWhileLive(page, sessionId, skipCache);
}
