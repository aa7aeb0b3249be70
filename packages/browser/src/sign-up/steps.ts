import type { SignUpJSON, SignUpStatus } from '@willcall/contract';
import { requireAttempt } from '../client/require-attempt.ts';
import type { Page } from '../page/page.ts';
import { pageError } from '../request/errors.ts';
import { requireText } from '../request/require-text.ts';
import { type Call, send } from '../request/send.ts';
import { noteOpened } from '../sign-in/step.ts';
import type {
  AttemptVerificationParams,
  PrepareVerificationParams,
  SignUpParams,
  StartedSignUp,
} from './sign-up.ts';

/** Does not compile when a status is missing. */
const known: Record<SignUpStatus, true> = {
  missing_requirements: true,
  complete: true,
  abandoned: true,
};

/** See `SignUp.create`. */
export async function create(page: Page, params: SignUpParams = {}): Promise<StartedSignUp> {
  const strategy = params.ticket === undefined ? undefined : 'ticket';
  return takeStep(page, { path: '/client/sign_ups', form: { strategy, ...params } });
}

/** See `SignUp.update`. */
export async function update(page: Page, params: SignUpParams): Promise<StartedSignUp> {
  return takeStep(page, { method: 'PATCH', path: await pathOf(page), form: params });
}

/** See `SignUp.prepareVerification`. */
export async function prepareVerification(
  page: Page,
  params: PrepareVerificationParams,
): Promise<StartedSignUp> {
  requireText(params, 'signUp.prepareVerification', 'strategy');
  return takeStep(page, { path: `${await pathOf(page)}/prepare_verification`, form: params });
}

/** See `SignUp.attemptVerification`. */
export async function attemptVerification(
  page: Page,
  params: AttemptVerificationParams,
): Promise<StartedSignUp> {
  requireText(params, 'signUp.attemptVerification', 'strategy');
  requireText(params, 'signUp.attemptVerification', 'code');
  return takeStep(page, { path: `${await pathOf(page)}/attempt_verification`, form: params });
}

async function takeStep(page: Page, call: Call): Promise<StartedSignUp> {
  await page.load();
  const answer = await send<SignUpJSON | null>(page, call, (answered) => {
    requireKnownStatus(answered);
    page.signUp = answered;
    // Another tab may have begun another one since, or signed in.
    return { sign_up: answered };
  });
  noteOpened(page, requireAttempt(page, 'signUp', answer).created_session_id);
  page.commit();
  return page.snapshot.client?.signUp as StartedSignUp;
}

function requireKnownStatus({ status }: SignUpJSON): void {
  if (Object.hasOwn(known, status)) return;
  throw pageError(
    'status_unknown',
    `This sign-up needs a further step (${status}) that this page does not know yet.`,
  );
}

/** Of what is under way, which a page knows once it is loaded. */
async function pathOf(page: Page): Promise<string> {
  await page.load();
  return `/client/sign_ups/${requireAttempt(page, 'signUp').id}`;
}
