import type { SignInJSON } from '@willcall/contract';
import { requireAttempt } from '../client/require-attempt.ts';
import { findSession, type Page } from '../page/page.ts';
import { type Call, send } from '../request/send.ts';
import { keptVerifier } from '../ticket/kept-verifier.ts';
import type { StartedSignIn } from './sign-in.ts';
import { requireKnownStatus } from './status.ts';

/** Sends one step of a sign-in and makes its answer the page's sign-in. */
export async function takeStep(page: Page, call: Call): Promise<StartedSignIn> {
  await page.load();
  const answer = await send<SignInJSON | null>(page, call, (answered) => {
    requireKnownStatus(answered);
    page.signIn = answered;
    // Another tab may have begun another one since, or signed in.
    return { sign_in: answered };
  });
  const signIn = requireAttempt(page, 'signIn', answer);
  noteOpened(page, signIn.created_session_id);
  if (signIn.created_session_id && signIn.first_factor_verification?.strategy === 'ticket')
    keptVerifier(true);
  page.commit();
  return page.snapshot.client?.signIn as StartedSignIn;
}

/** A session that an answer opened and brought along needs no further call to be used. */
export function noteOpened(page: Page, sessionId: string | null): void {
  const isInUse = sessionId === page.client?.last_active_session_id && findSession(page, sessionId);
  if (sessionId && isInUse) page.freshSessionId = sessionId;
}
