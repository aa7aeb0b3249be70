import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setStage, type Stage } from './stage.ts';

const serverCalls = /\/v1\//;
const newAddress = (name: string) => `${name}-${crypto.randomUUID()}@example.com`;

let stage: Stage;

beforeAll(async () => {
  stage = await setStage({ organizations: true, client_trust: true });
});

afterAll(() => stage?.close());

/** Opens a page of the app, without those calls and files that a pattern names. */
async function openWithout(
  lost: RegExp,
  place: string,
): Promise<{ page: Page; uncaught: string[] }> {
  const page = await stage.open('/nowhere');
  await page.clock.install();
  const uncaught: string[] = [];
  page.on('pageerror', (error) => uncaught.push(error.message));
  await page.route(lost, (route) => route.abort());
  await page.goto(stage.appUrl + place);
  return { page, uncaught };
}

/** Somebody new, signed in at the page of the account. */
async function openSignedIn(name: string): Promise<{ page: Page; userId: string }> {
  const { token, userId } = await stage.issueFor(newAddress(name));
  const page = await stage.open('/account');
  await signIn(page, token);
  return { page, userId };
}

async function signIn(page: Page, token: string): Promise<void> {
  await page.goto(`${stage.appUrl}/sign-in?__clerk_ticket=${token}`);
  await page.waitForURL(`${stage.appUrl}/account`);
  await page.getByRole('button', { name: /^Account of/ }).waitFor();
}

const noAnswer = (page: Page) =>
  page.getByRole('alert').filter({ hasText: 'There was no answer.' });
const missingPart = (page: Page) =>
  page.getByRole('button', { name: 'A part is missing. Load the page again' });

async function expectFocus(element: Locator): Promise<void> {
  await expect.poll(() => element.evaluate((node) => node === document.activeElement)).toBe(true);
}

/** From here on no timer of the page fires. */
async function stopClock(page: Page, ahead = 100): Promise<void> {
  try {
    await page.clock.pauseAt(Date.now() + ahead);
  } catch (error) {
    // A busy machine was there before the call.
    if (ahead > 10_000) throw error;
    await stopClock(page, ahead * 2);
  }
}

const goOnline = (page: Page) => page.evaluate(() => void dispatchEvent(new Event('online')));

test('a card redeems a ticket in hand, and offers to try again where nobody answers', async () => {
  const { token } = await stage.issueFor(newAddress('joan'));
  const { page } = await openWithout(/client\/sign_ins/, `/redeem#${token}`);
  await noAnswer(page).waitFor();
  const again = page.getByRole('button', { name: 'Try again' });
  await again.click();
  await expectFocus(again);
  await page.unrouteAll();
  await again.click();
  await page.waitForURL(`${stage.appUrl}/`);
  await page.getByRole('button', { name: /^Account of/ }).waitFor();
  await page.close();
});

test('a card that a ticket is refused on says why, or asks for a reload where its texts did not arrive', async () => {
  const { page } = await openWithout(/\/(read|late|rest|outage)-[^/]*\.js/, '/redeem#no-ticket');
  await missingPart(page).waitFor();
  await page.unrouteAll();
  await missingPart(page).click();
  await page.getByRole('heading', { name: 'Your link did not work' }).waitFor();
  expect(await page.getByRole('button').allInnerTexts()).toEqual(['Own']);
  await page.close();
});

test('a card whose destination is its own page says that the person is signed in', async () => {
  const { token } = await stage.issueFor(newAddress('mary'));
  const page = await stage.open('/nowhere');
  await page.goto(`${stage.appUrl}/redeem/here#${token}`);
  await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
  await page.close();
});

test('a card says so where an organization must be chosen first', async () => {
  const other = await setStage({ organizations: true, force_organization: true });
  try {
    const { token } = await other.issueFor(newAddress('rosa'));
    const page = await other.open('/nowhere');
    await page.goto(`${other.appUrl}/redeem#${token}`);
    await page
      .getByRole('alert')
      .filter({ hasText: 'Your link needs a further step (choose-organization)' })
      .waitFor();
  } finally {
    await other.close();
  }
});

