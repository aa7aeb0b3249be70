import { forgetAttempt } from '../client/forget-attempt.ts';
import { later, loadAhead } from '../page/later.ts';
import { liveView } from '../page/live-view.ts';
import type { Page } from '../page/page.ts';
import { reuseView } from '../page/reuse-view.ts';
import { requireText } from '../request/require-text.ts';
import { redeemTicket } from '../ticket/redeem.ts';
import { signInByTicket } from '../ticket/sign-in.ts';
import { finalize } from './finalize.ts';
import type { SignIn, SignInFields } from './sign-in.ts';

const absent: SignInFields = {
  id: undefined,
  status: undefined,
  identifier: undefined,
  supportedIdentifiers: [],
  supportedFirstFactors: [],
  supportedSecondFactors: [],
  firstFactorVerification: undefined,
  secondFactorVerification: undefined,
  clientTrustState: undefined,
  userData: undefined,
  createdSessionId: undefined,
};

/** The sign-in as users of this package see it. */
export function viewSignIn(page: Page): SignIn {
  const { create, ...steps } = later([page], loadSignInSteps, stepNames);
  if (page.signIn && page.signIn.status !== 'complete') loadAhead(loadSignInSteps);
  return reuseView(page, 'signIn', page.signIn ?? null, () =>
    liveView(() => page.signIn, absent, {
      ...steps,
      create: async (params) => {
        if (params?.strategy !== 'ticket' && !('ticket' in Object(params))) return create(params);
        requireText(params, 'signIn.create', 'ticket');
        return redeemTicket(page, params as Parameters<typeof redeemTicket>[1]);
      },
      ticket: (params) => signInByTicket(page, params),
      finalize: (params) => finalize(page, 'signIn', params),
      reset: () => forgetAttempt(page, 'signIn'),
    } satisfies Omit<SignIn, keyof SignInFields>),
  );
}

const stepNames = [
  'create',
  'prepareFirstFactor',
  'attemptFirstFactor',
  'prepareSecondFactor',
  'attemptSecondFactor',
  'resetPassword',
  'startSameBrowser',
] as const;

/** The steps that a form takes, and a ticket does not. */
export const loadSignInSteps = () => import('./steps.ts');
