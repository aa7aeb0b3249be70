import { later } from '../page/later.ts';
import { findSession, type Page } from '../page/page.ts';
import { isBefore } from './hold-token.ts';
import { loadSessionCalls } from './load-calls.ts';
import type { GetTokenParams } from './session.ts';

/** See `Session.getToken`. */
export async function getToken(
  page: Page,
  sessionId: string,
  { skipCache = false }: GetTokenParams = {},
): Promise<string | undefined> {
  const held = page.tokens.get(sessionId);
  if (!findSession(page, sessionId)) return undefined;
  const { refreshWhileLive } = later([page, sessionId], loadSessionCalls, ['refreshWhileLive']);
  const isGood = held && !skipCache && isBefore(held, 'spentAt');
  if (isGood && isBefore(held, 'staleAt')) return held.jwt;
  const renewed = refreshWhileLive(skipCache);
  if (!isGood) return renewed;
  // The next caller learns of a failure.
  renewed.catch(() => {});
  return held.jwt;
}
