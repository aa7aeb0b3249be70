import type { Page } from '../page/page.ts';
import { isBefore } from './hold-token.ts';
import { refreshToken } from './refresh-token.ts';

/** Between a refresh that failed and the next one. Milliseconds. */
const pause = 15_000;

/**
 * Sets the timer that fetches the active session's next token shortly before the present
 * one expires. A hidden page has none: it catches up when it is seen again. A failure leaves
 * the session as it is, and the server is asked again as long as the page is seen: else the
 * cookie would stay expired.
 *
 * @param atLeast how long the timer runs in any case, in milliseconds
 */
export function keepFresh(page: Page, atLeast = 0): void {
  clearTimeout(page.refreshTimer);
  const id = page.activeSessionId;
  const held = id === undefined ? undefined : page.tokens.get(id);
  if (id === undefined || !held || document.visibilityState === 'hidden') return;
  const left = isBefore(held, 'staleAt') ? held.staleAt - Date.now() : 0;
  const refresh = () => void refreshToken(page, id).catch(() => keepFresh(page, pause));
  page.refreshTimer = setTimeout(refresh, Math.max(atLeast, left));
}
