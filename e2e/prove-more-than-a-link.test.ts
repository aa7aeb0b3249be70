import { afterAll, beforeAll, expect, test } from 'vitest';
import { newAddress } from '../tooling/new-address.ts';
import { expectAccessible } from './accessibility.ts';
import { readCode } from './mailbox.ts';
import { expectStep, placesFor, signOut } from './places.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

const password = 'a row of eleven seats';

const told = placesFor('password', 'mail');

let stage: Stage;

beforeAll(async () => {
  stage = await setStage({ first_factor_beside_tickets: true });
});

afterAll(() => stage?.close());

/** A link of somebody whose codes come by mail. */
async function issue() {
  const email = newAddress('reader');
  const { user } = await stage.server.addUser({ email, password });
  const token = await stage.server.api.signInTokens.createSignInToken({ userId: user.id });
  return { email, ...token };
}

async function statusOf(tokenId: string): Promise<string> {
  return (await stage.server.api.signInTokens.get(tokenId)).status;
}

test.each(told('password'))('the password is asked for beside the link ($kind)', async (place) => {
  const { id, token } = await issue();
  const { page, complaints } = await newVisitor(stage.browser);
  await page.goto(place.link(stage, token));
  await page.getByRole('heading', { name: 'Choose a method' }).waitFor();
  await expectStep(page, place, 'methods');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Use your password' }).click();
  await expectStep(page, place, 'password');
  await page.getByLabel('Password', { exact: true }).fill('something else');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').filter({ hasText: 'That password is wrong.' }).waitFor();
  expect(await statusOf(id)).toBe('pending');
  await page.reload();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText(place.greeting).waitFor();
  expect(await statusOf(id)).toBe('accepted');
  await signOut(page);
  expect(complaints).toEqual([]);
});

test.each(told('mail'))('a code by mail does as well ($kind)', async (place) => {
  const { id, token, email } = await issue();
  const { page, openTab, complaints } = await newVisitor(stage.browser);
  await page.goto(place.link(stage, token));
  await page.getByRole('button', { name: /^Send a code to/ }).click();
  await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor();
  await expectStep(page, place, 'code');
  await page.getByLabel('Code').fill(await readCode(await openTab(), stage.server.url, email));
  await page.getByText(place.greeting).waitFor();
  expect(await statusOf(id)).toBe('accepted');
  expect(complaints).toEqual([]);
});

test('a link that is withdrawn in the middle says so, and leaves a form', async () => {
  const { id, token } = await issue();
  const { page } = await newVisitor(stage.browser);
  await page.goto(`${stage.app.url}/sign-in?__clerk_ticket=${token}`);
  await page.getByRole('button', { name: 'Use your password' }).click();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await stage.server.api.signInTokens.revoke(id);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').filter({ hasText: 'This link was withdrawn' }).waitFor();
  await page.getByLabel('E-mail address').waitFor();
});
