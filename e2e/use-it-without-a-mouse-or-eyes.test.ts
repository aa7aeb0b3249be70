import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, expectFocus } from './accessibility.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

const password = 'a row of eleven seats';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage?.close());

/** Presses Tab until the focus is on what has this name. */
async function tabTo(page: Page, role: 'button' | 'textbox' | 'link', name: string | RegExp) {
  const target = page.getByRole(role, { name });
  await target.first().waitFor();
  for (let presses = 0; presses < 20; presses += 1) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach the ${role} ${String(name)}.`);
}

test.each([
  ['hosted', () => `${stage.server.url}/sign-in`],
  ['embedded', () => `${stage.app.url}/sign-in`],
])('the keyboard alone signs in and out (%s)', async (_kind, signInPage) => {
  const { email } = await stage.server.addUser({
    firstName: 'Grace',
    lastName: 'Hopper',
    password,
  });
  const { page } = await newVisitor(stage.browser);
  await page.goto(signInPage());
  await tabTo(page, 'textbox', 'E-mail address');
  await page.keyboard.type(email);
  await page.keyboard.press('Enter');

  // The focus has gone along to the next field.
  await expectFocus(page.getByLabel('Password', { exact: true }));
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');

  await tabTo(page, 'button', /Account of Grace Hopper/);
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Manage account' }).waitFor();
  await page.keyboard.press('Escape');
  expect(await page.getByRole('menu').count()).toBe(0);
  await page.keyboard.press('ArrowUp');
  await expectFocus(page.getByRole('menuitem', { name: 'Sign out' }));
  await page.keyboard.press('Enter');
  await page.getByText(/Nobody is signed in|You are not signed in/).waitFor();
});

test('axe finds nothing serious on the hosted pages', async () => {
  const { user, email } = await stage.server.addUser({ firstName: 'Grace', password });
  const { page } = await newVisitor(stage.browser);
  const look = async (at: string, seen: string | RegExp) => {
    await page.goto(`${stage.server.url}${at}`);
    await page.getByText(seen).first().waitFor();
    await expectAccessible(page);
  };
  await look('/', 'You are not signed in');
  await look('/sign-up', 'Create account');
  await look('/mailbox', 'Mailbox');
  await look('/sign-in?__clerk_ticket=no-ticket', 'This link is not valid');

  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Password', { exact: true }).fill('something else');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').filter({ hasText: 'That password is wrong.' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Use another method' }).click();
  await page.getByRole('button', { name: /^Send a code to/ }).click();
  await page.getByLabel('Code').waitFor();
  await expectAccessible(page);

  const { token } = await stage.server.api.signInTokens.createSignInToken({ userId: user.id });
  await look(`/sign-in?__clerk_ticket=${token}`, 'You are signed in');
  await look('/user', 'Where you are signed in');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expectAccessible(page);
});

test('axe finds nothing serious in the example app', async () => {
  const { user } = await stage.server.addUser({ firstName: 'Grace' });
  const { page } = await newVisitor(stage.browser);
  const look = async (at: string, seen: string | RegExp) => {
    await page.goto(`${stage.app.url}${at}`);
    await page.getByText(seen).first().waitFor();
    await expectAccessible(page);
  };
  await look('/', 'Nobody is signed in.');
  await look('/sign-in', 'E-mail address');
  await look('/sign-up', 'Create account');
  await look('/from-code?ticket=no-ticket', /ticket/i);
  const { token } = await stage.server.api.signInTokens.createSignInToken({ userId: user.id });
  await look(`/sign-in?__clerk_ticket=${token}`, 'Row K, seat 11');
  await page.getByRole('button', { name: 'Account of Grace' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
  await expectAccessible(page);
  await look('/account', 'Where you are signed in');
});
