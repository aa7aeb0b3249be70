import { createWillcallClient, type WillcallClient } from '@willcall/backend';
import { loaded, setupTestingToken, signIn, signOut } from '@willcall/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { launchChromium } from '../../../tooling/chromium.ts';
import { type RunningServer, startServer } from '../../../tooling/development-server.ts';
import { type RunningApp, serveApp } from './app/serve.ts';

const password = 'a row of eleven seats';

let server: RunningServer;
let app: RunningApp;
let browser: Browser;
let willcall: WillcallClient;
let context: BrowserContext;
let page: Page;
let apiUrl: string;

beforeAll(async () => {
  server = await startServer();
  apiUrl = server.url;
  app = await serveApp(apiUrl);
  browser = await launchChromium();
  willcall = createWillcallClient({ apiUrl });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  app?.stop();
  await server?.stop();
});

beforeEach(async () => {
  vi.stubEnv('WILLCALL_API_URL', '');
  vi.stubEnv('WILLCALL_SECRET_KEY', '');
  context = await browser.newContext();
  page = await context.newPage();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await context.close();
});

let created = 0;
async function newUser(
  name = 'anna',
  fields: object = {},
): Promise<{ id: string; emailAddress: string }> {
  created += 1;
  const emailAddress = `${name}${created}+clerk_test@example.com`;
  const { id } = await willcall.users.createUser({ emailAddress: [emailAddress], ...fields });
  return { id, emailAddress };
}

/** Whom the page shows, by its own text: what a person would see. */
async function shown(where: Page): Promise<string | undefined> {
  const text = await where.locator('body').textContent();
  return text?.trim().replace('Hello ', '');
}

test('an e-mail address is enough to be signed in, and to stay so after a reload', async () => {
  const { id, emailAddress } = await newUser();
  await page.goto(app.url);
  await signIn({ page, emailAddress, apiUrl });
  expect(await shown(page)).toBe(id);
  await page.reload();
  await loaded({ page });
  expect(await shown(page)).toBe(id);
});

test('the address of the server may come from the environment', async () => {
  const { id, emailAddress } = await newUser();
  vi.stubEnv('WILLCALL_API_URL', apiUrl);
  await page.goto(app.url);
  await signIn({ page, emailAddress });
  expect(await shown(page)).toBe(id);
});

test('signing in again as the same user changes nothing and issues nothing', async () => {
  const { id: userId, emailAddress } = await newUser();
  await page.goto(app.url);
  await signIn({ page, emailAddress, apiUrl });
  await signIn({ page, emailAddress, apiUrl });
  expect((await willcall.signInTokens.list({ userId })).data.map(({ status }) => status)).toEqual([
    'accepted',
  ]);
});

test('the ticket lives 300 seconds', async () => {
  const { id: userId, emailAddress } = await newUser();
  await page.goto(app.url);
  await signIn({ page, emailAddress, apiUrl });
  const [token] = (await willcall.signInTokens.list({ userId })).data;
  expect((token?.expiresAt ?? 0) - (token?.createdAt ?? 0)).toBe(300_000);
});

test('a page that leaves as soon as somebody is signed in is no failure', async () => {
  const { id, emailAddress } = await newUser();
  await page.goto(`${app.url}/leaves`);
  await signIn({ page, emailAddress, apiUrl });
  await page.waitForURL(`${app.url}/`);
  await loaded({ page });
  expect(await shown(page)).toBe(id);
});

test('signing out leaves nobody, and another can sign in', async () => {
  const first = await newUser();
  const second = await newUser('bert');
  await page.goto(app.url);
  await signIn({ page, emailAddress: first.emailAddress, apiUrl });
  await signOut({ page });
  expect(await shown(page)).toBe('nobody');
  const { data } = await willcall.sessions.getSessionList({ userId: first.id, status: 'active' });
  expect(data).toEqual([]);
  await signOut({ page });
  await signIn({ page, emailAddress: second.emailAddress, apiUrl });
  expect(await shown(page)).toBe(second.id);
});

test('a password signs in as a person would', async () => {
  const { id, emailAddress } = await newUser('carl', { password });
  await page.goto(app.url);
  await signIn({
    page,
    signInParams: { strategy: 'password', identifier: emailAddress, password },
  });
  expect(await shown(page)).toBe(id);
});

test('a code signs in, by the fixed code of test addresses', async () => {
  const { id, emailAddress } = await newUser('dora');
  await page.goto(app.url);
  await signIn({ page, signInParams: { strategy: 'email_code', identifier: emailAddress } });
  expect(await shown(page)).toBe(id);
});

test('a ticket signs in', async () => {
  const { id: userId } = await newUser('emil');
  const { token: ticket } = await willcall.signInTokens.createSignInToken({ userId });
  await page.goto(app.url);
  await signIn({ page, signInParams: { strategy: 'ticket', ticket } });
  expect(await shown(page)).toBe(userId);
});

