import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../tooling/chromium.ts';
import { newAddress } from '../tooling/new-address.ts';
import { startTlsFront, type TlsFront } from '../tooling/tls-front.ts';
import { type BackendCall, backendApi } from './backend-api.ts';
import { type ExampleApp, serveExample } from './example-app.ts';
import { type ProductionInstance, startProduction } from './production/instance.ts';
import {
  type MailServer,
  receiveCode,
  receiveLink,
  startMailServer,
} from './production/mail-server.ts';
import { embedded, hosted } from './places.ts';
import { newVisitor } from './visitor.ts';

const authUrl = 'https://auth.example.test';
const appUrl = 'https://app.example.test';

let mail: MailServer;
let instance: ProductionInstance;
let app: ExampleApp;
let front: TlsFront;
let browser: Browser;
let call: BackendCall;

beforeAll(async () => {
  mail = await startMailServer();
  instance = await startProduction(authUrl, appUrl, {
    WILLCALL_SMTP_URL: mail.url,
    WILLCALL_MAIL_FROM: 'Row K <tickets@example.test>',
    // Everybody here comes from one address.
    WILLCALL_RATE_LIMITS: 'off',
  });
  app = await serveExample(authUrl);
  front = await startTlsFront({
    'auth.example.test': { port: instance.port },
    'app.example.test': { port: Number(new URL(app.url).port), host: new URL(app.url).host },
  });
  const here = `127.0.0.1:${front.port}`;
  const names = ['auth', 'app'].map((name) => `MAP ${name}.example.test:443 ${here}`);
  browser = await launchChromium(`--host-resolver-rules=${names.join(',')}`);
  call = backendApi(`http://127.0.0.1:${instance.port}`, instance.secretKey);
});

afterAll(async () => {
  await browser?.close();
  front?.stop();
  await app?.stop();
  await instance?.stop();
  await mail?.stop();
});

const places = [
  { kind: 'hosted', signInPage: undefined, greeting: hosted },
  {
    kind: 'embedded, path',
    signInPage: `${appUrl}/sign-in`,
    greeting: embedded,
  },
  {
    kind: 'embedded, hash',
    signInPage: `${appUrl}/sign-in-hash`,
    greeting: embedded,
  },
];

test.each(places)(
  'a link in a new browser asks for the code of a real mail, and for none again ($kind)',
  async ({ signInPage, greeting }) => {
    const email = newAddress('member');
    const { id } = await call<{ id: string }>('POST', '/users', { email_address: [email] });
    const token = { user_id: id, step_up: 'client_trust', sign_in_url: signInPage };
    const { page, complaints } = await newVisitor(browser, { ignoreHTTPSErrors: true });
    const first = await call<{ url: string }>('POST', '/sign_in_tokens', token);
    await page.goto(first.url);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Is it you?' }).waitFor();
    const code = await receiveCode(mail, email);
    expect(mail.mailsTo(email).map(({ from }) => from)).toEqual(['tickets@example.test']);
    // Neither the ticket nor its link is in the mail.
    expect(mail.mailsTo(email)[0]?.source).not.toContain('__clerk_ticket');
    await page.getByLabel('Code').fill(code);
    await page.getByText(greeting).waitFor();

    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByText(/Nobody is signed in\.|You are not signed in/).waitFor();
    const second = await call<{ url: string }>('POST', '/sign_in_tokens', token);
    await page.goto(second.url);
    await page.getByText(greeting).waitFor();
    expect(mail.mailsTo(email)).toHaveLength(1);
    expect(complaints).toEqual([]);
  },
);

test('an invitation by real mail makes an account', async () => {
  const email = newAddress('guest');
  await call('POST', '/invitations', {
    email_address: email,
    redirect_url: `${appUrl}/sign-up`,
  });
  const { page, complaints } = await newVisitor(browser, { ignoreHTTPSErrors: true });
  await page.goto(await receiveLink(mail, email));
  await page.getByRole('heading', { name: 'Accept your invitation' }).waitFor();
  expect(await page.getByLabel('E-mail address').inputValue()).toBe(email);
  await page.getByLabel('Password', { exact: true }).fill('a row of eleven seats');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText('Held at the will-call window').waitFor();
  expect(complaints).toEqual([]);
});
