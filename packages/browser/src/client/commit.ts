import type { Page } from '../page/page.ts';
import { writeSessionCookies } from '../cookie/session-cookies.ts';
import { fetchAhead } from '../page/fetch-ahead.ts';
import { viewClient } from './view.ts';

/** Tells cookies, timers and listeners what the page's state is now; nothing before it is loaded. */
export function commit(page: Page): void {
  if (!page.loaded) return;
  writeSessionCookies(page);
  fetchAhead(page);
  const client = viewClient(page);
  const session = client.sessions.find(({ id }) => id === page.activeSessionId);
  const { environment, snapshot } = page;
  const isSame =
    snapshot.client === client &&
    snapshot.session === session &&
    snapshot.environment === environment;
  if (isSame) return;
  page.snapshot = { loaded: true, client, session, user: session?.user, environment };
  for (const listener of page.listeners) {
    try {
      listener();
    } catch (error) {
      // A listener's fault must not stop a sign-in half-way.
      reportError(error);
    }
  }
}
