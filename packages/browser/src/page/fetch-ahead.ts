import { loadSessionCalls } from '../session/load-calls.ts';
import { loadSignInSteps } from '../sign-in/view.ts';
import { loadSignUpSteps } from '../sign-up/view.ts';
import { loadAhead } from './later.ts';
import type { Page } from './page.ts';

/**
 * Fetches what the page will need next, with each change of who is signed in, and starts the
 * timer of the next token. The person reads meanwhile, and all is there when the network
 * fails later.
 */
export function fetchAhead(page: Page): void {
  clearTimeout(page.refreshTimer);
  const start = () => {
    if (page.activeSessionId)
      return loadAhead(async () => (await loadSessionCalls()).keepFresh(page));
    loadAhead(loadSignInSteps);
    loadAhead(loadSignUpSteps);
  };
  // A ticket needs none of it, nor does the page that it leads to at once.
  setTimeout(start, page.redemptions.size && 1000);
}
