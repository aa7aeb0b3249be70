import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWillcallClient, type WillcallClient } from '@willcall/backend';
import { redeem } from './redeem.ts';
import { type RunningServer, startServer } from '../../../tooling/development-server.ts';

const app = 'http://localhost:5173';

let server: RunningServer;
let willcall: WillcallClient;
let userId: string;

beforeAll(async () => {
  server = await startServer();
  willcall = createWillcallClient({ apiUrl: server.url, secretKey: server.secret_key });
  userId = (await willcall.users.createUser({ emailAddress: ['ticket@example.com'] })).id;
}, 60_000);

afterAll(() => server?.stop());

test('issuing answers a ticket and the link that carries it', async () => {
  const issued = await willcall.signInTokens.createSignInToken({ userId, expiresInSeconds: 600 });
  expect(issued).toMatchObject({ userId, status: 'pending' });
  const link = new URL(issued.url);
  expect(link.origin + link.pathname).toBe(`${server.url}/sign-in`);
  expect(link.searchParams.get('__clerk_ticket')).toBe(issued.token);
});

test('the link leads to the page and the destination that were asked for', async () => {
  const { url, token } = await willcall.signInTokens.createSignInToken({
    userId,
    signInUrl: `${app}/welcome?lang=de`,
    redirectUrl: `${app}/inbox`,
  });
  const link = new URL(url);
  expect(link.origin + link.pathname).toBe(`${app}/welcome`);
  expect(Object.fromEntries(link.searchParams)).toEqual({
    lang: 'de',
    __clerk_ticket: token,
    redirect_url: `${app}/inbox`,
  });
});

test('a redeemed token says when, and which session it opened', async () => {
  const { id, token } = await willcall.signInTokens.createSignInToken({
    userId,
    expiresInSeconds: 60,
  });
  const before = await willcall.signInTokens.get(id);
  expect(before).toMatchObject({
    status: 'pending',
    isExpired: false,
    redeemedAt: undefined,
    sessionId: undefined,
  });
  const { sessionId } = await redeem(server.url, token, app);
  const after = await willcall.signInTokens.getSignInToken(id);
  expect(after).toMatchObject({ id, userId, status: 'accepted', sessionId });
  expect(after.redeemedAt).toBeGreaterThanOrEqual(after.createdAt);
  expect(after.expiresAt - after.createdAt).toBe(60_000);
  expect(JSON.stringify(after)).not.toContain(token);
});

test('a revoked token cannot be redeemed, nor revoked again', async () => {
  const { id, token } = await willcall.signInTokens.createSignInToken({ userId });
  expect(await willcall.signInTokens.revoke(id)).toMatchObject({ id, status: 'revoked' });
  await expect(redeem(server.url, token, app)).rejects.toThrow('sign_in_token_revoked_code');
  await expect(willcall.signInTokens.revokeSignInToken(id)).rejects.toMatchObject({
    code: 'sign_in_token_cannot_be_revoked_code',
    status: 400,
  });
});

test('the list is filtered, and goes on where its cursor says', async () => {
  const other = await willcall.users.createUser({ emailAddress: ['pages@example.com'] });
  const ids: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    ids.push((await willcall.signInTokens.createSignInToken({ userId: other.id })).id);
  }
  await willcall.signInTokens.revoke(ids[1] ?? '');
  const pending: string[] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const page = await willcall.signInTokens.list({
      userId: other.id,
      status: 'pending',
      limit: 3,
      cursor,
    });
    pending.push(...page.data.map(({ id }) => id));
    cursor = page.nextCursor;
    pages += 1;
  } while (cursor !== undefined && pages < 10);
  expect(pages).toBe(2);
  expect(pending.toSorted()).toEqual(ids.filter((id) => id !== ids[1]).toSorted());
});

