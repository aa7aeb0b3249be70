import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { launchChromium } from '../tooling/chromium.ts';
import { type Server, startServer } from './server.ts';
import { watchTicket } from './ticket-watch.ts';
import { newVisitor } from './visitor.ts';

let server: Server;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('the link of the first start signs in, stays so after a reload, and the button signs out', async () => {
  // That link is good once, and told of once.
  const first = await startServer();
  onTestFinished(first.stop);
  const { page, complaints } = await newVisitor(browser);
  await page.goto(first.signInLink);
  await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
  expect(page.url()).toBe(`${first.url}/`);

  await page.reload();
  await page.getByRole('heading', { name: 'You are signed in' }).waitFor();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
  expect(complaints).toEqual([]);
});

test('home says who is signed in', async () => {
  const { user, email } = await server.addUser({ firstName: 'Grace', lastName: 'Hopper' });
  const { url } = await server.api.signInTokens.createSignInToken({ userId: user.id });
  const { page, complaints } = await newVisitor(browser);
  await page.goto(url);
  await page.getByText(`As Grace Hopper, ${email}`).waitFor();
  await page.getByRole('button', { name: 'Account of Grace Hopper' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
  expect(complaints).toEqual([]);
});

test('the ticket leaves address bar and history, and goes nowhere but into the body of its redemption', async () => {
  const { user } = await server.addUser();
  const { url, token } = await server.api.signInTokens.createSignInToken({ userId: user.id });
  const { page } = await newVisitor(browser);
  const watch = await watchTicket(page, token);
  const redeemed = page.waitForRequest((request) => request.postData()?.includes(token) ?? false);
  await page.goto(url);
  expect(new URL((await redeemed).url()).pathname).toBe('/v1/client/sign_ins');
  await page.getByRole('heading', { name: 'You are signed in' }).waitFor();

  expect((await watch.leaks()).filter((leak) => !leak.startsWith('referer of'))).toEqual([]);
  expect(watch.looked()).toBeGreaterThan(3);
  expect(await watch.history()).toEqual(['about:blank', `${server.url}/`]);
});

test('what the page loads comes from its own server, which alone may see where it was', async () => {
  const { user } = await server.addUser();
  const { url } = await server.api.signInTokens.createSignInToken({ userId: user.id });
  const { page } = await newVisitor(browser);
  const origins = new Set<string>();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  const answer = await page.goto(url);
  await page.getByRole('heading', { name: 'You are signed in' }).waitFor();

  expect([...origins]).toEqual([server.url]);
  expect(answer?.headers()).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-robots-tag': 'noindex, noarchive',
    'x-content-type-options': 'nosniff',
  });
});

test('a link says where its person lands', async () => {
  const { user } = await server.addUser();
  const redirectUrl = `${server.url}/user`;
  const { url } = await server.api.signInTokens.createSignInToken({ userId: user.id, redirectUrl });
  const { page } = await newVisitor(browser);
  await page.goto(url);
  await page.waitForURL(redirectUrl);
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
});
