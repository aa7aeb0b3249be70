import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../tooling/chromium.ts';
import { type RunningProcess, startProcess } from './process.ts';
import { type Server, startServer } from './server.ts';
import { watchTicket } from './ticket-watch.ts';
import { newVisitor } from './visitor.ts';

let server: Server;
let app: RunningProcess;
let appUrl: string;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  const program = fileURLToPath(new URL('server-rendered/serve.ts', import.meta.url));
  app = await startProcess([program, server.url], { isReady: /ready on (\d+)/ });
  appUrl = `http://localhost:${app.ready[1]}`;
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await server?.stop();
});

test('the server draws a page that already says what it will be', async () => {
  const html = await (await fetch(appUrl)).text();
  expect(html).toContain('Drawn by a server');
  expect(html).toContain('data-willcall="sign-in"');
});

test('the browser takes the page over without a warning, and shows the form', async () => {
  const { page, complaints } = await newVisitor(browser);
  await page.goto(appUrl);
  await page.getByLabel('E-mail address').waitFor();
  await page.getByText('Nobody is signed in.').waitFor();
  expect(complaints).toEqual([]);
});

test.each(['?__clerk_ticket=', '#/?__clerk_ticket='])(
  'a ticket in %s signs in without a warning and is gone before any call',
  async (form) => {
    const { user } = await server.addUser({ firstName: 'Grace', lastName: 'Hopper' });
    const { token } = await server.api.signInTokens.createSignInToken({ userId: user.id });
    const { page, complaints } = await newVisitor(browser);
    const watch = await watchTicket(page, token);
    await page.goto(`${appUrl}/${form}${token}`);
    await page.waitForURL(`${appUrl}/?after`);
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    expect(await watch.leaks()).toEqual([]);
    expect(await watch.history()).not.toContainEqual(expect.stringContaining(token));

    await page.reload();
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    expect(complaints).toEqual([]);
  },
);