test.each([
  ['an unknown user', { userId: 'user_unknown' }, 'resource_not_found', 404],
  ['a life of no time', { userId: '', expiresInSeconds: 0 }, 'form_param_value_invalid', 422],
  [
    'a page that is not allowed',
    { userId: '', signInUrl: 'https://evil.example/sign-in' },
    'redirect_url_mismatch',
    422,
  ],
  [
    'a destination that is not allowed',
    { userId: '', redirectUrl: 'https://evil.example/' },
    'redirect_url_mismatch',
    422,
  ],
])('%s is refused, and nothing is issued', async (_name, params, code, status) => {
  const before = await willcall.signInTokens.list({ userId, limit: 500 });
  const issuing = willcall.signInTokens.createSignInToken({
    ...params,
    userId: params.userId || userId,
  });
  await expect(issuing).rejects.toMatchObject({
    name: 'WillcallApiError',
    code,
    status,
    traceId: expect.stringMatching(/.+/),
  });
  expect((await willcall.signInTokens.list({ userId, limit: 500 })).data.length).toBe(
    before.data.length,
  );
});

test.each([
  { expiresInSeconds: Number.NaN },
  { expiresInSeconds: null },
  { sessionMaxDurationInSeconds: Number.NaN },
  { stepUp: () => 1 },
  { confirmation: null },
  { sameBrowser: null },
])('a limit that cannot be sent issues no token without it: %o', async (limit) => {
  const params = { userId, reason: 'unwritable limit', ...limit } as unknown as { userId: string };
  await expect(willcall.signInTokens.createSignInToken(params)).rejects.toThrow(TypeError);
  const issued = await willcall.signInTokens.list({ reason: 'unwritable limit' });
  expect(issued.data).toEqual([]);
});

test('a misspelt argument is a TypeError that names it, before anything is sent', async () => {
  const params = { userId, expiresInSecond: 60 } as { userId: string };
  await expect(willcall.signInTokens.createSignInToken(params)).rejects.toThrow(TypeError);
  await expect(willcall.signInTokens.createSignInToken(params)).rejects.toThrow('expiresInSecond');
  await expect(willcall.signInTokens.createSignInToken({ userId: '' })).rejects.toThrow('userId');
});

test('a call with an idempotency key answers one ticket, however often it is sent', async () => {
  const params = { userId, expiresInSeconds: 60, reason: 'an order' };
  const options = { idempotencyKey: 'order-17' };
  const first = await willcall.signInTokens.createSignInToken(params, options);
  expect(await willcall.signInTokens.createSignInToken(params, options)).toEqual(first);
  await expect(
    willcall.signInTokens.createSignInToken({ ...params, reason: 'another' }, options),
  ).rejects.toMatchObject({ code: 'idempotency_key_reused', status: 422 });
  const misspelt = { idempotentKey: 'x' } as object;
  await expect(willcall.signInTokens.createSignInToken(params, misspelt)).rejects.toThrow(
    'idempotentKey',
  );
});

test('what is asked for besides comes back with the token, and so do refused tries', async () => {
  const { id, token } = await willcall.signInTokens.createSignInToken({
    userId,
    stepUp: 'none',
    confirmation: 'auto',
    sessionMaxDurationInSeconds: 600,
    reason: 'support case 7',
  });
  await redeem(server.url, token, app);
  await expect(redeem(server.url, token, app)).rejects.toThrow();
  const history = await willcall.signInTokens.get(id);
  expect(history).toMatchObject({
    reason: 'support case 7',
    redeemedAddress: '127.0.0.0/24',
    refusedRedemptionCount: 1,
  });
  expect(history.refusedRedemptions.map(({ code }) => code)).toEqual([
    'sign_in_token_already_used_code',
  ]);
  const { data } = await willcall.signInTokens.list({ reason: 'support case 7', isExpired: false });
  expect(data.map((each) => each.id)).toEqual([id]);
});

test('the pending tokens of a user are revoked in one call, and never those of everybody', async () => {
  const user = await willcall.users.createUser({ emailAddress: ['many@example.com'] });
  for (let count = 0; count < 3; count++)
    await willcall.signInTokens.createSignInToken({ userId: user.id });
  expect(await willcall.signInTokens.revokeSignInTokens({ userId: user.id })).toBe(3);
  expect(await willcall.signInTokens.revokeSignInTokens({ userId: user.id })).toBe(0);
  await expect(willcall.signInTokens.revokeSignInTokens({})).rejects.toMatchObject({
    code: 'form_param_missing',
  });
});
