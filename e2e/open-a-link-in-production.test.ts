import { createWillcallClient, type WillcallClient } from '@willcall/backend';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../tooling/chromium.ts';
import { startTlsFront, type TlsFront } from '../tooling/tls-front.ts';
import { type ExampleApp, serveExample } from './example-app.ts';
import { type ProductionInstance, startProduction } from './production/instance.ts';
import { watchTicket } from './ticket-watch.ts';
import { newVisitor, type Visitor } from './visitor.ts';

const authUrl = 'https://auth.example.test';
const appUrl = 'https://app.example.test';
const seat = 'Held at the will-call window for Grace Hopper';

let instance: ProductionInstance;
let app: ExampleApp;
let front: TlsFront;
let browser: Browser;
let api: WillcallClient;
let userId: string;

beforeAll(async () => {
  instance = await startProduction(authUrl, appUrl);
  app = await serveExample(authUrl);
  const appHost = new URL(app.url).host;
  front = await startTlsFront({
    'auth.example.test': { port: instance.port },
    'app.example.test': { port: Number(new URL(app.url).port), host: appHost },
  });
  const here = `127.0.0.1:${front.port}`;
  const names = ['auth', 'app'].map((name) => `MAP ${name}.example.test:443 ${here}`);
  browser = await launchChromium(`--host-resolver-rules=${names.join(',')}`);
  const { port, secretKey } = instance;
  api = createWillcallClient({ apiUrl: `http://127.0.0.1:${port}`, secretKey });
  const user = { emailAddress: ['grace@example.com'], firstName: 'Grace', lastName: 'Hopper' };
  userId = (await api.users.createUser(user)).id;
});

afterAll(async () => {
  await browser?.close();
  front?.stop();
  await app?.stop();
  await instance?.stop();
});

function visitor(): Promise<Visitor> {
  return newVisitor(browser, { ignoreHTTPSErrors: true });
}

test('the keys are live ones', () => {
  expect(instance.publishableKey).toMatch(/^pk_live_/);
  expect(instance.secretKey).toMatch(/^sk_live_/);
});

test('a link to the hosted page survives a restart, signs in, and the session reaches the app', async () => {
  const { url, token } = await api.signInTokens.createSignInToken({
    userId,
    redirectUrl: `${appUrl}/protected`,
  });
  expect(url.startsWith(`${authUrl}/sign-in?__clerk_ticket=`)).toBe(true);
  await instance.restart();

  const { page, context, complaints } = await visitor();
  const watch = await watchTicket(page, token);
  await page.goto(url);
  expect(page.url()).toBe(`${authUrl}/sign-in/confirm`);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText(seat).waitFor();
  expect(page.url()).toBe(`${appUrl}/protected`);
  expect((await watch.leaks()).filter((leak) => !leak.startsWith('referer of'))).toEqual([]);
  expect(await watch.history()).toEqual([
    'about:blank',
    `${authUrl}/sign-in/confirm`,
    `${appUrl}/protected`,
  ]);

  const cookies = await context.cookies();
  const clients = cookies.filter(({ name }) => /^(__Host-)?__client(?!_uat)/.test(name));
  expect(clients.length).toBeGreaterThan(0);
  for (const { name, httpOnly, secure } of clients) {
    expect({ name, httpOnly, secure }).toEqual({ name, httpOnly: true, secure: true });
  }

  // The next page that the app's own server is asked for comes with a session it can verify.
  await page.reload();
  await page.getByText(seat).waitFor();
  const sent = front.lastPage('app.example.test')?.cookie ?? '';
  const session = /(?:^|; )__session=([^;]+)/.exec(sent)?.[1] ?? '';
  const claims = await api.verifyToken(session, { authorizedParties: [appUrl] });
  expect(claims.sub).toBe(userId);
  expect(complaints).toEqual([]);
});

test('a link to the page of the app signs in there, and a restart signs nobody out', async () => {
  const { url } = await api.signInTokens.createSignInToken({
    userId,
    signInUrl: `${appUrl}/sign-in`,
  });
  const { page, complaints } = await visitor();
  await page.goto(url);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText(seat).waitFor();
  await instance.restart();
  await page.reload();
  await page.getByText(seat).waitFor();

  await page.getByRole('button', { name: 'Account of Grace Hopper' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByText('Nobody is signed in.').waitFor();
  await page.reload();
  await page.getByText('Nobody is signed in.').waitFor();
  expect(complaints).toEqual([]);
});

test('who signs out on the hosted pages is signed out in the app', async () => {
  const { url } = await api.signInTokens.createSignInToken({
    userId,
    redirectUrl: `${appUrl}/protected`,
  });
  const { page, openTab } = await visitor();
  await page.goto(url);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText(seat).waitFor();
  const hosted = await openTab();
  await hosted.goto(authUrl);
  await hosted.getByRole('button', { name: 'Sign out' }).click();
  await hosted.getByRole('heading', { name: 'You are not signed in' }).waitFor();
  await page.goto(appUrl);
  await page.getByText('Nobody is signed in.').waitFor();
});

test('a link that was used says so after a restart too', async () => {
  const { url } = await api.signInTokens.createSignInToken({ userId });
  const first = await visitor();
  await first.page.goto(url);
  await first.page.getByRole('button', { name: 'Continue' }).click();
  await first.page.getByRole('heading', { name: 'You are signed in' }).waitFor();
  await instance.restart();
  const { page } = await visitor();
  await page.goto(url);
  await page.getByRole('alert').filter({ hasText: 'This link has been used already' }).waitFor();
});
