import { forgetAttempt } from '../client/forget-attempt.ts';
import { later, loadAhead } from '../page/later.ts';
import { liveView } from '../page/live-view.ts';
import type { Page } from '../page/page.ts';
import { reuseView } from '../page/reuse-view.ts';
import { finalize } from '../sign-in/finalize.ts';
import type { SignUp, SignUpFields } from './sign-up.ts';

const absent: SignUpFields = {
  id: undefined,
  status: undefined,
  requiredFields: [],
  optionalFields: [],
  missingFields: [],
  unverifiedFields: [],
  emailAddress: undefined,
  firstName: undefined,
  lastName: undefined,
  username: undefined,
  hasPassword: false,
  verifications: undefined,
  createdSessionId: undefined,
  createdUserId: undefined,
};

/** The sign-up as users of this package see it. */
export function viewSignUp(page: Page): SignUp {
  if (page.signUp && page.signUp.status !== 'complete') loadAhead(loadSignUpSteps);
  return reuseView(page, 'signUp', page.signUp ?? null, () =>
    liveView(() => page.signUp, absent, {
      ...later([page], loadSignUpSteps, [
        'create',
        'update',
        'prepareVerification',
        'attemptVerification',
      ]),
      finalize: (params) => finalize(page, 'signUp', params),
      reset: () => forgetAttempt(page, 'signUp'),
    } satisfies Omit<SignUp, keyof SignUpFields>),
  );
}

/** The steps that a form takes. */
export const loadSignUpSteps = () => import('./steps.ts');
