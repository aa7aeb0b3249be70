import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openStage, type Stage, type Visitor } from './stage.ts';

const emailAddress = 'visitor+clerk_test@example.com';
const password = 'a row of eleven seats';

let stage: Stage;
let userId: string;

beforeAll(async () => {
  stage = await openStage();
  const user = await stage.clerk.users.createUser({ emailAddress: [emailAddress], password });
  userId = user.id;
}, 120_000);

afterAll(() => stage?.stop());

let visitor: Visitor;
let page: Page;

beforeEach(async () => {
  visitor = await stage.visit();
  ({ page } = visitor);
});

afterEach(() => visitor.leave());

const embeddings: [name: string, path: string][] = [
  ['under path routing', '/sign-in'],
  ['under hash routing', '/hash'],
];

test.each(embeddings)(
  'a ticket in the address signs in %s',
  { timeout: 60_000 },
  async (_, path) => {
    await page.goto(`${stage.app.url}${path}?__clerk_ticket=${await issueTicket()}&seat=4`);
    await isSignedIn();
    expect(page.url()).not.toContain('__clerk_ticket');
    await page.reload();
    await isSignedIn();

    await page.getByRole('button', { name: 'Sign out' }).click();
    await isSignedOut();
    await page.goto(`${stage.app.url}/`);
    await isSignedOut();
  },
);

test('a ticket in the address is redeemed from code', { timeout: 60_000 }, async () => {
  await page.goto(`${stage.app.url}/from-code?__clerk_ticket=${await issueTicket()}`);
  await page.getByRole('button', { name: 'Redeem' }).click();
  await isSignedIn();
  expect(page.url()).toBe(`${stage.app.url}/`);
});

test('a used ticket says so, in the component and to code', { timeout: 60_000 }, async () => {
  const ticket = await issueTicket();
  await page.goto(`${stage.app.url}/sign-in?__clerk_ticket=${ticket}`);
  await isSignedIn();
  await visitor.context.clearCookies();
  await page.evaluate(() => localStorage.clear());

  const refusal = page.waitForResponse((answer) => answer.url().includes('/client/sign_ins'));
  await page.goto(`${stage.app.url}/sign-in?__clerk_ticket=${ticket}`);
  const { errors } = (await (await refusal).json()) as { errors: ErrorJSON[] };
  expect(errors[0]?.code).toBe('sign_in_token_already_used_code');
  await page.getByText(errors[0]?.long_message ?? 'no message').waitFor();

  await page.goto(`${stage.app.url}/from-code?__clerk_ticket=${ticket}`);
  await page.getByRole('button', { name: 'Redeem' }).click();
  await page.getByText('Refused: sign_in_token_already_used_code').waitFor();
});

test('e-mail and password sign in', { timeout: 60_000 }, async () => {
  await page.goto(`${stage.app.url}/sign-in`);
  await enterAddress();
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await proceed();
  await isSignedIn();
});

test('a code by e-mail signs in', { timeout: 60_000 }, async () => {
  await page.goto(`${stage.app.url}/sign-in`);
  await enterAddress();
  await page.getByText('Use another method').click();
  await page.getByText(/^Email code to/).click();
  await page.getByRole('textbox', { name: 'Enter verification code' }).pressSequentially('424242');
  await isSignedIn();
});

interface ErrorJSON {
  code: string;
  long_message: string;
}

async function issueTicket(): Promise<string> {
  const issued = await stage.clerk.signInTokens.createSignInToken({
    userId,
    expiresInSeconds: 600,
  });
  return issued.token;
}

async function enterAddress(): Promise<void> {
  await page.getByRole('textbox', { name: 'Email address' }).fill(emailAddress);
  await proceed();
}

async function proceed(): Promise<void> {
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
}

async function isSignedIn(): Promise<void> {
  await page.getByText(`Signed in as ${emailAddress}`).waitFor({ timeout: 20_000 });
}

async function isSignedOut(): Promise<void> {
  await page.getByText('Signed out', { exact: true }).waitFor({ timeout: 20_000 });
}
