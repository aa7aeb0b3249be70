import { createWillcallClient, verifyToken, type WillcallClient } from '@willcall/backend';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../tooling/chromium.ts';
import { visitAsAda } from '../guides/snippets/playwright.ts';
import { newestMail } from '../guides/snippets/read-mailbox.ts';
import { sessionTokenOf } from '../guides/snippets/session-token.ts';
import { type RunningApp, serveApp } from './app/serve.ts';
import { type RunningServer, startServer } from '../../tooling/development-server.ts';
import { newAddress } from '../../tooling/new-address.ts';

let server: RunningServer;
let app: RunningApp;
let willcall: WillcallClient;

beforeAll(async () => {
  server = await startServer();
  app = await serveApp(server.url);
  willcall = createWillcallClient({ apiUrl: server.url });
});

afterAll(async () => {
  app?.stop();
  await server?.stop();
});

test('playwright: Ada is in the inbox while the page is looked at, and nobody afterwards', async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${app.port}/inbox`);
    await page.getByText('Nobody is signed in.').waitFor();
    let looks = 0;
    await visitAsAda(page, server.url, async () => {
      looks += 1;
      const { data } = await willcall.users.getUserList({
        emailAddress: 'ada+clerk_test@example.com',
      });
      await page.reload();
      await page.getByText(`In the inbox of ${data[0]?.id}`).waitFor();
    });
    expect(looks).toBe(1);
    await page.reload();
    await page.getByText('Nobody is signed in.').waitFor();
  } finally {
    await browser.close();
  }
});

test('read-mailbox: the code that was asked for is in the newest mail', async () => {
  const grace = newAddress('grace');
  await willcall.users.createUser({ emailAddress: [grace] });
  expect(await newestMail(server.url, grace)).toBeUndefined();
  const form = { strategy: 'email_code', identifier: grace };
  await fetch(`${server.url}/v1/client/sign_ins`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  expect((await newestMail(server.url, grace))?.text).toMatch(/\b\d{6}\b/);
});

test('session-token: the token of a direct session verifies', async () => {
  const token = await sessionTokenOf(server.url, server.demo_user_id);
  expect((await verifyToken(token, { apiUrl: server.url })).sub).toBe(server.demo_user_id);
});
