import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { addCarefulUser, type CarefulPerson, codeOf, wrongCodeOf } from './authenticator.ts';
import { expectStep, type Place, places, placesFor, signOut } from './places.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

const told = placesFor('app', 'backupCode', 'keyboard');

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage?.close());

async function issue({ user }: CarefulPerson) {
  return stage.server.api.signInTokens.createSignInToken({ userId: user.id });
}

/** Opens a link of this person, up to the question for the second factor. */
async function openLink(person: CarefulPerson, place: Place, before?: (page: Page) => unknown) {
  const { id, token } = await issue(person);
  const visitor = await newVisitor(stage.browser);
  await before?.(visitor.page);
  await visitor.page.goto(place.link(stage, token));
  await visitor.page.getByRole('heading', { name: 'One more step' }).waitFor();
  return { ...visitor, tokenId: id };
}

async function statusOf(tokenId: string): Promise<string> {
  return (await stage.server.api.signInTokens.get(tokenId)).status;
}

test.each(told('app'))(
  'a code of the app signs in where a wrong one does not ($kind)',
  async (place) => {
    const person = await addCarefulUser(stage.server);
    const { page, complaints, tokenId } = await openLink(person, place);
    await expectStep(page, place, 'second-factor');
    await expectAccessible(page);
    await page.getByLabel('Code').fill(wrongCodeOf(person));
    await page.getByRole('alert').filter({ hasText: 'That code is wrong.' }).waitFor();
    await expectAccessible(page);
    expect(await statusOf(tokenId)).toBe('pending');

    await page.getByLabel('Code').fill(person.code());
    await page.getByText(place.greeting).waitFor();
    expect(await statusOf(tokenId)).toBe('accepted');
    await signOut(page);
    expect(complaints).toEqual([]);
  },
);

test.each(told('backupCode'))('a backup code signs in instead, once ($kind)', async (place) => {
  const person = await addCarefulUser(stage.server);
  const [first = '', second = ''] = person.backupCodes;
  const { page, complaints } = await openLink(person, place);
  await page.getByRole('button', { name: 'Use a backup code' }).click();
  await expectStep(page, place, 'backup-code');
  await expectAccessible(page);
  // As people write what they read.
  await page.getByLabel('Backup code').fill(first.toUpperCase().replaceAll('-', ' '));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText(place.greeting).waitFor();
  await signOut(page);

  await page.goto(place.link(stage, (await issue(person)).token));
  await page.getByRole('button', { name: 'Use a backup code' }).click();
  await page.getByLabel('Backup code').fill(first);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').filter({ hasText: 'That code is wrong.' }).waitFor();
  await page.getByLabel('Backup code').fill(second);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText(place.greeting).waitFor();
  expect(complaints).toEqual([]);
});

test('a code of the app that was used is used up, in every browser', async () => {
  const [place] = places as [Place];
  const person = await addCarefulUser(stage.server);
  const code = person.code();
  const first = await openLink(person, place);
  await first.page.getByLabel('Code').fill(code);
  await first.page.getByText(place.greeting).waitFor();

  const { page } = await openLink(person, place);
  await page.getByLabel('Code').fill(code);
  await page.getByRole('alert').filter({ hasText: 'That code is wrong.' }).waitFor();
  await page.getByLabel('Code').fill(person.code(1));
  await page.getByText(place.greeting).waitFor();
});

test.each(told('keyboard'))('the keyboard alone is enough ($kind)', async (place) => {
  const person = await addCarefulUser(stage.server);
  const { page } = await openLink(person, place);
  // A page that was just opened does not move the focus.
  await tabTo(page, 'button', 'Use a backup code');
  await page.keyboard.press('Enter');
  await expect.poll(() => hasFocus(page, 'textbox', 'Backup code')).toBe(true);
  await tabTo(page, 'button', 'Use the authenticator app');
  await page.keyboard.press('Enter');
  await expect.poll(() => hasFocus(page, 'textbox', 'Code of six digits')).toBe(true);
  await page.keyboard.type(person.code());
  await page.getByText(place.greeting).waitFor();
});

test('whoever starts again at another account leaves the ticket as it is', async () => {
  const [place] = places as [Place];
  const person = await addCarefulUser(stage.server);
  const { page, tokenId } = await openLink(person, place);
  await page.getByRole('button', { name: 'Start again' }).click();
  await page.getByLabel('E-mail address').waitFor();
  await expectStep(page, place, '');
  expect(await statusOf(tokenId)).toBe('pending');
});

test.each([
  ['hosted', () => `${stage.server.url}/user`],
  ['embedded', () => `${stage.app.url}/account`],
])('an app is set up in the profile, and asked for from then on (%s)', async (_kind, account) => {
  const person = await stage.server.addUser({ firstName: 'Grace' });
  const { page, complaints } = await newVisitor(stage.browser);
  const { url } = await stage.server.api.signInTokens.createSignInToken({
    userId: person.user.id,
    redirectUrl: account(),
  });
  await page.goto(url);
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
  await expectAccessible(page);
  const uri = await page
    .getByRole('link', { name: 'Open the app on this device' })
    .getAttribute('href');
  const secret = new URL(uri ?? '').searchParams.get('secret') ?? '';
  await page.getByLabel('Code of six digits').fill(codeOf(secret));
  const codes = page.getByRole('list', { name: 'Backup codes' }).getByRole('listitem');
  await codes.first().waitFor();
  const [backupCode = ''] = await codes.allTextContents();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('You have backup codes.').waitFor();
  expect(await page.getByText(backupCode).count()).toBe(0);

  const [place] = places as [Place];
  const next = await newVisitor(stage.browser);
  const { token } = await stage.server.api.signInTokens.createSignInToken({
    userId: person.user.id,
  });
  await next.page.goto(place.link(stage, token));
  await next.page.getByLabel('Code').fill(codeOf(secret, 1));
  await next.page.getByText(place.greeting).waitFor();
  expect(complaints).toEqual([]);
});

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, role: 'button' | 'textbox', name: string): Promise<void> {
  for (let presses = 0; presses < 20; presses += 1) {
    if (await hasFocus(page, role, name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach the ${role} ${name}.`);
}

function hasFocus(page: Page, role: 'button' | 'textbox', name: string): Promise<boolean> {
  const target = page.getByRole(role, { name });
  return target.evaluate((element) => element === document.activeElement);
}
