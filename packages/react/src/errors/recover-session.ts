import { type Willcall, WillcallError } from '@willcall/browser';

/**
 * The session that a refusal speaks of: somebody is signed in already, so that session is
 * made active instead. `undefined` for every other error, and when this page does not know
 * the session: then there is nothing to activate.
 */
export function recoverSession(willcall: Willcall, error: unknown): string | undefined {
  if (!(error instanceof WillcallError)) return undefined;
  const { sessions = [], lastActiveSessionId } = willcall.client ?? {};
  const named = error.code === 'identifier_already_signed_in' ? error.meta.session_id : undefined;
  const last = error.code === 'session_exists' ? lastActiveSessionId : undefined;
  return sessions.find((session) => session.id === (named ?? last))?.id;
}
