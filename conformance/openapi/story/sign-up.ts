import type { Enveloped, SignUpJSON } from '@willcall/contract';
import { testAddress, testCode, type Scene } from './scene.ts';

/** A person signs up with e-mail and password, and verifies the address by a code. */
export async function tellOfSigningUp({ openBrowser, password }: Scene): Promise<void> {
  const { send } = openBrowser();
  const body = { email_address: testAddress('newcomer') };
  const { response } = await send<Enveloped<SignUpJSON>>('createSignUps', { body });
  const path = { sign_up_id: response.id };
  await send('getSignUps', { path });
  await send('getSignUps', { path: { sign_up_id: 'sua_never' } }, 404);
  await send('updateSignUps', { path, body: { password: 'short' } }, 422);
  await send('updateSignUps', { path, body: { password, first_name: 'Nora' } });
  await send('prepareSignUpsVerification', { path, body: { strategy: 'email_code' } });
  const wrong = { strategy: 'email_code', code: '000000' };
  await send('attemptSignUpsVerification', { path, body: wrong }, 422);
  await send('attemptSignUpsVerification', { path, body: { ...wrong, code: testCode } });
  await openBrowser().send('createSignUps', { body }, 422);
}
