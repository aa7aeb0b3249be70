import { loadPart } from '../page/later.ts';
import { findSession, type Page } from '../page/page.ts';
import { isBefore } from './hold-token.ts';
import type { GetTokenParams } from './session.ts';

/** See `Session.getToken`. */
export async function getToken(
  page: Page,
  sessionId: string,
  { skipCache = false }: GetTokenParams = {},
): Promise<string | undefined> {
  const held = page.tokens.get(sessionId);
  if (!findSession(page, sessionId)) return undefined;
  const isGood = held && !skipCache && isBefore(held, 'spentAt');
  if (isGood && isBefore(held, 'staleAt')) return held.jwt;
  const renewed = renew(page, sessionId, skipCache);
  if (!isGood) return renewed;
  // The next caller learns of a failure.
  renewed.catch(() => {});
  return held.jwt;
}

async function renew(page: Page, sessionId: string, isForced: boolean) {
  const { refreshWhileLive } = await loadPart(loadSessionCalls);
  return refreshWhileLive(page, sessionId, isForced);
}

/** The first token lasts a while, and who has just come in does not go yet. */
export const loadSessionCalls = () => import('./calls.ts');
