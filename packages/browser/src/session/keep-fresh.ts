import type { Page } from '../page/page.ts';
import { WillcallError } from '../request/errors.ts';
import { type HeldToken, isBefore } from './hold-token.ts';
import { refreshToken } from './refresh-token.ts';

/** Between a refresh that failed and the next one, and the longest such pause. Milliseconds. */
const [firstPause, longestPause] = [15_000, 60_000];

/** The pause after the last try to replace a token, and when it ends (`performance.now`). Milliseconds. */
const pauses = new WeakMap<HeldToken, { readonly length: number; readonly until: number }>();

/**
 * Sets the timer that fetches the active session's next token shortly before the present
 * one expires. A hidden page has none: it catches up when it is seen again. A failure leaves
 * the session as it is, and the server is asked again as long as the page is seen: else the
 * cookie would stay expired. A server that refuses is asked less and less.
 *
 * @param atLeast how long the timer runs in any case, in milliseconds
 */
export function keepFresh(page: Page, atLeast = 0): void {
  clearTimeout(page.refreshTimer);
  const id = page.activeSessionId;
  const held = id === undefined ? undefined : page.tokens.get(id);
  if (id === undefined || !held || document.visibilityState === 'hidden') return;
  const { length, until } = pauses.get(held) ?? { length: 0, until: 0 };
  const refresh = () => {
    // Already now: a refusal makes the page ask who is signed in, and what it learns leads here.
    const next = Math.min(length * 2 || firstPause, longestPause);
    pauses.set(held, { length: next, until: performance.now() + next });
    refreshToken(page, id).catch((error: unknown) => {
      // Where nobody answered, the end of the outage is the end of the pause.
      if (!(error instanceof WillcallError)) pauses.delete(held);
      keepFresh(page, firstPause);
    });
  };
  const left = isBefore(held, 'staleAt') ? held.staleAt - Date.now() : until - performance.now();
  page.refreshTimer = setTimeout(refresh, Math.max(atLeast, left));
}
