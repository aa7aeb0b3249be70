import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from './server.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

const password = 'a row of eleven seats';

let stage: Stage;
let person: Person;

beforeAll(async () => {
  stage = await setStage();
  person = await stage.server.addUser({ password });
});

afterAll(() => stage?.close());

const refusals = {
  used: { spoil: use, message: 'This link has been used already' },
  expired: { spoil: letExpire, message: 'This link has expired' },
  revoked: { spoil: revoke, message: 'This link was withdrawn' },
  garbage: { spoil: async () => 'no-ticket-at-all', message: 'This link is not valid' },
  'cut off': { spoil: cutOff, message: 'This link is not valid' },
};

const pages = {
  hosted: { at: () => `${stage.server.url}/sign-in`, home: () => `${stage.server.url}/` },
  embedded: { at: () => `${stage.app.url}/sign-in`, home: () => `${stage.app.url}/protected` },
  'embedded hash': {
    at: () => `${stage.app.url}/sign-in-hash`,
    home: () => `${stage.app.url}/protected`,
  },
};

const cases = Object.entries(refusals).flatMap(([kind, refusal]) =>
  Object.entries(pages).map(([place, { at, home }]) => ({ kind, place, ...refusal, at, home })),
);

test.each(cases)(
  'a link with a ticket that is $kind says so on the $place page, whose form works',
  async ({ spoil, message, at, home }) => {
    const ticket = await spoil();
    const { page, complaints } = await newVisitor(stage.browser);
    await page.goto(`${at()}?__clerk_ticket=${ticket}`);
    await page.getByRole('alert').filter({ hasText: message }).waitFor();
    expect(page.url()).toBe(at());

    await signInByPassword(page);
    await page.waitForURL(home());
    expect(complaints).toEqual([]);
  },
);

test('the messages differ, but for what is not a ticket', () => {
  const messages = Object.values(refusals).map(({ message }) => message);
  expect(new Set(messages).size).toBe(4);
});

test('a page that is reloaded after a refusal shows the plain form', async () => {
  const { page } = await newVisitor(stage.browser);
  await page.goto(`${stage.app.url}/sign-in?__clerk_ticket=no-ticket-at-all`);
  await page.getByRole('alert').filter({ hasText: 'This link is not valid' }).waitFor();
  await page.reload();
  await page.getByLabel('E-mail address').waitFor();
  expect(await page.getByText('This link is not valid').count()).toBe(0);
});

async function signInByPassword(page: Page): Promise<void> {
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function issue(expiresInSeconds = 600) {
  return stage.server.api.signInTokens.createSignInToken({
    userId: person.user.id,
    expiresInSeconds,
  });
}

/** Somebody else was faster. */
async function use(): Promise<string> {
  const { token, url } = await issue();
  const { page, context } = await newVisitor(stage.browser);
  await page.goto(url);
  await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
  await context.close();
  return token;
}

async function letExpire(): Promise<string> {
  const { id, token } = await issue(1);
  await expect.poll(async () => (await stage.server.api.signInTokens.get(id)).isExpired).toBe(true);
  return token;
}

async function revoke(): Promise<string> {
  const { id, token } = await issue();
  await stage.server.api.signInTokens.revoke(id);
  return token;
}

async function cutOff(): Promise<string> {
  return (await issue()).token.slice(0, -4);
}
