import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createWillcallClient, type WillcallClient } from '@willcall/backend';
import { type BreakingProxy, startBreakingProxy } from './breaking-proxy.ts';
import { type RunningServer, startServer } from '../../../tooling/development-server.ts';

let server: RunningServer;
let proxy: BreakingProxy;
let willcall: WillcallClient;
let userId: string;

beforeAll(async () => {
  server = await startServer();
  proxy = await startBreakingProxy(server.url);
  willcall = createWillcallClient({ apiUrl: proxy.url, secretKey: server.secret_key });
  userId = (await willcall.users.createUser({ emailAddress: ['way@example.com'] })).id;
}, 60_000);

afterAll(async () => {
  proxy?.close();
  await server?.stop();
});

beforeEach(() => {
  vi.stubEnv('WILLCALL_API_URL', '');
  vi.stubEnv('WILLCALL_SECRET_KEY', '');
  return () => vi.unstubAllEnvs();
});

const breaks = [['cut' as const], ['cut in the body' as const], [502]] as const;

test.each(breaks)('a GET is repeated after a broken answer (%s)', async (how) => {
  proxy.breakNext(2, how);
  expect((await willcall.users.getUser(userId)).id).toBe(userId);
  expect(proxy.calls).toEqual(Array(3).fill(`GET /v1/users/${userId}`));
});

test('a GET is given up after four tries, with what came', async () => {
  proxy.breakNext(10, 503);
  await expect(willcall.users.getUser(userId)).rejects.toMatchObject({
    code: 'unexpected_response',
    status: 503,
  });
  expect(proxy.calls.length).toBe(4);
});

test.each(breaks)('a POST is never repeated (%s)', async (how) => {
  proxy.breakNext(1, how);
  await expect(willcall.signInTokens.createSignInToken({ userId })).rejects.toThrow();
  expect(proxy.calls).toEqual(['POST /v1/sign_in_tokens']);
  proxy.breakNext(0, how);
});

test('a POST with an idempotency key is repeated like a GET', async () => {
  proxy.breakNext(1, 'cut in the body');
  await willcall.signInTokens.createSignInToken({ userId }, { idempotencyKey: 'once-more' });
  expect(proxy.calls).toEqual(Array(2).fill('POST /v1/sign_in_tokens'));
});

test('an answer that is cut in its body is no answer', async () => {
  proxy.breakNext(10, 'cut in the body');
  await expect(willcall.users.getUser(userId)).rejects.toMatchObject({
    name: 'WillcallConnectionError',
    cause: expect.any(Error),
  });
  expect(proxy.calls.length).toBe(4);
  proxy.breakNext(0, 'cut');
});

test('a body that does not go on is given up with its try', async () => {
  // A hundredth of the time, so that nobody waits for it.
  const { timeout } = AbortSignal;
  const limit = vi.spyOn(AbortSignal, 'timeout');
  limit.mockImplementation((ms) => timeout.call(AbortSignal, ms / 100));
  onTestFinished(() => limit.mockRestore());
  proxy.breakNext(1, 'silent in the body');
  await expect(willcall.signInTokens.createSignInToken({ userId })).rejects.toMatchObject({
    name: 'WillcallConnectionError',
    cause: { name: 'TimeoutError' },
  });
  expect(limit.mock.calls).toEqual([[15_000]]);

  proxy.breakNext(1, 'silent in the body');
  expect((await willcall.users.getUser(userId)).id).toBe(userId);
  expect(proxy.calls).toEqual(Array(2).fill(`GET /v1/users/${userId}`));
}, 10_000);

test('no server is an error that says so, names the address and keeps the cause', async () => {
  const lost = createWillcallClient({ apiUrl: 'http://127.0.0.1:9', secretKey: server.secret_key });
  const error = await lost.users
    .createUser({ emailAddress: ['x@example.com'] })
    .catch((failure: unknown) => failure);
  expect(error).toMatchObject({ name: 'WillcallConnectionError', cause: expect.any(Error) });
  expect(String(error)).toContain('http://127.0.0.1:9');
  expect(String(error)).not.toContain(server.secret_key);
});

test('a key that the server does not know is refused, and not shown', async () => {
  const wrong = createWillcallClient({
    apiUrl: server.url,
    secretKey: 'sk_test_unknownunknownunknown',
  });
  const error = await wrong.users.getUserList().catch((refusal: unknown) => refusal);
  expect(error).toMatchObject({ code: 'clerk_key_invalid', status: 401 });
  expect(`${JSON.stringify(error)} ${String(error)}`).not.toContain('unknownunknown');
});

test('in development the address is enough', async () => {
  const easy = createWillcallClient({ apiUrl: server.url });
  expect((await easy.users.getUser(userId)).id).toBe(userId);
  vi.stubEnv('WILLCALL_API_URL', server.url);
  expect((await createWillcallClient().users.getUser(userId)).id).toBe(userId);
});

test('an address of this machine without a development server says which setting is missing', async () => {
  const lost = createWillcallClient({ apiUrl: `${server.url}/nothing` });
  await expect(lost.users.getUserList()).rejects.toThrow('secretKey is missing');
});

test('a development server that was started anew is known again', async () => {
  const first = await startServer();
  const easy = createWillcallClient({ apiUrl: first.url });
  await easy.users.createUser({ emailAddress: ['again@example.com'] });
  await first.stop();
  const second = await startServer({ port: Number(new URL(first.url).port) });
  expect(second.secret_key).not.toBe(first.secret_key);
  await expect(
    easy.users.getUserList({ emailAddress: 'again@example.com' }),
  ).resolves.toMatchObject({ totalCount: 0 });
  await second.stop();
}, 30_000);
