import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startServer } from './server.ts';
import { type HostedStage, setHostedStage } from './stage.ts';
import { watchTicket } from './ticket-watch.ts';
import { newVisitor } from './visitor.ts';

let stage: HostedStage;

beforeAll(async () => {
  stage = await setHostedStage();
});

afterAll(() => stage?.close());

test('the link of the first start signs in, stays so after a reload, and the button signs out', async () => {
  // That link is good once, and told of once.
  const first = await startServer();
  onTestFinished(first.stop);
  const { page, complaints } = await newVisitor(stage.browser);
  await page.goto(first.signInLink);
  await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
  expect(page.url()).toBe(`${first.url}/`);

  await page.reload();
  await page.getByRole('heading', { name: 'You are signed in' }).waitFor();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
  expect(complaints).toEqual([]);
});

test('home says who is signed in', async () => {
  const { user, email } = await stage.server.addUser({ firstName: 'Grace', lastName: 'Hopper' });
  const { url } = await stage.server.api.signInTokens.createSignInToken({ userId: user.id });
  const { page, complaints } = await newVisitor(stage.browser);
  await page.goto(url);
  await page.getByText(`As Grace Hopper, ${email}`).waitFor();
  await page.getByRole('button', { name: 'Account of Grace Hopper' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
  expect(complaints).toEqual([]);
});

test('the ticket leaves address bar and history, and goes nowhere but into the body of its redemption', async () => {
  const { user } = await stage.server.addUser();
  const { url, token } = await stage.server.api.signInTokens.createSignInToken({ userId: user.id });
  const { page } = await newVisitor(stage.browser);
  const watch = await watchTicket(page, token);
  const redeemed = page.waitForRequest((request) => request.postData()?.includes(token) ?? false);
  await page.goto(url);
  expect(new URL((await redeemed).url()).pathname).toBe('/v1/client/sign_ins');
  await page.getByRole('heading', { name: 'You are signed in' }).waitFor();

  expect((await watch.leaks()).filter((leak) => !leak.startsWith('referer of'))).toEqual([]);
  expect(watch.looked()).toBeGreaterThan(3);
  expect(await watch.history()).toEqual(['about:blank', `${stage.server.url}/`]);
});

test('what the page loads comes from its own server, which alone may see where it was', async () => {
  const { user } = await stage.server.addUser();
  const { url } = await stage.server.api.signInTokens.createSignInToken({ userId: user.id });
  const { page } = await newVisitor(stage.browser);
  const origins = new Set<string>();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  const answer = await page.goto(url);
  await page.getByRole('heading', { name: 'You are signed in' }).waitFor();

  expect([...origins]).toEqual([stage.server.url]);
  expect(answer?.headers()).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-robots-tag': 'noindex, noarchive',
    'x-content-type-options': 'nosniff',
  });
});

test('a link says where its person lands', async () => {
  const { user } = await stage.server.addUser();
  const redirectUrl = `${stage.server.url}/user`;
  const { url } = await stage.server.api.signInTokens.createSignInToken({
    userId: user.id,
    redirectUrl,
  });
  const { page } = await newVisitor(stage.browser);
  await page.goto(url);
  await page.waitForURL(redirectUrl);
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
});
