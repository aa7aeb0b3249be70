import { requireAttempt } from '../client/require-attempt.ts';
import type { Page } from '../page/page.ts';
import { requireText } from '../request/require-text.ts';
import type {
  AttemptFirstFactorParams,
  AttemptSecondFactorParams,
  PrepareFirstFactorParams,
  PrepareSecondFactorParams,
  ResetPasswordParams,
  SignInCreateParams,
  StartedSignIn,
} from './sign-in.ts';
import { takeStep } from './step.ts';

export { startSameBrowser } from '../ticket/start-same-browser.ts';

/** See `SignIn.create`, for all but tickets. */
export async function create(
  page: Page,
  params: Exclude<SignInCreateParams, { strategy: 'ticket' }>,
): Promise<StartedSignIn> {
  requireText(params, 'signIn.create', 'identifier');
  if (params.strategy === 'password') requireText(params, 'signIn.create', 'password');
  return takeStep(page, { path: '/client/sign_ins', form: params });
}

/** See `SignIn.prepareFirstFactor`. */
export async function prepareFirstFactor(
  page: Page,
  params: PrepareFirstFactorParams,
): Promise<StartedSignIn> {
  requireText(params, 'signIn.prepareFirstFactor', 'strategy');
  return takeStep(page, { path: `${await pathOf(page)}/prepare_first_factor`, form: params });
}

/** See `SignIn.attemptFirstFactor`. */
export async function attemptFirstFactor(
  page: Page,
  params: AttemptFirstFactorParams,
): Promise<StartedSignIn> {
  requireText(params, 'signIn.attemptFirstFactor', 'strategy');
  return takeStep(page, { path: `${await pathOf(page)}/attempt_first_factor`, form: params });
}

/** See `SignIn.prepareSecondFactor`. */
export async function prepareSecondFactor(
  page: Page,
  params: PrepareSecondFactorParams,
): Promise<StartedSignIn> {
  requireText(params, 'signIn.prepareSecondFactor', 'strategy');
  return takeStep(page, { path: `${await pathOf(page)}/prepare_second_factor`, form: params });
}

/** See `SignIn.attemptSecondFactor`. */
export async function attemptSecondFactor(
  page: Page,
  params: AttemptSecondFactorParams,
): Promise<StartedSignIn> {
  requireText(params, 'signIn.attemptSecondFactor', 'strategy');
  requireText(params, 'signIn.attemptSecondFactor', 'code');
  return takeStep(page, { path: `${await pathOf(page)}/attempt_second_factor`, form: params });
}

/** See `SignIn.resetPassword`. */
export async function resetPassword(
  page: Page,
  params: ResetPasswordParams,
): Promise<StartedSignIn> {
  requireText(params, 'signIn.resetPassword', 'password');
  return takeStep(page, { path: `${await pathOf(page)}/reset_password`, form: params });
}

/** Of what is under way, which a page knows once it is loaded. */
async function pathOf(page: Page): Promise<string> {
  await page.load();
  return `/client/sign_ins/${requireAttempt(page, 'signIn').id}`;
}
