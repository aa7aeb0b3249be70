import { refetchClient } from '../client/refetch.ts';
import type { Page } from './page.ts';

/** Follows what the person does with the page: hiding it, seeing it again, coming back to it. */
export function watchPage(page: Page): void {
  const commit = () => page.commit();
  // Starts and stops the timer of the next token.
  document.addEventListener('visibilitychange', commit);
  // A token may have ended while the server was out of reach.
  addEventListener('online', commit);
  // A page that comes back from the back-forward cache may have missed a sign-out.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) refetchClient(page, { activates: true }).catch(() => {});
  });
}
