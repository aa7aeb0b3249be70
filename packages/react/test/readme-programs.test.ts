import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { launchChromium } from '../../../tooling/chromium.ts';
import { type RunningServer, startServer } from '../../../tooling/development-server.ts';
import { serveApp } from './app-server.ts';
import { callBackend } from './stage.ts';

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A page of a program of the README, which finds the server at the address that it names. */
async function open(program: string): Promise<{ page: Page; url: string }> {
  const app = await serveApp({}, program);
  const context = await browser.newContext();
  const page = await context.newPage();
  onTestFinished(async () => {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
    app.stop();
  });
  page.setDefaultTimeout(10_000);
  await page.route('**/*.js', async (route) => {
    const file = await route.fetch();
    const body = (await file.text()).replaceAll('http://localhost:4000', server.url);
    return route.fulfill({ response: file, body });
  });
  return { page, url: app.url };
}

async function issue(firstName: string): Promise<string> {
  const email = `${crypto.randomUUID()}@example.com`;
  const { id } = await callBackend<{ id: string }>(server, '/users', {
    email_address: [email],
    first_name: firstName,
  });
  return (await callBackend<{ token: string }>(server, '/sign_in_tokens', { user_id: id })).token;
}

test('the first program signs in by a link, whose ticket is gone before the server is asked', async () => {
  const { page, url } = await open('readme/app.tsx');
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(server.url)) asked.push(page.url());
  });
  await page.goto(`${url}/sign-in?__clerk_ticket=${await issue('Ada')}`);
  await page.getByRole('button', { name: 'Account of Ada' }).waitFor();
  expect(page.url()).toBe(`${url}/`);
  expect(asked.length).toBeGreaterThan(2);
  expect(asked.filter((address) => address.includes('ticket'))).toEqual([]);
});

test('the first program asks whoever is signed in what to do with the link of another', async () => {
  const { page, url } = await open('readme/app.tsx');
  await page.goto(`${url}/sign-in?__clerk_ticket=${await issue('Ada')}`);
  await page.getByRole('button', { name: 'Account of Ada' }).waitFor();
  await page.goto(`${url}/sign-in?__clerk_ticket=${await issue('Grace')}`);
  await page.getByRole('button', { name: /^Sign out and go on as/ }).waitFor();
  expect(page.url()).toBe(`${url}/sign-in`);
});

test('the first program shows the form to whoever is signed out', async () => {
  const { page, url } = await open('readme/app.tsx');
  await page.goto(url);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail address').waitFor();
});

test('the program without React is still drawn when people come back to its page', async () => {
  const { page, url } = await open('readme/mount.ts');
  await page.route(`${url}/`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><div id="sign-in"></div><script type="module" src="/app.js"></script>',
    }),
  );
  await page.goto(url);
  const form = page.locator('[data-willcall="sign-in"]');
  await form.waitFor();
  // What a browser does that keeps the page for the way back.
  await page.evaluate(() =>
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })),
  );
  expect(await form.count()).toBe(1);
});
