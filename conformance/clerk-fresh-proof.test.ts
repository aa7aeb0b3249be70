import { TOTP } from 'otpauth';
import { beforeAll, expect, test } from 'vitest';
import { newAddress } from '../tooling/new-address.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  return () => stage.stop();
}, 120_000);

test('useReverification asks for the app, and repeats what was refused', async () => {
  const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  const emailAddress = newAddress('again');
  const user = await stage.clerk.users.createUser({ emailAddress: [emailAddress], totpSecret });
  const visitor = await stage.visit();
  const { page } = visitor;
  const link = `${stage.app.url}/sign-in?__clerk_ticket=${await issueTicket(user.id)}`;
  await page.goto(link);
  await page.getByText(`Signed in as ${emailAddress}`).waitFor({ timeout: 20_000 });
  await page.goto(`${stage.app.url}/backup-codes`);
  await page.getByRole('button', { name: 'Make codes' }).click();
  await page.getByRole('heading', { name: 'Verification required' }).waitFor();
  const code = new TOTP({ secret: totpSecret }).generate();
  await page.getByRole('textbox', { name: 'Enter verification code' }).pressSequentially(code);
  await page.getByText('10 codes').waitFor();
  expect(await page.getByRole('heading', { name: 'Verification required' }).count()).toBe(0);
  await visitor.leave();
});

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
