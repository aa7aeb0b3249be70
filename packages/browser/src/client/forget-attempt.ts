import type { Page } from '../page/page.ts';

/** See `SignIn.reset` and `SignUp.reset`. */
export function forgetAttempt(page: Page, attempt: 'signIn' | 'signUp'): void {
  page.forgotten.add(page[attempt]?.id);
  page[attempt] = undefined;
  page.commit();
}
