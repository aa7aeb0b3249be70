import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newAddress } from '../tooling/new-address.ts';
import { readCode } from './mailbox.ts';
import { embedded, hosted } from './places.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

const password = 'a row of eleven seats';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage?.close());

/** The same person on the hosted pages and in the app. */
const places = [
  { kind: 'hosted', base: () => stage.server.url, greeting: hosted },
  { kind: 'embedded', base: () => stage.app.url, greeting: embedded },
];

/** Somebody who is not a test address: their codes come by mail. */
async function newMailAddress(options: { signedUp: boolean }): Promise<string> {
  const email = newAddress('reader');
  if (options.signedUp) {
    await stage.server.api.users.createUser({ emailAddress: [email], firstName: 'Ada', password });
  }
  return email;
}

async function goOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function nameAccount(page: Page, base: string, email: string): Promise<void> {
  await page.goto(`${base}/sign-in`);
  await page.getByLabel('E-mail address').fill(email);
  await goOn(page);
}

test.each(places)(
  'a new account is made and proved by a code ($kind)',
  async ({ base, greeting }) => {
    const email = await newMailAddress({ signedUp: false });
    const { page, openTab, complaints } = await newVisitor(stage.browser);
    await page.goto(`${base()}/sign-in`);
    await page.getByRole('link', { name: 'Create one' }).click();
    await page.getByLabel('First name').fill('Ada');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();

    await page.getByRole('heading', { name: /^Confirm your/ }).waitFor();
    await page.getByLabel('Code').fill(await readCode(await openTab(), stage.server.url, email));
    await page.getByText(greeting).waitFor();
    const { data } = await stage.server.api.users.getUserList({ emailAddress: email });
    expect(data.map(({ firstName }) => firstName)).toEqual(['Ada']);
    expect(complaints).toEqual([]);
  },
);

test.each(places)(
  'a password signs in, a wrong one does not ($kind)',
  async ({ base, greeting }) => {
    const email = await newMailAddress({ signedUp: true });
    const { page, complaints } = await newVisitor(stage.browser);
    await nameAccount(page, base(), email);
    await page.getByLabel('Password', { exact: true }).fill('something else');
    await goOn(page);
    await page.getByRole('alert').filter({ hasText: 'That password is wrong.' }).waitFor();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await goOn(page);
    await page.getByText(greeting).waitFor();
    expect(complaints).toEqual([]);
  },
);

test.each(places)('a code from the inbox signs in ($kind)', async ({ base, greeting }) => {
  const email = await newMailAddress({ signedUp: true });
  const { page, openTab, complaints } = await newVisitor(stage.browser);
  await nameAccount(page, base(), email);
  await page.getByRole('button', { name: 'Use another method' }).click();
  await page.getByRole('button', { name: /^Send a code to/ }).click();
  await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor();
  await page.getByLabel('Code').fill('000000');
  await page.getByRole('alert').filter({ hasText: 'That code is wrong.' }).waitFor();
  await page.getByLabel('Code').fill(await readCode(await openTab(), stage.server.url, email));
  await page.getByText(greeting).waitFor();
  expect(complaints).toEqual([]);
});

test.each(places)('a forgotten password is replaced ($kind)', async ({ base, greeting }) => {
  const email = await newMailAddress({ signedUp: true });
  const { page, openTab, complaints } = await newVisitor(stage.browser);
  await nameAccount(page, base(), email);
  await page.getByRole('button', { name: 'Forgot your password?' }).click();
  await page.getByRole('heading', { name: 'A new password' }).waitFor();
  await page.getByLabel('Code').fill(await readCode(await openTab(), stage.server.url, email));
  await page.getByLabel('New password').fill('a box of seven chairs');
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
  await page.getByText(greeting).waitFor();
  expect(complaints).toEqual([]);

  const again = await newVisitor(stage.browser);
  await nameAccount(again.page, base(), email);
  await again.page.getByLabel('Password', { exact: true }).fill('a box of seven chairs');
  await goOn(again.page);
  await again.page.getByText(greeting).waitFor();
});

test('a reload in the middle of the form loses nothing that was proved', async () => {
  const email = await newMailAddress({ signedUp: true });
  const { page } = await newVisitor(stage.browser);
  await nameAccount(page, stage.app.url, email);
  await page.getByLabel('Password', { exact: true }).waitFor();
  expect(page.url()).toBe(`${stage.app.url}/sign-in/password`);
  await page.reload();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await goOn(page);
  await page.getByText('Held at the will-call window').waitFor();
});

test('whoever has no account is told so, and what to do', async () => {
  const { page } = await newVisitor(stage.browser);
  await nameAccount(page, stage.app.url, 'stranger@example.com');
  await page
    .getByRole('alert')
    .filter({ hasText: 'There is no account with this address.' })
    .waitFor();
});
