import type {
  BackupCodesJSON,
  Enveloped,
  SignInJSON,
  SignInTokenJSON,
  TotpJSON,
} from '@willcall/contract';
import { TOTP } from 'otpauth';
import type { Send } from '../call.ts';
import { addUser, issueTicket, testAddress, testCode, type Scene } from './scene.ts';
import { redeem } from './tickets.ts';

/** A person adds an authenticator app, signs in with it, and loses it; the backend looks after that. */
export async function tellOfSecondFactors(scene: Scene): Promise<void> {
  const { id: userId } = await addUser(scene, 'cellist');
  const { send } = scene.openBrowser();
  await redeem(send, await issueTicket(scene, userId));
  const secret = await addApp(send);
  const { response: made } = await send<Enveloped<BackupCodesJSON>>('createBackupCodes');
  await signInWith(scene, 'totp', codeOf(secret, 1));
  await signInWith(scene, 'backup_code', made.codes[0] ?? '');

  const path = { user_id: userId };
  await scene.backend('VerifyTOTP', { path, body: { code: made.codes[1] } });
  await scene.backend('DeleteBackupCode', { path });
  await send('deleteTOTP');
  await send('deleteTOTP', {}, 404);
  await send('createBackupCodes', {}, 400);
  await addApp(send);
  await scene.backend('DeleteTOTP', { path });
  await scene.backend('DisableMFA', { path });
  await scene.backend('DisableMFA', { path: { user_id: 'user_that_never_was' } }, 404);
  const imported = { totp_secret: secret, backup_codes: ['four-strings'] };
  await scene.backend('UpdateUser', { path, body: imported });
}

/** Somebody who is signed in proves it again: by a code, by the password, and by the app. */
export async function tellOfFreshProofs(scene: Scene): Promise<void> {
  const { id: userId } = await addUser(scene, 'organist');
  const { send } = scene.openBrowser();
  const { session } = await redeem(send, await issueTicket(scene, userId));
  const path = { session_id: session.id };
  const strategy = 'email_code';
  const attempt = 'attemptSessionReverificationFirstFactor';
  await send('startSessionReverification', { path, body: { level: 'second_factor' } });
  await send('prepareSessionReverificationFirstFactor', { path, body: { strategy } });
  await send(attempt, { path, body: { strategy, code: 'wrong' } }, 422);
  await send(attempt, { path, body: { strategy, code: testCode } });
  const secret = await addApp(send);
  await send('startSessionReverification', { path, body: { level: 'multi_factor' } });
  await send(attempt, { path, body: { strategy: 'password', password: scene.password } });
  await send('attemptSessionReverificationSecondFactor', {
    path,
    body: { strategy: 'totp', code: codeOf(secret, 1) },
  });
}

/** A browser that nobody knows is proved by a code. */
export async function tellOfClientTrust(scene: Scene): Promise<void> {
  const { id: userId } = await addUser(scene, 'stranger');
  const body = { user_id: userId, step_up: 'client_trust' };
  const { token } = await scene.backend<SignInTokenJSON>('CreateSignInToken', { body });
  const { send } = scene.openBrowser();
  const begun = { strategy: 'ticket', ticket: token };
  const { response } = await send<Enveloped<SignInJSON>>('createSignIn', { body: begun });
  const path = { sign_in_id: response.id };
  const strategy = 'email_code';
  await send('prepareSignInFactorTwo', { path, body: { strategy } });
  await send('attemptSignInFactorTwo', { path, body: { strategy, code: testCode } });
}

async function addApp(send: Send): Promise<string> {
  const { response } = await send<Enveloped<TotpJSON>>('postTOTP');
  const secret = response.secret ?? '';
  await send('verifyTOTP', { body: { code: 'wrong' } }, 422);
  await send('verifyTOTP', { body: { code: codeOf(secret) } });
  await send('postTOTP', {}, 400);
  return secret;
}

async function signInWith(scene: Scene, strategy: string, code: string): Promise<void> {
  const { send } = scene.openBrowser();
  const body = { identifier: testAddress('cellist'), password: scene.password };
  const { response } = await send<Enveloped<SignInJSON>>('createSignIn', { body });
  const path = { sign_in_id: response.id };
  await send('attemptSignInFactorTwo', { path, body: { strategy, code: 'wrong' } }, 422);
  await send('attemptSignInFactorTwo', { path, body: { strategy, code } });
}

/** What the app shows; `offset`: that many steps from now, since each code counts once. */
function codeOf(secret: string, offset = 0): string {
  return new TOTP({ secret }).generate({ timestamp: Date.now() + offset * 30_000 });
}
