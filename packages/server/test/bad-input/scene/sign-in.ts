import { rightPassword } from '../../people.ts';
import { cookieOf, once, type Stage } from './stage.ts';

/** Sign-ins under way: at a code, at a new password, and on a device that nobody knows. */
export function signInParts(stage: Stage) {
  const byCode = once(() => prepare('email_code'));
  const resetting = once(async () => {
    const strategy = 'reset_password_email_code';
    const started = await prepare(strategy);
    const url = `/v1/client/sign_ins/${started.id}/attempt_first_factor`;
    await started.browser.post(url, { strategy, code: '424242' });
    return started;
  });
  const byPassword = once(() => stage.startSignIn({ password: rightPassword }));

  async function prepare(strategy: string) {
    const started = await stage.startSignIn();
    const url = `/v1/client/sign_ins/${started.id}/prepare_first_factor`;
    await started.browser.post(url, { strategy });
    return started;
  }

  return {
    signInId: async () => (await byCode()).id,
    signingIn: async () => cookieOf((await byCode()).browser),
    provedSignInId: async () => (await resetting()).id,
    resetting: async () => cookieOf((await resetting()).browser),
    deviceSignInId: async () => (await byPassword()).id,
    unknownDevice: async () => cookieOf((await byPassword()).browser),
  };
}
