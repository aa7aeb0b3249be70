import { refetchClient } from '../client/refetch.ts';
import type { Page } from './page.ts';

/** Follows what the person does with the page: hiding it, seeing it again, coming back to it. */
export function watchPage(page: Page): void {
  // Starts and stops the timer of the next token.
  document.addEventListener('visibilitychange', () => page.commit());
  // A page that comes back from the back-forward cache may have missed a sign-out.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) refetchClient(page, { activates: true }).catch(() => {});
  });
}
