import type { Enveloped, SignInJSON } from '@willcall/contract';
import type { Send } from '../call.ts';
import { addUser, testAddress, testCode, type Scene } from './scene.ts';

/** A person signs in by password, by a code, and by a code that resets the password. */
export async function tellOfSigningIn(scene: Scene): Promise<void> {
  await addUser(scene, 'actor');
  await byPassword(scene);
  await byCode(scene);
  await byResettingThePassword(scene);
}

async function byPassword(scene: Scene): Promise<void> {
  const { send } = scene.openBrowser();
  const path = { sign_in_id: await begin(send) };
  const wrong = { strategy: 'password', password: 'another row' };
  await send('attemptSignInFactorOne', { path, body: wrong }, 422);
  const right = { strategy: 'password', password: scene.password };
  await send('attemptSignInFactorOne', { path, body: right });
  await send('createSignIn', { body: { identifier: testAddress('actor') } }, 400);

  const stranger = scene.openBrowser();
  await stranger.send('createSignIn', { body: { identifier: testAddress('nobody') } }, 422);
}

async function byCode(scene: Scene): Promise<void> {
  const { send } = scene.openBrowser();
  const path = { sign_in_id: await begin(send) };
  const strategy = 'email_code';
  await send('prepareSignInFactorOne', {
    path,
    body: { strategy, ...(await address(send, path, strategy)) },
  });
  await send('getSignIn', { path });
  await send('attemptSignInFactorOne', { path, body: { strategy, code: '000000' } }, 422);
  await send('attemptSignInFactorOne', { path, body: { strategy, code: testCode } });
}

async function byResettingThePassword(scene: Scene): Promise<void> {
  const { send } = scene.openBrowser();
  const path = { sign_in_id: await begin(send) };
  const strategy = 'reset_password_email_code';
  await send('prepareSignInFactorOne', {
    path,
    body: { strategy, ...(await address(send, path, strategy)) },
  });
  await send('attemptSignInFactorOne', { path, body: { strategy, code: testCode } });
  await send('resetPassword', { path, body: { password: 'short' } }, 422);
  await send('resetPassword', { path, body: { password: `${scene.password} and one` } });
}

async function begin(send: Send): Promise<string> {
  const body = { identifier: testAddress('actor') };
  const { response } = await send<Enveloped<SignInJSON>>('createSignIn', { body });
  return response.id;
}

/** The address that a strategy can send a code to, as the sign-in offers it. */
async function address(
  send: Send,
  path: { sign_in_id: string },
  strategy: string,
): Promise<{ email_address_id: string }> {
  const { response } = await send<Enveloped<SignInJSON>>('getSignIn', { path });
  const factor = response.supported_first_factors?.find((each) => each.strategy === strategy);
  if (!factor?.email_address_id) throw new Error(`The sign-in offers no ${strategy}.`);
  return { email_address_id: factor.email_address_id };
}
