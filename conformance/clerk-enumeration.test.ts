import { afterAll, beforeAll, expect, test } from 'vitest';
import { newAddress } from '../tooling/new-address.ts';
import { openStage, type Stage } from './stage.ts';

const password = 'a row of eleven seats';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ enumeration_protection: true });
}, 120_000);
afterAll(() => stage?.stop());

/** What the official `<SignIn/>` shows of an address: after it is given, and after a wrong password and code. */
async function lookAround(emailAddress: string): Promise<string[]> {
  const visitor = await stage.visit();
  const { page } = visitor;
  const seen: string[] = [];
  const look = async () => {
    const text = await page.locator('.cl-rootBox').innerText();
    seen.push(`${new URL(page.url()).pathname}: ${withoutAddress(text, emailAddress)}`);
  };
  await page.goto(`${stage.app.url}/sign-in`);
  await page.getByRole('textbox', { name: 'Email address' }).fill(emailAddress);
  await proceed();
  await page.getByRole('heading', { name: 'Enter your password' }).waitFor();
  await look();
  await page.getByRole('textbox', { name: 'Password' }).fill('something else');
  await proceed();
  await page.getByText('The password is not right', { exact: false }).first().waitFor();
  await look();
  await page.getByText('Use another method').click();
  await page.getByText('Email code to', { exact: false }).click();
  const field = page.getByRole('textbox', { name: 'Enter verification code' });
  await field.pressSequentially('000000');
  await page.getByText('The code is not right', { exact: false }).first().waitFor();
  await look();
  await visitor.leave();
  return seen;

  async function proceed(): Promise<void> {
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
  }
}

/** The address as it was given, or masked; and the countdown of another code. */
function withoutAddress(text: string, emailAddress: string): string {
  return text
    .replaceAll(emailAddress, 'ADDRESS')
    .replaceAll(/\S*\*+\S*/g, 'MASKED')
    .replaceAll(/\(\d+\)/g, '(SECONDS)');
}

test('the official component shows the same for an address with an account and for one without', async () => {
  const member = newAddress('member');
  await stage.clerk.users.createUser({ emailAddress: [member], password });
  const known = await lookAround(member);
  expect(known).toHaveLength(3);
  expect(await lookAround(newAddress('nobody'))).toEqual(known);
});
