import { createPublicKey } from 'node:crypto';
import { verifyToken, type ClerkClient } from '@clerk/backend';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBackend } from './backend.ts';
import { startServer, type RunningServer } from './server.ts';

const origin = 'http://localhost:5173';
const emailAddress = 'official+clerk_test@example.com';

let server: RunningServer;
let clerk: ClerkClient;
let userId: string;

beforeAll(async () => {
  server = await startServer();
  clerk = openBackend(server);
  const user = await clerk.users.createUser({ emailAddress: [emailAddress], firstName: 'Otto' });
  userId = user.id;
}, 60_000);

afterAll(() => server?.stop());

test('a created user is found by e-mail, and counted', async () => {
  const { data, totalCount } = await clerk.users.getUserList({ emailAddress: [emailAddress] });
  expect(data.map((user) => [user.id, user.firstName])).toEqual([[userId, 'Otto']]);
  expect(totalCount).toBe(1);
});

test('a refusal arrives as an error with its code and trace', async () => {
  const again = clerk.users.createUser({ emailAddress: [emailAddress] });
  await expect(again).rejects.toMatchObject({
    status: 422,
    errors: [{ code: 'form_identifier_exists' }],
    clerkTraceId: expect.stringMatching(/.+/),
  });
});

test('a sign-in token carries a ticket and a link, and can be revoked', async () => {
  const issued = await clerk.signInTokens.createSignInToken({ userId, expiresInSeconds: 600 });
  expect(issued).toMatchObject({ userId, status: 'pending' });
  expect(new URL(issued.url).origin).toBe(server.url);
  expect(issued.token.length).toBeGreaterThan(20);
  const revoked = await clerk.signInTokens.revokeSignInToken(issued.id);
  expect(revoked.status).toBe('revoked');
  const answer = await redeem(issued.token);
  expect(await answer.json()).toMatchObject({ errors: [{ code: 'sign_in_token_revoked_code' }] });
});

test('a testing token is issued for an hour or so, in seconds', async () => {
  const { token, expiresAt } = await testingToken();
  expect(token.length).toBeGreaterThan(10);
  expect(expiresAt * 1000).toBeGreaterThan(Date.now());
  expect(expiresAt * 1000).toBeLessThan(Date.now() + 24 * 3600 * 1000);
});

test('a session token of a redeemed ticket verifies by key set and by PEM', async () => {
  const { sessionId } = await signIn();
  const { jwt } = await clerk.sessions.getToken(sessionId);
  const { secretKey, url: apiUrl } = server;
  const byKeySet = await verifyToken(jwt, { secretKey, apiUrl, authorizedParties: [origin] });
  expect(byKeySet).toMatchObject({ sub: userId, sid: sessionId, azp: origin });
  const byPem = await verifyToken(jwt, { jwtKey: await publicPem() });
  expect(byPem.sid).toBe(sessionId);
});

test('a foreign origin and a ticket do not verify as a session token', async () => {
  const { sessionId } = await signIn();
  const { jwt } = await clerk.sessions.getToken(sessionId);
  const jwtKey = await publicPem();
  const elsewhere = verifyToken(jwt, { jwtKey, authorizedParties: ['https://elsewhere.example'] });
  await expect(elsewhere).rejects.toThrow();
  const { token: ticket } = await clerk.signInTokens.createSignInToken({
    userId,
    expiresInSeconds: 600,
  });
  await expect(verifyToken(ticket, { jwtKey })).rejects.toThrow();
});

test('sessions are listed, read and revoked', async () => {
  const { sessionId } = await signIn();
  const listed = await clerk.sessions.getSessionList({ userId, status: 'active' });
  expect(listed.data.map((session) => session.id)).toContain(sessionId);
  expect(listed.totalCount).toBe(listed.data.length);
  const session = await clerk.sessions.getSession(sessionId);
  expect(session).toMatchObject({ userId, status: 'active' });
  const client = await clerk.clients.getClient(session.clientId);
  expect(client.sessions.map((each) => each.id)).toContain(sessionId);
  expect(await clerk.sessions.revokeSession(sessionId)).toMatchObject({ status: 'revoked' });
  await expect(clerk.sessions.getToken(sessionId)).rejects.toMatchObject({ clerkError: true });
});