test('a link waits for no answer that does not come, and is redeemed at the next try', async () => {
  const { token } = await stage.issueFor(newAddress('alan'));
  const { page } = await openWithout(serverCalls, `/sign-in?__clerk_ticket=${token}`);
  await noAnswer(page).waitFor();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.waitForURL(`${stage.appUrl}/account`);
  await page.getByRole('button', { name: /^Account of/ }).waitFor();
  await page.close();
});

test('a form that replaces a failure after a press gets the focus', async () => {
  const { page } = await openWithout(serverCalls, '/sign-in');
  await noAnswer(page).waitFor();
  await stopClock(page);
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expectFocus(page.getByLabel('E-mail address'));
  await page.close();
});

test('whoever signs in another way meanwhile keeps the form when the network is back', async () => {
  const { token, id } = await stage.issueFor(newAddress('kurt'));
  const { page } = await openWithout(/client\/sign_ins/, `/sign-in?__clerk_ticket=${token}`);
  await page.getByRole('button', { name: 'Sign in another way' }).click();
  const field = page.getByLabel('E-mail address');
  await field.fill('kurt@example.com');
  await page.unrouteAll();
  await goOnline(page);
  await page.waitForTimeout(500);
  expect(await field.inputValue()).toBe('kurt@example.com');
  expect(await stage.call(`/sign_in_tokens/${id}`)).toMatchObject({ status: 'pending' });
  await page.close();
});

test('the form gets the focus of the question that a press took away', async () => {
  const { userId } = await stage.issueFor(newAddress('hedy'));
  const fields = { user_id: userId, confirmation: 'always' };
  const { token } = await stage.call<{ token: string }>('/sign_in_tokens', fields);
  const page = await stage.open('/nowhere');
  await page.goto(`${stage.appUrl}/sign-in?__clerk_ticket=${token}`);
  await page.getByRole('button', { name: 'That is not me' }).click();
  await expectFocus(page.getByLabel('E-mail address'));
  await page.close();
});

test('an invitation whose way to the other page did not arrive asks for a reload', async () => {
  const { page, uncaught } = await openWithout(
    /\/late-[^/]*\.js/,
    '/apart?__clerk_ticket=any&__clerk_status=sign_up',
  );
  await missingPart(page).waitFor();
  expect(uncaught).toEqual([]);
  await page.unrouteAll();
  await page.goto(`${stage.appUrl}/apart?__clerk_ticket=any&__clerk_status=sign_up`);
  await page.waitForURL(/\/sign-up/);
  await page.getByRole('alert').waitFor();
  await page.close();
});

test('where nobody answers and the words for it did not arrive, the rest of the page stays', async () => {
  const { page, uncaught } = await openWithout(/\/v1\/|\/outage-[^/]*\.js/, '/beside');
  await missingPart(page).waitFor();
  await page.getByText('Of the app.').waitFor();
  expect(uncaught).toEqual([]);
  await page.close();
});

/** Opens a page that cannot ask who is signed in, then lets it. */
async function openUnasked(): Promise<Page> {
  const page = await stage.open('/nowhere');
  await page.clock.install();
  await page.route(serverCalls, (route) => route.abort());
  const failure = page.waitForEvent('console', (entry) => entry.text().includes('could not load'));
  await page.goto(`${stage.appUrl}/account`);
  await failure;
  await stopClock(page);
  await page.unrouteAll();
  return page;
}

test.each([
  ['when the network is back', goOnline],
  ['after a while', (page: Page) => page.clock.runFor(1000)],
])('a page that could not ask who is signed in asks again %s', async (_when, pass) => {
  const page = await openUnasked();
  const nobody = page.getByText('Nobody is in.');
  // What asks again may be on its way still.
  await expect.poll(() => pass(page).then(() => nobody.count())).toBe(1);
  await page.close();
});

