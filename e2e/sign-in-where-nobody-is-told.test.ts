import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newAddress } from '../tooling/new-address.ts';
import { expectAccessible } from './accessibility.ts';
import { readCode } from './mailbox.ts';
import { embedded, hosted } from './places.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

const password = 'a row of eleven seats';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage({ enumeration_protection: true });
});
afterAll(() => stage?.close());

const places = [
  { kind: 'hosted', base: () => stage.server.url, greeting: hosted },
  { kind: 'embedded', base: () => stage.app.url, greeting: embedded },
];

async function createMember(): Promise<string> {
  const email = newAddress('member');
  await stage.server.api.users.createUser({ emailAddress: [email], firstName: 'Ada', password });
  return email;
}

async function goOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** All that somebody sees who tries a password and a code at an address. */
async function lookAround(base: string, email: string): Promise<string[]> {
  const { page } = await newVisitor(stage.browser);
  const seen: string[] = [];
  const look = async () => {
    const text = await page.getByRole('main').innerText();
    seen.push(`${new URL(page.url()).pathname}: ${text.replaceAll(email, 'ADDRESS')}`);
  };
  await page.goto(`${base}/sign-in`);
  await page.getByLabel('E-mail address').fill(email);
  await goOn(page);
  await page.getByLabel('Password', { exact: true }).fill('something else');
  await goOn(page);
  await page.getByRole('alert').filter({ hasText: 'That password is wrong.' }).waitFor();
  await look();
  await page.getByRole('button', { name: 'Use another method' }).click();
  await page.getByRole('button', { name: /^Send a code to/ }).click();
  await page.getByText('If there is an account with this address').waitFor();
  await page.getByLabel('Code').fill('000000');
  await page.getByRole('alert').filter({ hasText: 'That code is wrong.' }).waitFor();
  await look();
  return seen;
}

test.each(places)(
  'an address shows the same with an account and without ($kind)',
  async (place) => {
    const known = await lookAround(place.base(), await createMember());
    const unknown = await lookAround(place.base(), newAddress('nobody'));
    expect(known[0]).toContain('No account yet?');
    expect(unknown.map(withoutMasks)).toEqual(known.map(withoutMasks));
  },
);

/** A masked address shows its first letter. */
function withoutMasks(text: string): string {
  return text.replaceAll(/\S+\*+\S*/g, 'MASKED');
}

test.each(places)(
  'whoever has no account makes one from where the password is asked for ($kind)',
  async ({ base, greeting }) => {
    const email = newAddress('newcomer');
    const { page, openTab, complaints } = await newVisitor(stage.browser);
    await page.goto(`${base()}/sign-in`);
    await page.getByLabel('E-mail address').fill(email);
    await goOn(page);
    await page.getByLabel('Password', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Create one' }).click();
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('or, if there is an account with this address already').waitFor();
    await page.getByLabel('Code').fill(await readCode(await openTab(), stage.server.url, email));
    await page.getByText(greeting).waitFor();
    expect(complaints).toEqual([]);
  },
);

test.each(places)(
  'whoever signs up a second time is shown the way in by mail ($kind)',
  async ({ base, greeting }) => {
    const email = await createMember();
    const { page, openTab } = await newVisitor(stage.browser);
    await page.goto(`${base()}/sign-in`);
    await page.getByRole('link', { name: 'Create one' }).click();
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('another password');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('or, if there is an account with this address already').waitFor();
    await page.getByRole('button', { name: 'Send a new code' }).click();
    await page.getByText('If there is something to send, it is on its way.').waitFor();
    await expectAccessible(page);
    const mail = await openTab();
    await mail.goto(`${stage.server.url}/mailbox`);
    const list = mail.getByRole('navigation', { name: 'Mails' }).getByRole('button');
    await list.filter({ hasText: email }).first().click();
    const text = mail.getByRole('article').frameLocator('iframe');
    await text.getByText('There is one already.').waitFor();
    expect(await text.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe(
      `${stage.server.url}/sign-in`,
    );
    await page.goto(`${base()}/sign-in`);
    await page.getByLabel('E-mail address').fill(email);
    await goOn(page);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await goOn(page);
    await page.getByText(greeting).waitFor();
  },
);