test('a page request is signed in by the handshake', async () => {
  const { cookie, sessionId } = await signIn();
  const first = await authenticate(`${origin}/page?seat=4`, '');
  expect(first).toMatchObject({ status: 'handshake', reason: 'dev-browser-missing' });

  const back = await fetch(atServer(first), { redirect: 'manual', headers: { cookie } });
  expect(back.status).toBe(307);
  const returned = new URL(back.headers.get('location') ?? '');
  expect(returned.searchParams.has('__clerk_handshake_nonce')).toBe(true);

  const second = await authenticate(returned.href, '');
  // Signed in already; the redirect takes the nonce out of the address.
  expect(second).toMatchObject({ status: 'signed-in', reason: null });
  expect(second.headers.get('location')).toBe(`${origin}/page?seat=4`);

  const third = await authenticate(`${origin}/page?seat=4`, cookiesOf(second.headers));
  expect(third.status).toBe('signed-in');
  expect(third.toAuth()).toMatchObject({ userId, sessionId });
});

test('a handshake without a session ends signed out, not in a loop', async () => {
  const first = await authenticate(`${origin}/page`, '');
  const back = await fetch(atServer(first), { redirect: 'manual' });
  const second = await authenticate(back.headers.get('location') ?? '', '');
  const third = await authenticate(`${origin}/page`, cookiesOf(second.headers));
  expect(third.status).toBe('signed-out');
});

/** Redeems a ticket as a page does, on the wire alone: the SDK has no call for it. */
function redeem(ticket: string): Promise<Response> {
  return fetch(`${server.url}/v1/client/sign_ins`, {
    method: 'POST',
    headers: { origin },
    body: new URLSearchParams({ strategy: 'ticket', ticket }),
  });
}

async function signIn(): Promise<{ sessionId: string; cookie: string }> {
  const { token } = await clerk.signInTokens.createSignInToken({ userId, expiresInSeconds: 600 });
  const answer = await redeem(token);
  const { response } = (await answer.json()) as { response: { created_session_id: string } };
  return { sessionId: response.created_session_id, cookie: cookiesOf(answer.headers) };
}

async function publicPem(): Promise<string> {
  const answer = await fetch(`${server.url}/.well-known/jwks.json`);
  const { keys } = (await answer.json()) as { keys: JsonWebKey[] };
  const [jwk] = keys;
  if (!jwk) throw new Error('The key set is empty.');
  return createPublicKey({ key: { ...jwk }, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString();
}

/** The SDK hands a testing token on as it crossed the wire. */
async function testingToken(): Promise<{ token: string; expiresAt: number }> {
  const raw = (await clerk.testingTokens.createTestingToken()) as unknown as Record<
    string,
    unknown
  >;
  return { token: String(raw['token']), expiresAt: Number(raw['expires_at'] ?? raw['expiresAt']) };
}

function authenticate(url: string, cookie: string) {
  const headers = { cookie, accept: 'text/html', 'sec-fetch-dest': 'document' };
  return clerk.authenticateRequest(new Request(url, { headers }), {
    proxyUrl: `${origin}/__clerk`,
  });
}

/** Where the application's proxy would have sent the browser on to. */
function atServer({ headers }: { headers: Headers }): string {
  const location = headers.get('location') ?? '';
  expect(location).toContain(`${origin}/__clerk/v1/client/handshake?`);
  return location.replace(origin, server.url);
}

function cookiesOf(headers: Headers): string {
  const pairs = headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  return pairs.filter((pair) => !pair.endsWith('=')).join('; ');
}
