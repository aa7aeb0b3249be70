import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWillcallClient, verifyToken, type WillcallClient } from '@willcall/backend';
import { type Redeemed, redeem } from './redeem.ts';
import { type RunningServer, startServer } from '../../../tooling/development-server.ts';

const app = 'http://localhost:5173';

let server: RunningServer;
let willcall: WillcallClient;
let userId: string;

beforeAll(async () => {
  server = await startServer();
  willcall = createWillcallClient({ apiUrl: server.url, secretKey: server.secret_key });
  userId = (await willcall.users.createUser({ emailAddress: ['session@example.com'] })).id;
}, 60_000);

afterAll(() => server?.stop());

async function signIn(): Promise<Redeemed> {
  const { token } = await willcall.signInTokens.createSignInToken({ userId });
  return redeem(server.url, token, app);
}

test('a session token of the server verifies with its key set and with its PEM', async () => {
  const { token, sessionId } = await signIn();
  const rules = { authorizedParties: [app] };
  expect(await willcall.verifyToken(token, rules)).toMatchObject({
    sub: userId,
    sid: sessionId,
    azp: app,
  });
  const { keys } = await willcall.jwks.getJwks();
  const key = createPublicKey({ key: { ...keys[0] }, format: 'jwk' });
  const jwtKey = key.export({ type: 'spki', format: 'pem' }).toString();
  expect((await verifyToken(token, { jwtKey, ...rules })).sid).toBe(sessionId);
  await expect(
    willcall.verifyToken(token, { authorizedParties: ['https://other.example.com'] }),
  ).rejects.toMatchObject({
    code: 'token_authorized_party_refused',
  });
});

test('a ticket is no session token', async () => {
  const { token } = await willcall.signInTokens.createSignInToken({ userId });
  await expect(willcall.verifyToken(token)).rejects.toMatchObject({
    name: 'SessionTokenError',
    code: 'token_malformed',
  });
});

test('a request with the cookie of this instance is signed in, with the address of the server alone', async () => {
  const { token, sessionId } = await signIn();
  const { cookieSuffix } = await import('@willcall/contract');
  const cookie = `__session=stale; __session_${await cookieSuffix(server.publishable_key)}=${token}`;
  const state = await willcall.authenticateRequest(new Request(app, { headers: { cookie } }), {
    authorizedParties: [app],
  });
  expect(state).toMatchObject({ isSignedIn: true, userId, sessionId });
});

test('sessions are listed, read, verified and revoked', async () => {
  const { sessionId, token } = await signIn();
  const list = await willcall.sessions.getSessionList({ userId, status: 'active', limit: 500 });
  expect(list.data.map(({ id }) => id)).toContain(sessionId);
  expect(list.totalCount).toBe(list.data.length);
  expect(await willcall.sessions.verifySession(sessionId, token)).toMatchObject({
    id: sessionId,
    userId,
    status: 'active',
  });
  expect((await willcall.sessions.revokeSession(sessionId)).status).toBe('revoked');
  expect((await willcall.sessions.getSession(sessionId)).status).toBe('revoked');
  await expect(willcall.sessions.verifySession(sessionId, token)).rejects.toMatchObject({
    code: 'authentication_invalid',
  });
});

test('a session can be opened directly in development, and gives tokens of any life', async () => {
  const { id } = await willcall.sessions.createSession({ userId });
  const { jwt } = await willcall.sessions.getToken(id, { expiresInSeconds: 120 });
  const claims = await willcall.verifyToken(jwt);
  expect(claims).toMatchObject({ sub: userId, sid: id });
  expect(claims.exp - claims.iat).toBe(120);
});

test('a client is found by its id and by its token', async () => {
  const { clientId, clientToken, sessionId } = await signIn();
  const client = await willcall.clients.getClient(clientId);
  expect(client.sessions.map(({ id }) => id)).toEqual([sessionId]);
  expect(client.lastActiveSessionId).toBe(sessionId);
  expect((await willcall.clients.verifyClient(clientToken)).id).toBe(clientId);
  await expect(willcall.clients.verifyClient('nonsense')).rejects.toMatchObject({
    code: 'authentication_invalid',
  });
});

test('redirect URLs are added, listed, read and removed', async () => {
  const { id } = await willcall.redirectUrls.createRedirectUrl({
    url: 'http://localhost:5173/callback',
  });
  expect((await willcall.redirectUrls.getRedirectUrl(id)).url).toBe(
    'http://localhost:5173/callback',
  );
  const { data, totalCount } = await willcall.redirectUrls.getRedirectUrlList({ limit: 100 });
  expect(data.map((each) => each.id)).toEqual([id]);
  expect(totalCount).toBe(1);
  expect(await willcall.redirectUrls.deleteRedirectUrl(id)).toEqual({ id, deleted: true });
});

test('a testing token lives for an hour, in milliseconds like every time', async () => {
  const { token, expiresAt } = await willcall.testingTokens.createTestingToken();
  expect(token.length).toBeGreaterThan(20);
  expect(expiresAt - Date.now()).toBeGreaterThan(3_500_000);
  expect(expiresAt - Date.now()).toBeLessThan(3_700_000);
});

test('the instance is read and changed', async () => {
  expect(await willcall.instance.get()).toMatchObject({ environmentType: 'development' });
  await willcall.instance.update({ allowedOrigins: ['https://app.example.com'] });
  expect((await willcall.instance.get()).allowedOrigins).toEqual(['https://app.example.com']);
});
