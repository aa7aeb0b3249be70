import type { SignInJSON, TotpJSON } from '@willcall/contract';
import { codeOf } from '../../authenticator.ts';
import { addressOf, createPerson, rightPassword, signInPerson } from '../../people.ts';
import { cheapPassword, cookieOf, once, type Stage, startSignIn } from './stage.ts';

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

const spareCode = 'a spare backup code';

/** Somebody with an authenticator app, and somebody who is about to enrol one. */
export function secondFactorParts({ service }: Stage) {
  const guarded = once(async () =>
    createPerson(service, {
      ...(await cheapPassword()),
      totp_secret: secret,
      backup_codes: ['a backup code 1', 'a backup code 2', spareCode],
    }),
  );
  const signedIn = once(async () => signInGuarded());
  const signingIn = once(async () =>
    startSignIn(service, { identifier: addressOf(await guarded()), password: rightPassword }),
  );
  const enrolling = once(async () => {
    const { browser } = await signInPerson(service);
    const { body } = await browser.post<TotpJSON>('/v1/me/totp');
    return { browser, secret: body.response.secret ?? '' };
  });

  /** No ticket that asks for the code: each code works once. A backup code is the fresh proof. */
  async function signInGuarded() {
    const user = await guarded();
    const browser = service.browser();
    const fields = { user_id: user.id, step_up: 'none' };
    const { body } = await service.backend<{ token: string }>('POST', '/v1/sign_in_tokens', fields);
    const form = { strategy: 'ticket', ticket: body.token };
    const answer = await browser.post<SignInJSON>('/v1/client/sign_ins', form);
    const at = `/v1/client/sessions/${answer.body.response.created_session_id}/verify`;
    await browser.post(at, { level: 'second_factor' });
    const proof = { strategy: 'backup_code', code: spareCode };
    await browser.post(`${at}/attempt_second_factor`, proof);
    return { browser, at };
  }

  return {
    guardedUserId: async () => (await guarded()).id,
    totpCode: async () => codeOf(secret, service.clock),
    guarded: async () => cookieOf((await signedIn()).browser),
    async guardedSessionId() {
      const { browser, at } = await signedIn();
      await browser.post(at, { level: 'second_factor' });
      return at.split('/').at(-2) ?? '';
    },
    guardedSignInId: async () => (await signingIn()).id,
    atSecondFactor: async () => cookieOf((await signingIn()).browser),
    enrollingCode: async () => codeOf((await enrolling()).secret, service.clock),
    enrolling: async () => cookieOf((await enrolling()).browser),
  };
}
