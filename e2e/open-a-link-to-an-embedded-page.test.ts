import { afterAll, beforeAll, expect, test } from 'vitest';
import { setStage, type Stage } from './stage.ts';
import { watchTicket } from './ticket-watch.ts';
import { newVisitor } from './visitor.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage?.close());

test('the link that a backend sends leads to the page, and on to where it says', async () => {
  const { user } = await stage.server.addUser({ firstName: 'Grace', lastName: 'Hopper' });
  const { url } = await stage.server.api.signInTokens.createSignInToken({
    userId: user.id,
    signInUrl: `${stage.app.url}/sign-in?from=mail`,
    redirectUrl: `${stage.app.url}/account`,
  });
  const { page, complaints } = await newVisitor(stage.browser);
  await page.goto(url);
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  await page.getByText('Grace Hopper').first().waitFor();
  expect(page.url()).toBe(`${stage.app.url}/account`);
  expect(complaints).toEqual([]);
});

test.each([
  ['the query, path routing', '/sign-in?__clerk_ticket='],
  ['the query beside a status, path routing', '/sign-in?__clerk_status=sign_in&__clerk_ticket='],
  ['the hash, path routing', '/sign-in#/?__clerk_ticket='],
  ['a bare hash, path routing', '/sign-in#?__clerk_ticket='],
  ['the query, hash routing', '/sign-in-hash?__clerk_ticket='],
  ['a bare hash, hash routing', '/sign-in-hash#?__clerk_ticket='],
  ['the root of the hash, hash routing', '/sign-in-hash#/?__clerk_ticket='],
  ['a step in the hash, hash routing', '/sign-in-hash#/factor-one?__clerk_ticket='],
])('a ticket in %s signs in, is gone at once, and the button signs out', async (_place, path) => {
  const { user } = await stage.server.addUser({ firstName: 'Grace', lastName: 'Hopper' });
  const { token } = await stage.server.api.signInTokens.createSignInToken({ userId: user.id });
  const { page, complaints } = await newVisitor(stage.browser);
  const watch = await watchTicket(page, token);

  await page.goto(`${stage.app.url}${path}${token}`);
  await page.getByText('Held at the will-call window for Grace Hopper').waitFor();
  expect(await watch.leaks()).toEqual([]);
  expect(watch.looked()).toBeGreaterThan(3);
  expect(await watch.history()).toEqual(['about:blank', `${stage.app.url}/protected`]);

  await page.reload();
  await page.getByText('Held at the will-call window for Grace Hopper').waitFor();
  await page.getByRole('button', { name: 'Account of Grace Hopper' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByText('Nobody is signed in.').waitFor();
  await page.reload();
  await page.getByText('Nobody is signed in.').waitFor();
  expect(complaints).toEqual([]);
});

test('whoever wanted to see a page signs in and comes back to it', async () => {
  const { email } = await stage.server.addUser({
    firstName: 'Grace',
    password: 'a row of eleven seats',
  });
  const { page } = await newVisitor(stage.browser);
  await page.goto(`${stage.app.url}/protected`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Password', { exact: true }).fill('a row of eleven seats');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(`${stage.app.url}/protected`);
  await page.getByText('Held at the will-call window for Grace').waitFor();
});

test('the form and the button are there as soon as they have arrived: no timer must run', async () => {
  const { user } = await stage.server.addUser({ firstName: 'Grace' });
  const { token } = await stage.server.api.signInTokens.createSignInToken({ userId: user.id });
  const { page, complaints } = await newVisitor(stage.browser);
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1000);
  await page.goto(`${stage.app.url}/sign-in`);
  await page.getByLabel('E-mail address').waitFor();
  await page.goto(`${stage.app.url}/sign-in?__clerk_ticket=${token}`);
  await page.getByRole('button', { name: 'Account of Grace' }).waitFor();
  expect(complaints).toEqual([]);
});
