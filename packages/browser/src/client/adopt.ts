import type { ClientJSON, SignInJSON, SignUpJSON } from '@willcall/contract';
import { findSession, type Page } from '../page/page.ts';
import { holdToken } from '../session/hold-token.ts';
import { isKnownSignInStatus } from '../sign-in/status.ts';

/**
 * Makes what the server says about this browser the page's state. An answer that was
 * overtaken by a newer one is dropped.
 *
 * @param activates whether the session that was used last in any tab becomes this page's;
 *   else it keeps its own while that lives, and nobody stays nobody
 */
export function adoptClient(
  page: Page,
  client: ClientJSON | null,
  { activates = false } = {},
): void {
  const isOvertaken =
    client && page.client?.id === client.id && client.updated_at < page.client.updated_at;
  if (isOvertaken) return;
  page.client = client ?? undefined;
  page.clientVersion += 1;
  for (const session of client?.sessions ?? []) {
    if (session.last_active_token) holdToken(page, session.last_active_token.jwt);
  }
  for (const id of page.tokens.keys()) {
    if (!findSession(page, id)) page.tokens.delete(id);
  }
  keepAttempts(page);
  const hasLost = page.activeSessionId !== undefined && !findSession(page, page.activeSessionId);
  if (activates || hasLost) page.activeSessionId = lastActive(page);
  page.commit();
}

/** The client lists no attempt that is over, but its outcome is still wanted in this page. */
function keepAttempts(page: Page): void {
  const { sign_in: signIn = null, sign_up: signUp = null } = page.client ?? {};
  page.signIn = signIn ? wanted(page, signIn) : finished(page, page.signIn);
  page.signUp = signUp ? wanted(page, signUp) : finished(page, page.signUp);
}

function wanted<Attempt extends SignInJSON | SignUpJSON>(
  page: Page,
  attempt: Attempt,
): Attempt | undefined {
  const isKnown = attempt.object === 'sign_up_attempt' || isKnownSignInStatus(attempt.status);
  return isKnown && !page.forgotten.has(attempt.id) ? attempt : undefined;
}

function finished<Attempt extends SignInJSON | SignUpJSON>(
  page: Page,
  attempt: Attempt | undefined,
): Attempt | undefined {
  return findSession(page, attempt?.created_session_id) && attempt;
}

function lastActive(page: Page): string | undefined {
  // The list holds live sessions only; a pending one has its person, who has something to do.
  const { last_active_session_id: id, sessions = [] } = page.client ?? {};
  const isActive = ({ status }: { status: string }) => status === 'active';
  return (findSession(page, id) ?? sessions.find(isActive) ?? sessions[0])?.id;
}
