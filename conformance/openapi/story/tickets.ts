import type {
  ClientJSON,
  Enveloped,
  SessionJSON,
  SignInJSON,
  SignInTokenJSON,
} from '@willcall/contract';
import type { Browser, Send } from '../call.ts';
import { addUser, issueTicket, type Scene } from './scene.ts';

/** A backend issues sign-in tokens and takes one back. */
export async function tellOfSignInTokens(scene: Scene): Promise<void> {
  const { backend } = scene;
  const { id: userId } = await addUser(scene, 'patron');
  const body = { user_id: userId, expires_in_seconds: 600 };
  const issued = await backend<SignInTokenJSON>('CreateSignInToken', { body });
  const path = { sign_in_token_id: issued.id };
  await backend('RevokeSignInToken', { path });
  await backend('RevokeSignInToken', { path }, 400);
  await backend('RevokeSignInToken', { path: { sign_in_token_id: 'sit_never' } }, 404);
  await backend('CreateSignInToken', { body: { user_id: 'user_that_never_was' } }, 404);
  await backend('CreateSignInToken', { body: { user_id: userId, expires_in_seconds: 0 } }, 422);

  const browser = scene.openBrowser();
  const revoked = { strategy: 'ticket', ticket: issued.token };
  await browser.send('createSignIn', { body: revoked }, 400);
  await browser.send('createSignIn', { body: { strategy: 'ticket', ticket: 'garbage' } }, 400);
}

/** A browser redeems a ticket; both sides use the session, and it ends. */
export async function tellOfRedeeming(scene: Scene): Promise<void> {
  const { backend } = scene;
  const { id: userId } = await addUser(scene, 'guest');
  const ticket = await issueTicket(scene, userId);
  const browser = scene.openBrowser();
  await browser.send('createDevBrowser');
  await browser.send('getClient');
  await browser.send('acceptTicket', { query: { ticket } }, 303);
  const { signIn, session } = await redeem(browser.send, ticket);
  await browser.send('getSignIn', { path: { sign_in_id: signIn.id } });
  await browser.send('getSignIn', { path: { sign_in_id: 'sia_never' } }, 404);
  await scene.openBrowser().send('createSignIn', { body: { strategy: 'ticket', ticket } }, 400);

  const path = { session_id: session.id };
  await browser.send('getSession', { path });
  await browser.send('touchSession', { path, body: { intent: 'select_session' } });
  await browser.send('createSessionToken', { path });
  await scene.openBrowser().send('createSessionToken', { path }, 401);
  await browser.send(
    'handshakeClient',
    { query: { redirect_url: scene.page, format: 'nonce' } },
    307,
  );

  const { response: client } = await browser.send<Enveloped<ClientJSON>>('getClient');
  await backend('GetClient', { path: { client_id: client.id } });
  await backend('GetClient', { path: { client_id: 'client_never' } }, 404);
  await backend('VerifyClient', { body: { token: clientToken(browser) } });
  await backend('GetSessionList', { query: { user_id: userId, status: 'active' } });
  await backend('GetSession', { path });
  await backend('CreateSessionToken', { path });
  await backend('CreateSessionToken', { path: { session_id: 'sess_never' } }, 404);
  await browser.send('endSession', { path });
  await backend('GetSession', { path });
}

/** Sessions come and go: minted by the backend, revoked, removed, all signed out. */
export async function tellOfSessions(scene: Scene): Promise<void> {
  const { backend } = scene;
  const { id: userId } = await addUser(scene, 'subscriber');
  const minted = await backend<SessionJSON>('createSession', { body: { user_id: userId } });
  await backend('createSession', { body: {} }, 422);
  await backend('RevokeSession', { path: { session_id: minted.id } });
  await backend('GetSession', { path: { session_id: 'sess_never' } }, 404);

  const browser = scene.openBrowser();
  const first = await redeem(browser.send, await issueTicket(scene, userId));
  await browser.send('removeSession', { path: { session_id: first.session.id } });
  await redeem(browser.send, await issueTicket(scene, userId));
  await browser.send('removeClientSessionsAndRetainCookie');
  await redeem(browser.send, await issueTicket(scene, userId));
  await browser.send('deleteClientSessions');
  await scene.openBrowser().send('putClient');
  await scene.openBrowser().send('postClient');
}

/** Redeems a ticket and gives the sign-in and the session that it opened. */
export async function redeem(
  send: Send,
  ticket: string,
): Promise<{ signIn: SignInJSON; session: SessionJSON }> {
  const body = { strategy: 'ticket', ticket };
  const answer = await send<Enveloped<SignInJSON>>('createSignIn', { body });
  const { response: signIn, client } = answer;
  const session = client?.sessions.find((each) => each.id === signIn.created_session_id);
  if (!session) throw new Error(`The client holds no session of the sign-in ${signIn.id}.`);
  return { signIn, session };
}

function clientToken(browser: Browser): string {
  const [, token] = [...browser.cookies].find(([name]) => /^__client(?!_uat)/.test(name)) ?? [];
  if (!token) throw new Error('The browser got no client cookie.');
  return token;
}
