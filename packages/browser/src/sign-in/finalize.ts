import { requireAttempt } from '../client/require-attempt.ts';
import type { Page } from '../page/page.ts';
import { WillcallError, WillcallNetworkError } from '../request/errors.ts';
import { setActive } from '../session/set-active.ts';
import type { FinalizeParams, Outcome } from './sign-in.ts';

/** Makes the session active that a finished sign-in or sign-up has opened. */
export async function finalize(
  page: Page,
  attempt: 'signIn' | 'signUp',
  { navigate }: FinalizeParams = {},
): Promise<Outcome> {
  return answerFailure(() => {
    const { created_session_id: session, status } = requireAttempt(page, attempt);
    if (!session) throw new TypeError(`finalize needs a status of complete; it is ${status}.`);
    return setActive(page, { session, navigate });
  });
}

/** Runs a step; answers the failures that are no programmer's mistake instead of throwing them. */
export async function answerFailure(step: () => Promise<unknown>): Promise<Outcome> {
  try {
    await step();
    return { error: undefined };
  } catch (error) {
    if (error instanceof WillcallError || error instanceof WillcallNetworkError) return { error };
    throw error;
  }
}
