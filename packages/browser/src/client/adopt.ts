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
  page.signIn = keepAttempt(page, page.signIn, client?.sign_in);
  page.signUp = keepAttempt(page, page.signUp, client?.sign_up);
  const hasLost = page.activeSessionId !== undefined && !findSession(page, page.activeSessionId);
  if (activates || hasLost) page.activeSessionId = lastActive(page);
  page.commit();
}

/**
 * The client lists no attempt that is over, or another tab's, but the outcome of this page's
 * own is still wanted as long as its session lives.
 */
function keepAttempt<Attempt extends SignInJSON | SignUpJSON>(
  page: Page,
  own: Attempt | undefined,
  listed: Attempt | null | undefined,
): Attempt | undefined {
  const attempt = findSession(page, own?.created_session_id) ? own : listed;
  const isWanted =
    attempt &&
    (attempt.object === 'sign_up_attempt' || isKnownSignInStatus(attempt.status)) &&
    !page.forgotten.has(attempt.id);
  return isWanted ? attempt : undefined;
}

function lastActive(page: Page): string | undefined {
  // The list holds live sessions only; a pending one has its person, who has something to do.
  const { last_active_session_id: id, sessions = [] } = page.client ?? {};
  const isActive = ({ status }: { status: string }) => status === 'active';
  return (findSession(page, id) ?? sessions.find(isActive) ?? sessions[0])?.id;
}
