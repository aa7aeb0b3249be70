import type { Page } from '../page/page.ts';
import { reuseView } from '../page/reuse-view.ts';
import { viewSession } from '../session/view.ts';
import { viewSignIn } from '../sign-in/view.ts';
import { viewSignUp } from '../sign-up/view.ts';
import type { Client } from './client.ts';

/** The client as users of this package see it; the former object when nothing in it changed. */
export function viewClient(page: Page): Client {
  const next: Client = {
    id: page.client?.id,
    sessions: (page.client?.sessions ?? []).map((session) => viewSession(page, session)),
    lastActiveSessionId: page.client?.last_active_session_id ?? undefined,
    signIn: viewSignIn(page),
    signUp: viewSignUp(page),
  };
  return reuseView(page, 'client', next, () => next);
}
