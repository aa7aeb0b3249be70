import type { Page } from '../page/page.ts';
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
  const former = page.snapshot.client;
  return former && isSame(former, next) ? former : next;
}

function isSame(former: Client, next: Client): boolean {
  return (
    former.id === next.id &&
    former.lastActiveSessionId === next.lastActiveSessionId &&
    former.signIn === next.signIn &&
    former.signUp === next.signUp &&
    former.sessions.length === next.sessions.length &&
    former.sessions.every((session, at) => session === next.sessions[at])
  );
}
