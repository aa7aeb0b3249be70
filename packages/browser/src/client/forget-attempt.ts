import type { Page } from '../page/page.ts';

/** See `SignIn.reset` and `SignUp.reset`. */
export function forgetAttempt(page: Page, attempt: 'signIn' | 'signUp'): void {
  const { id } = page[attempt] ?? {};
  if (id) page.forgotten.add(id);
  page[attempt] = undefined;
  page.commit();
}