test('side by side, each page gets its own user', async () => {
  const users = await Promise.all(Array.from({ length: 6 }, () => newUser('side')));
  const pages = await Promise.all(
    users.map(async ({ emailAddress }) => {
      const own = await (await browser.newContext()).newPage();
      await own.goto(app.url);
      await signIn({ page: own, emailAddress, apiUrl });
      return own;
    }),
  );
  expect(await Promise.all(pages.map(shown))).toEqual(users.map(({ id }) => id));
  await Promise.all(pages.map((own) => own.context().close()));
});

test('a testing token goes along with each call of the page', async () => {
  const { id, emailAddress } = await newUser();
  const calls: URL[] = [];
  await setupTestingToken({ context, apiUrl });
  await setupTestingToken({ context, apiUrl });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin === apiUrl) calls.push(url);
  });
  const answers: URL[] = [];
  page.on('response', (response) => answers.push(new URL(response.url())));
  await page.goto(app.url);
  await signIn({ page, emailAddress, apiUrl });
  expect(await shown(page)).toBe(id);
  expect(calls.length).toBeGreaterThan(2);
  const marked = answers.filter((url) => url.searchParams.has('__clerk_testing_token'));
  expect(marked.length).toBe(calls.length);
  expect(new Set(marked.map((url) => url.searchParams.get('__clerk_testing_token'))).size).toBe(1);
});

test('a second call waits until the page is prepared', async () => {
  const done: string[] = [];
  await Promise.all([
    setupTestingToken({ page, apiUrl }).then(() => done.push('first')),
    setupTestingToken({ page, apiUrl }).then(() => done.push('second')),
  ]);
  expect(done).toEqual(['first', 'second']);
});

test('a route that was there before still gets the calls', async () => {
  let caught = 0;
  await page.route('**/v1/client*', (route) => {
    caught += 1;
    return route.abort();
  });
  await setupTestingToken({ page, apiUrl });
  await page.goto(app.url);
  await expect.poll(() => caught).toBeGreaterThan(0);
});

test('without a page of an app, the message says to go to one', async () => {
  const { emailAddress } = await newUser();
  const signingIn = signIn({ page, emailAddress, apiUrl });
  await expect(signingIn).rejects.toMatchObject({
    name: 'WillcallTestingError',
    code: 'no_page_context',
  });
  await expect(signingIn).rejects.toThrow("await page.goto('/')");
});

test('a page that does not load the SDK is told apart', async () => {
  await page.goto(`${app.url}/plain`);
  const waiting = loaded({ page, timeoutMs: 500 });
  await expect(waiting).rejects.toMatchObject({ code: 'not_loaded', cause: expect.any(Error) });
  await expect(waiting).rejects.toThrow('There is no window.Willcall');
});

test('without a secret key, the message says where it is taken from', async () => {
  await page.goto(app.url);
  const signingIn = signIn({
    page,
    emailAddress: 'a@example.com',
    apiUrl: 'https://auth.example.com',
  });
  await expect(signingIn).rejects.toMatchObject({
    code: 'no_secret_key',
    cause: expect.any(TypeError),
  });
  await expect(signingIn).rejects.toThrow('WILLCALL_SECRET_KEY');
});

test('a secret key of another server is no secret key', async () => {
  await page.goto(app.url);
  const secretKey = 'sk_test_ofsomewhereelse';
  const signingIn = signIn({ page, emailAddress: 'a@example.com', apiUrl, secretKey });
  await expect(signingIn).rejects.toMatchObject({
    code: 'no_secret_key',
    cause: { code: 'clerk_key_invalid' },
  });
  await expect(signingIn).rejects.not.toThrow(secretKey);
});

test('a server that is not there is named', async () => {
  await page.goto(app.url);
  const signingIn = signIn({ page, emailAddress: 'a@example.com', apiUrl: 'http://127.0.0.1:9' });
  await expect(signingIn).rejects.toMatchObject({
    code: 'server_failed',
    cause: { name: 'WillcallConnectionError' },
  });
});

test('no such user is said, with the address', async () => {
  await page.goto(app.url);
  const signingIn = signIn({ page, emailAddress: 'nobody@example.com', apiUrl });
  await expect(signingIn).rejects.toMatchObject({ code: 'user_not_found' });
  await expect(signingIn).rejects.toThrow('nobody@example.com');
});

test('somebody else who is signed in stays, and the message says what to do', async () => {
  const first = await newUser();
  const second = await newUser('bert');
  await page.goto(app.url);
  await signIn({ page, emailAddress: first.emailAddress, apiUrl });
  const signingIn = signIn({ page, emailAddress: second.emailAddress, apiUrl });
  await expect(signingIn).rejects.toMatchObject({
    code: 'sign_in_refused',
    cause: { code: 'session_exists' },
  });
  await expect(signingIn).rejects.toThrow('signOut({ page })');
  expect(await shown(page)).toBe(first.id);
});

test('a refusal keeps the code of the server', async () => {
  const { emailAddress } = await newUser('finn', { password });
  await page.goto(app.url);
  const signingIn = signIn({
    page,
    signInParams: { strategy: 'password', identifier: emailAddress, password: 'something else' },
  });
  await expect(signingIn).rejects.toMatchObject({
    code: 'sign_in_refused',
    cause: { code: 'form_password_incorrect' },
  });
});
