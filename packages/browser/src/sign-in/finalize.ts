import type { Page } from '../page/page.ts';
import { WillcallError, WillcallNetworkError } from '../request/errors.ts';
import { setActive } from '../session/set-active.ts';
import type { FinalizeParams, Outcome } from './sign-in.ts';

/** Makes the session active that a finished sign-in or sign-up has opened. */
export async function finalize(
  page: Page,
  attempt: { readonly created_session_id: string | null; readonly status: string } | undefined,
  { navigate }: FinalizeParams = {},
): Promise<Outcome> {
  const session = attempt?.created_session_id;
  if (!session) {
    throw new TypeError(
      `finalize needs a status of complete; it is ${attempt?.status ?? 'not started'}.`,
    );
  }
  return answerFailure(() => setActive(page, { session, navigate }));
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
