import { loaded, setupTestingToken, signIn, signOut } from '@willcall/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage?.close());

test.each([
  ['the site of its server', () => stage.app.url],
  ['another site', () => stage.app.otherUrl],
])('one call signs the app in, on %s, and one signs it out', async (_place, url) => {
  const { email } = await stage.server.addUser({ firstName: 'Grace' });
  const { page, complaints } = await newVisitor(stage.browser);
  await page.goto(url());
  await signIn({
    page,
    emailAddress: email,
    apiUrl: stage.server.url,
    secretKey: stage.server.secretKey,
  });
  await page.getByText('Welcome back, Grace.').waitFor();
  await page.goto(`${url()}/protected`);
  await page.getByText('Held at the will-call window for Grace').waitFor();
  await signOut({ page });
  await page.goto(url());
  await page.getByText('Nobody is signed in.').waitFor();
  expect(complaints).toEqual([]);
});

test('on the sign-in page, which leaves as soon as somebody is signed in', async () => {
  const { email } = await stage.server.addUser({ firstName: 'Grace' });
  const { page } = await newVisitor(stage.browser);
  await page.goto(`${stage.app.url}/sign-in?redirect_url=/account`);
  await signIn({ page, emailAddress: email, apiUrl: stage.server.url });
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
});

test('as a person would, by password and by code', async () => {
  const { email } = await stage.server.addUser({ password: 'a row of eleven seats' });
  const { page, context } = await newVisitor(stage.browser);
  await setupTestingToken({ context, apiUrl: stage.server.url });
  await page.goto(stage.app.url);
  await signIn({
    page,
    signInParams: { strategy: 'password', identifier: email, password: 'a row of eleven seats' },
  });
  await signOut({ page });
  await signIn({ page, signInParams: { strategy: 'email_code', identifier: email } });
  await page.reload();
  await loaded({ page });
  await page.getByText('Welcome back, Ada.').waitFor();
});
