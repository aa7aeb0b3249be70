import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../tooling/chromium.ts';
import { expectAccessible, expectFocus } from './accessibility.ts';
import { addCarefulUser, wrongCodeOf } from './authenticator.ts';
import { type LastingServer, startLastingServer } from './lasting-server.ts';
import type { Person } from './server.ts';
import { newVisitor, type Visitor } from './visitor.ts';

const password = 'a row of eleven seats';

let namesakes = 0;

let lasting: LastingServer;
let browser: Browser;

beforeAll(async () => {
  lasting = await startLastingServer();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await lasting?.stop();
});

/** Signs this person in by a link that asks for nothing else, and opens the account. */
async function openAccount({ user }: Person): Promise<Visitor> {
  const { url, api } = lasting.current();
  const visitor = await newVisitor(browser);
  const issued = { userId: user.id, redirectUrl: `${url}/user`, stepUp: 'none' } as const;
  const token = await api.signInTokens.createSignInToken(issued);
  await visitor.page.goto(token.url);
  await visitor.page.getByRole('heading', { name: 'Your account' }).waitFor();
  return visitor;
}

test('who has an app proves it by the app, and what was pressed goes on by itself', async () => {
  const person = await addCarefulUser(lasting.current());
  const { page, complaints } = await openAccount(person);
  const press = () => page.getByRole('button', { name: 'Make new codes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Prove that it is you' });
  await press();
  await dialog.getByLabel('Code of six digits').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  // Whoever does not want to is told of no error.
  expect(await page.getByRole('alert').allTextContents()).not.toContainEqual(
    expect.stringMatching(/./),
  );

  await press();
  // The focus is there by itself, and goes along.
  await expectFocus(dialog.getByLabel('Code of six digits'));
  await page.keyboard.type(wrongCodeOf(person));
  await dialog.getByRole('alert').filter({ hasText: 'That code is wrong.' }).waitFor();
  await dialog.getByRole('button', { name: 'Use a backup code' }).click();
  await expectFocus(dialog.getByLabel('Backup code'));
  await page.keyboard.type(person.backupCodes[0] ?? '');
  await page.keyboard.press('Enter');
  const codes = page.getByRole('list', { name: 'Backup codes' }).getByRole('listitem');
  await expect.poll(() => codes.count()).toBe(10);
  await page.getByRole('button', { name: 'I have kept them' }).click();

  // For ten minutes nothing more is asked.
  await page.getByRole('button', { name: 'Remove the authenticator app' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('The authenticator app is removed.').waitFor();
  expect(complaints).toEqual([]);
});

test('who has none proves it by password or by mail, when the sign-in is old', async () => {
  const person = await lasting.current().addUser({ password });
  const { page } = await openAccount(person);
  await lasting.kill();
  await lasting.revive(1);
  await page.reload();
  const enrol = page.getByRole('button', { name: 'Set up an authenticator app' });
  const dialog = page.getByRole('dialog', { name: 'Prove that it is you' });
  await enrol.click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await enrol.click();
  await dialog.getByLabel('Password', { exact: true }).fill('not this one');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByRole('alert').filter({ hasText: 'That password is wrong.' }).waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: /^Send a code to/ }).click();
  await dialog.getByLabel('Code of six digits').fill('424242');
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
  expect(await dialog.count()).toBe(0);
});

test('who can prove it here in no way is told to sign in again', async () => {
  const { api } = lasting.current();
  namesakes += 1;
  const user = await api.users.createUser({ username: `only.by.link${namesakes}` });
  const { page } = await openAccount({ user, email: '' });
  await lasting.kill();
  await lasting.revive(1);
  await page.reload();
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  const dialog = page.getByRole('dialog', { name: 'Prove that it is you' });
  await dialog.getByText('Nothing else here proves that it is you.').waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
  expect(page.url()).toBe(`${lasting.current().url}/`);
});
