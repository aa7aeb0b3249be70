import { loaded, setupTestingToken, signIn, signOut } from '@willcall/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../tooling/chromium.ts';
import { type ExampleApp, serveExample } from './example-app.ts';
import { type Server, startServer } from './server.ts';
import { newVisitor } from './visitor.ts';

let server: Server;
let app: ExampleApp;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  app = await serveExample(server.url);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await server?.stop();
});

test.each([
  ['the site of its server', () => app.url],
  ['another site', () => app.otherUrl],
])('one call signs the app in, on %s, and one signs it out', async (_place, url) => {
  const { email } = await server.addUser({ firstName: 'Grace' });
  const { page, complaints } = await newVisitor(browser);
  await page.goto(url());
  await signIn({ page, emailAddress: email, apiUrl: server.url, secretKey: server.secretKey });
  await page.getByText('Welcome back, Grace.').waitFor();
  await page.goto(`${url()}/protected`);
  await page.getByText('Held at the will-call window for Grace').waitFor();
  await signOut({ page });
  await page.goto(url());
  await page.getByText('Nobody is signed in.').waitFor();
  expect(complaints).toEqual([]);
});

test('on the sign-in page, which leaves as soon as somebody is signed in', async () => {
  const { email } = await server.addUser({ firstName: 'Grace' });
  const { page } = await newVisitor(browser);
  await page.goto(`${app.url}/sign-in?redirect_url=/account`);
  await signIn({ page, emailAddress: email, apiUrl: server.url });
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
});

test('as a person would, by password and by code', async () => {
  const { email } = await server.addUser({ password: 'a row of eleven seats' });
  const { page, context } = await newVisitor(browser);
  await setupTestingToken({ context, apiUrl: server.url });
  await page.goto(app.url);
  await signIn({
    page,
    signInParams: { strategy: 'password', identifier: email, password: 'a row of eleven seats' },
  });
  await signOut({ page });
  await signIn({ page, signInParams: { strategy: 'email_code', identifier: email } });
  await page.reload();
  await loaded({ page });
  await page.getByText('Welcome back, Ada.').waitFor();
});