test('organizations that could not be fetched are asked for again when the menu opens', async () => {
  const { page, userId } = await openSignedIn('emmy');
  await stage.call('/organizations', { name: 'Acme', created_by: userId });
  await page.route(/organization_memberships/, (route) => route.abort());
  await page.reload();
  const menu = page.getByRole('button', { name: /^Organization:/ });
  await menu.click();
  await noAnswer(page).waitFor();
  await page.unrouteAll();
  await page.keyboard.press('Escape');
  await menu.click();
  await page.getByRole('menuitemradio', { name: 'Acme' }).waitFor();
  expect(await noAnswer(page).count()).toBe(0);
  await page.close();
});

test('the secret of an authenticator app stays while the name changes', async () => {
  const { page } = await openSignedIn('lise');
  const made: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/v1/me/totp'))
      made.push(request.url());
  });
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  const key = page.locator('code');
  const secret = await key.textContent();
  await page.getByRole('button', { name: 'Edit your name' }).click();
  await page.getByLabel('First name').fill('Lise');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Your name is saved.').waitFor();
  await page.getByRole('button', { name: 'Account of Lise' }).waitFor();
  await page.waitForTimeout(500);
  expect(made.length).toBe(1);
  expect(await key.textContent()).toBe(secret);
  await page.close();
});

test('that no code could be sent is forgotten once one was', async () => {
  const { userId } = await stage.issueFor(newAddress('dorothy'));
  const fields = { user_id: userId, step_up: 'client_trust' };
  const { token } = await stage.call<{ token: string }>('/sign_in_tokens', fields);
  const { page } = await openWithout(/prepare_second_factor/, `/sign-in?__clerk_ticket=${token}`);
  await noAnswer(page).waitFor();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Send a new code' }).click();
  await page.getByText('A new code is on its way.').waitFor();
  expect(await noAnswer(page).count()).toBe(0);
  await page.close();
});

test('a dialog gives the focus back to the button that opened it', async () => {
  const { page } = await openSignedIn('sonja');
  const menu = page.getByRole('button', { name: /^Organization:/ });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Create an organization' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expectFocus(menu);
  await page.close();
});

test('at the end of an impersonation the session before stays, and a clock that is ahead ends none', async () => {
  const { page, userId } = await openSignedIn('susan');
  const { userId: subject } = await stage.issueFor(newAddress('ada'));
  const { token } = await stage.call<{ token: string }>('/actor_tokens', {
    user_id: subject,
    actor: { sub: userId },
  });
  await page.clock.install();
  await signIn(page, token);
  const bar = page.getByRole('region', { name: 'Impersonation' });
  await bar.waitFor();
  const live = () => stage.call<{ id: string }[]>(`/sessions?status=active&user_id=${subject}`);
  await page.clock.fastForward('31:00');
  await bar.getByText('The time is over.').waitFor();
  const [session, ...others] = await live();
  expect(others).toEqual([]);
  await bar.waitFor();

  await stage.call(`/sessions/${session?.id}/revoke`, {});
  await page.clock.fastForward('00:30');
  await page.getByRole('button', { name: /^Account of susan/ }).waitFor();
  expect(await bar.count()).toBe(0);
  await page.close();
});

test('to stop an impersonation that is over leaves the session before', async () => {
  const { page, userId } = await openSignedIn('peggy');
  const { userId: subject } = await stage.issueFor(newAddress('ada'));
  const { token } = await stage.call<{ token: string }>('/actor_tokens', {
    user_id: subject,
    actor: { sub: userId },
  });
  await signIn(page, token);
  const [session] = await stage.call<{ id: string }[]>(
    `/sessions?status=active&user_id=${subject}`,
  );
  await stage.call(`/sessions/${session?.id}/revoke`, {});
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: /^Account of peggy/ }).waitFor();
  await page.close();
});
