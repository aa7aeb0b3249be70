import type { Page } from '../page/page.ts';

/**
 * Sets the timer that fetches the active session's next token shortly before the present
 * one expires. A hidden page has none: it catches up when it is seen again.
 */
export function scheduleRefresh(page: Page): void {
  clearTimeout(page.refreshTimer);
  const id = page.activeSessionId;
  const held = id === undefined ? undefined : page.tokens.get(id);
  if (id === undefined || !held || document.visibilityState === 'hidden') return;
  page.refreshTimer = setTimeout(
    () => refreshQuietly(page, id),
    Math.max(0, held.staleAt - Date.now()),
  );
}

/** A failure leaves the session as it is; the next caller of getToken learns of it. */
export function refreshQuietly(page: Page, sessionId: string): void {
  loadRefresh()
    .then(({ refreshToken }) => refreshToken(page, sessionId))
    .catch(() => {});
}

/** The first token lasts a while: what gets the next one comes after all that is urgent. */
export const loadRefresh = () => import('./refresh-token.ts');
