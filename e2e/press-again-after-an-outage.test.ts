import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newAddress } from '../tooling/new-address.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

// The whole network is gone: no call is answered, and no script comes that is not there yet.

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage?.close());

/** Presses a button without a network, after a while of reading, and again with one. */
async function pressTwice(page: Page, name: string): Promise<void> {
  const since = Date.now();
  await expect.poll(() => Date.now() - since, { interval: 100 }).toBeGreaterThan(1500);
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await page.getByRole('button', { name }).click();
  await page.getByRole('alert').filter({ hasText: 'There was no answer.' }).waitFor();
  await page.context().setOffline(false);
  await page.getByRole('button', { name }).click();
}

const places = ['server', 'app'] as const;

test.each(places)('a sign-up that got no answer is sent again by a press (%s)', async (place) => {
  const { page, complaints } = await newVisitor(stage.browser);
  await page.goto(`${stage[place].url}/sign-up`);
  await page.getByLabel('E-mail address').fill(newAddress('late'));
  await page.getByLabel('Password', { exact: true }).fill('a row of eleven seats');
  await pressTwice(page, 'Create account');
  await page.getByText('We sent a code').waitFor();
  expect(complaints).toEqual([]);
});

test('whoever signs out here can sign in again here, though the network was gone for a while', async () => {
  const password = 'a row of eleven seats';
  const { user, email } = await stage.server.addUser({ firstName: 'Ada', password });
  const { token } = await stage.server.api.signInTokens.createSignInToken({ userId: user.id });
  const { page, complaints } = await newVisitor(stage.browser);
  await page.goto(`${stage.app.url}/sign-in?__clerk_ticket=${token}&redirect_url=/`);
  await page.getByRole('button', { name: 'Account of Ada' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('E-mail address').fill(email);
  await pressTwice(page, 'Continue');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page
    .getByText('Held at the will-call window for Ada')
    .or(page.getByText('Welcome back, Ada.'))
    .waitFor();
  expect(complaints).toEqual([]);
});
