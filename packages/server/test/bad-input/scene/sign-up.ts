import type { SignUpJSON } from '@willcall/contract';
import { cookieOf, once, type Stage } from './stage.ts';

/** A sign-up that waits for a code. */
export function signUpParts({ service, number }: Stage) {
  const started = once(async () => {
    const browser = service.browser();
    const form = { email_address: `new${number}+clerk_test@example.com` };
    const { body } = await browser.post<SignUpJSON>('/v1/client/sign_ups', form);
    const { id } = body.response;
    await browser.post(`/v1/client/sign_ups/${id}/prepare_verification`, {
      strategy: 'email_code',
    });
    return { browser, id };
  });
  return {
    signUpId: async () => (await started()).id,
    signingUp: async () => cookieOf((await started()).browser),
  };
}
