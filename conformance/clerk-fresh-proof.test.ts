import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { newAddress } from '../tooling/new-address.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  return () => stage.stop();
}, 120_000);

const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

test('useReverification asks for the app, and repeats what was refused', async () => {
  const { visitor, page } = await signIn('again');
  await page.goto(`${stage.app.url}/backup-codes`);
  await page.getByRole('button', { name: 'Make codes' }).click();
  await proveByApp(page);
  await page.getByText('10 codes').waitFor();
  expect(await page.getByRole('heading', { name: 'Verification required' }).count()).toBe(0);
  await visitor.leave();
});

test('useReverification asks for the app before the account is deleted, and deletes it', async () => {
  const { visitor, page, userId } = await signIn('gone');
  await page.goto(`${stage.app.url}/delete-account`);
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await page.getByRole('heading', { name: 'Verification required' }).waitFor();
  expect((await stage.clerk.users.getUser(userId)).id).toBe(userId);
  await proveByApp(page);
  await expect
    .poll(() => stage.clerk.users.getUser(userId).catch(({ status }: { status: number }) => status))
    .toBe(404);
  await visitor.leave();
});

/** Somebody with an app, who is signed in without having proved it. */
async function signIn(name: string) {
  const emailAddress = newAddress(name);
  const user = await stage.clerk.users.createUser({ emailAddress: [emailAddress], totpSecret });
  const visitor = await stage.visit();
  const { page } = visitor;
  await page.goto(`${stage.app.url}/sign-in?__clerk_ticket=${await issueTicket(user.id)}`);
  await page.getByText(`Signed in as ${emailAddress}`).waitFor({ timeout: 20_000 });
  return { visitor, page, userId: user.id };
}

async function proveByApp(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Verification required' }).waitFor();
  const code = new TOTP({ secret: totpSecret }).generate();
  await page.getByRole('textbox', { name: 'Enter verification code' }).pressSequentially(code);
}

/** A ticket that does not ask for the app, which the SDK has no field for. */
async function issueTicket(userId: string): Promise<string> {
  const { url, secretKey } = stage.server;
  const answer = await fetch(`${url}/v1/sign_in_tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ user_id: userId, step_up: 'none' }),
  });
  return ((await answer.json()) as { token: string }).token;
}
