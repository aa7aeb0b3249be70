import { WillcallTestingError } from '../failure.ts';
import type { PageOutcome } from './global.ts';

/** A session that was opened in a page. */
export interface OpenedSession {
  readonly sessionId: string;
  /** `undefined` when the page does not list the session. */
  readonly userId: string | undefined;
}

/**
 * The session of an attempt that is complete.
 *
 * @throws WillcallTestingError `sign_in_refused` with the server's code, or `sign_in_incomplete`
 *   with the status
 */
export function requireComplete(outcome: PageOutcome, strategy: string): OpenedSession {
  if ('refusal' in outcome) throw refused(outcome.refusal, strategy);
  const { status, sessionId, userId } = outcome;
  if (status === 'complete' && sessionId !== undefined) return { sessionId, userId };
  throw new WillcallTestingError(
    'sign_in_incomplete',
    `Signing in by ${strategy} came to ${status}, and only complete opens a session. Take a user without further steps, or do them in the page.`,
    { cause: new Error(`The status of the sign-in is ${status}.`) },
  );
}

function refused(
  { code, message }: { code: string; message: string },
  strategy: string,
): WillcallTestingError {
  const advice =
    code === 'session_exists'
      ? ' Somebody else is signed in here: call signOut({ page }) first.'
      : '';
  return new WillcallTestingError(
    'sign_in_refused',
    `Signing in by ${strategy} was refused with ${code}: ${message}${advice}`,
    { cause: Object.assign(new Error(message), { code }) },
  );
}
