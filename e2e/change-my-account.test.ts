import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from './server.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor, type Visitor } from './visitor.ts';

const password = 'a row of eleven seats';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage?.close());

/** The pages, and what whoever is signed out comes to there. */
const places = [
  {
    kind: 'hosted',
    account: () => `${stage.server.url}/user`,
    signedOut: (page: Page) => page.getByLabel('E-mail address'),
  },
  {
    kind: 'embedded',
    account: () => `${stage.app.url}/account`,
    signedOut: (page: Page) => page.getByText(signedOutNote),
  },
];

const signedOutNote = 'You are signed out. Sign in to see your account.';

async function openAccount(person: Person, account: string): Promise<Visitor> {
  const visitor = await newVisitor(stage.browser);
  const { url } = await stage.server.api.signInTokens.createSignInToken({
    userId: person.user.id,
    redirectUrl: account,
  });
  await visitor.page.goto(url);
  await visitor.page.getByRole('heading', { name: 'Your account' }).waitFor();
  return visitor;
}

function section(page: Page, name: string) {
  return page.getByRole('region', { name });
}

test.each(places)('a new name is kept and shown everywhere ($kind)', async ({ account }) => {
  const person = await stage.server.addUser({ firstName: 'Ada', lastName: 'Byron' });
  const { page, complaints } = await openAccount(person, account());
  await page.getByRole('button', { name: 'Edit your name' }).click();
  await page.getByLabel('Last name').fill('Lovelace');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Your name is saved.').waitFor();
  await page.getByRole('button', { name: 'Account of Ada Lovelace' }).waitFor();
  await page.reload();
  await section(page, 'Name').getByText('Ada Lovelace').waitFor();
  const user = await stage.server.api.users.getUser(person.user.id);
  expect(user.lastName).toBe('Lovelace');
  expect(complaints).toEqual([]);
});

test.each(places)(
  'a new password needs the old one, and ends the other sessions ($kind)',
  async ({ account, signedOut }) => {
    const person = await stage.server.addUser({ password });
    const other = await openAccount(person, account());
    const { page, complaints } = await openAccount(person, account());
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByLabel('Current password').fill('not this one');
    await page.getByLabel('New password').fill('a box of seven chairs');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').filter({ hasText: 'That password is wrong.' }).waitFor();

    await page.getByLabel('Current password').fill(password);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your password is changed.').waitFor();
    await stage.server.api.users.verifyPassword({
      userId: person.user.id,
      password: 'a box of seven chairs',
    });

    await other.page.reload();
    await signedOut(other.page).waitFor();
    expect(complaints).toEqual([]);
  },
);

test.each(places)(
  'a session elsewhere is signed out from here ($kind)',
  async ({ account, signedOut }) => {
    const person = await stage.server.addUser();
    const other = await openAccount(person, account());
    const { page, complaints } = await openAccount(person, account());
    const sessions = section(page, 'Where you are signed in');
    await expect.poll(() => sessions.getByRole('listitem').count()).toBe(2);
    await sessions.getByText('This device').waitFor();
    await sessions.getByRole('button', { name: /^Sign out/ }).click();
    await page.getByText('That device is signed out.').waitFor();
    expect(await sessions.getByRole('listitem').count()).toBe(1);

    await other.page.reload();
    await signedOut(other.page).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    expect(complaints).toEqual([]);
  },
);

test('whoever is signed out is led from the hosted account to the form, and past no other card', async () => {
  const { page } = await newVisitor(stage.browser);
  await page.addInitScript((note) => {
    const look = () => {
      if (document.body?.textContent?.includes(note)) sessionStorage.setItem('seen', note);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true });
  }, signedOutNote);
  // A slow network: what is drawn meanwhile is seen.
  await page.route(/sign-in/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await page.goto(`${stage.server.url}/user`, { waitUntil: 'commit' });
  await page.getByLabel('E-mail address').waitFor();
  expect(await page.evaluate(() => sessionStorage.getItem('seen'))).toBe(null);
});
