import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { countRedemptions, holdBack } from './calls.ts';
import { developExample } from './example-app.ts';
import { places } from './places.ts';
import { setStage, type Stage } from './stage.ts';
import { watchTicket } from './ticket-watch.ts';
import { newVisitor } from './visitor.ts';

const seat = 'Held at the will-call window for Grace Hopper';
const embedded = places.filter(({ kind }) => kind.startsWith('embedded'));

let stage: Stage;

beforeAll(async () => {
  stage = await setStage({ confirmation: 'auto', single_session: false });
});
afterAll(() => stage?.close());

async function issue(fields: object = {}) {
  const { user, email } = await stage.server.addUser({ firstName: 'Grace', lastName: 'Hopper' });
  const { signInTokens } = stage.server.api;
  const { id, token } = await signInTokens.createSignInToken({ userId: user.id, ...fields });
  const ticket = token ?? '';
  return {
    ...{ id, ticket, user },
    masked: `${email[0]}***${email[email.indexOf('@') - 1]}@e***.com`,
    link: `${stage.app.url}/sign-in?__clerk_ticket=${ticket}`,
    status: async () => (await signInTokens.get(id)).status,
  };
}

const question = (page: Page, account: string) =>
  page.getByRole('heading', { name: new RegExp(`Sign in as .${account.replaceAll('*', '\\*')}`) });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

test.each(embedded)(
  'the page asks whether it is me; a script that presses changes nothing, and a key of mine does ($kind)',
  async (place) => {
    const { ticket, masked, status } = await issue();
    const { page, complaints } = await newVisitor(stage.browser);
    const watch = await watchTicket(page, ticket);
    const redemptions = countRedemptions(page);
    await page.goto(place.link(stage, ticket));
    await question(page, masked).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await button(page, 'Continue').evaluate((element: HTMLElement) => element.click());
    await button(page, 'Continue').evaluate((element) =>
      element.dispatchEvent(new MouseEvent('click', { bubbles: true })),
    );
    // Enter on the heading presses nothing: it may have been held down on the page before.
    await page.keyboard.press('Enter');
    expect([redemptions(), await status()]).toEqual([1, 'pending']);
    await expectAccessible(page);

    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText(seat).waitFor();
    expect([redemptions(), await status()]).toEqual([2, 'accepted']);
    expect(await watch.leaks()).toEqual([]);
    expect(await watch.history()).toEqual(['about:blank', `${stage.app.url}/protected`]);
    expect(await page.evaluate(() => sessionStorage.getItem('willcall_asked'))).toBeNull();
    expect(complaints).toEqual([]);
  },
);

test('whoever it is not gets the form, and the link stays good for its person', async () => {
  const { link, masked, status } = await issue({ confirmation: 'always' });
  const { page, complaints } = await newVisitor(stage.browser);
  await page.goto(link);
  await question(page, masked).waitFor();
  await button(page, 'That is not me').click();
  await page.getByLabel('E-mail address').waitFor();
  await page.reload();
  await page.getByLabel('E-mail address').waitFor();
  expect(await status()).toBe('pending');
  await page.goto(link);
  await question(page, masked).waitFor();
  await button(page, 'Continue').click();
  await page.getByText(seat).waitFor();
  expect(await status()).toBe('accepted');
  expect(complaints).toEqual([]);
});

test.each(embedded)(
  'a reload, another page and the back button keep the question, and the address stays clean ($kind)',
  async (place) => {
    const { ticket, masked, status } = await issue();
    const { page, complaints } = await newVisitor(stage.browser);
    await page.goto(place.link(stage, ticket));
    await question(page, masked).waitFor();
    await page.reload();
    await question(page, masked).waitFor();
    await page.getByRole('link', { name: 'Row K' }).click();
    await page.getByRole('heading', { name: 'The Tempest' }).waitFor();
    await page.goBack();
    await question(page, masked).waitFor();
    expect(page.url()).not.toContain(ticket);
    expect(await status()).toBe('pending');

    // The answer is slow, and the person loads the page again meanwhile.
    const release = await holdBack(page, 'sign_ins');
    await button(page, 'Continue').click();
    await page.getByRole('heading', { name: 'Checking your ticket' }).waitFor();
    await page.reload();
    release();
    await question(page, masked).waitFor();
    await button(page, 'Continue').click();
    await page.getByText(seat).waitFor();
    expect(await status()).toBe('accepted');
    expect(complaints).toEqual([]);
  },
);

test('a press whose answer does not come is repeated without another question', async () => {
  const { link, masked, status } = await issue();
  const { page } = await newVisitor(stage.browser);
  await page.goto(link);
  await question(page, masked).waitFor();
  await page.route('**/v1/client/sign_ins', (route) => route.abort('internetdisconnected'));
  await button(page, 'Continue').click();
  await button(page, 'Try again').waitFor();
  await page.unroute('**/v1/client/sign_ins');
  await button(page, 'Try again').click();
  await page.getByText(seat).waitFor();
  expect(await status()).toBe('accepted');
});

test('two tabs with the same link both ask, and are signed in by one session', async () => {
  const { link, masked, user } = await issue();
  const { page, openTab, complaints } = await newVisitor(stage.browser);
  const tabs = [page, await openTab()];
  await Promise.all(tabs.map((tab) => tab.goto(link)));
  await Promise.all(tabs.map((tab) => question(tab, masked).waitFor()));
  for (const tab of tabs) {
    await button(tab, 'Continue').click();
    await tab.getByText(seat).waitFor();
  }
  expect(await sessionsOf(user.id)).toEqual(['active']);
  expect(complaints).toEqual([]);
});

test('in StrictMode, where every effect runs twice, the page asks once and sends each answer once', async () => {
  const development = await developExample(stage.server.url);
  try {
    const { ticket, masked } = await issue();
    const { page, complaints } = await newVisitor(stage.browser);
    const redemptions = countRedemptions(page);
    await page.goto(`${development.url}/sign-in?__clerk_ticket=${ticket}`);
    await question(page, masked).waitFor();
    await button(page, 'Continue').dblclick();
    await page.getByText(seat).waitFor();
    expect(redemptions()).toBe(2);
    expect(complaints).toEqual([]);
  } finally {
    await development.stop();
  }
});

test('somebody else is signed in: stay spends nothing, add keeps both, switch ends the old session', async () => {
  const first = await issue();
  const second = await issue({ confirmation: 'none' });
  const third = await issue();
  const { page, complaints } = await newVisitor(stage.browser);
  await page.goto(first.link);
  await button(page, 'Continue').click();
  await page.getByText(seat).waitFor();

  await page.goto(second.link);
  await question(page, second.masked).waitFor();
  await expectAccessible(page);
  await button(page, /^Stay as/).click();
  await page.waitForURL(`${stage.app.url}/protected`);
  expect(await second.status()).toBe('pending');

  await page.goto(second.link);
  await button(page, /^Add/).click();
  await page.waitForURL(`${stage.app.url}/protected`);
  expect(await sessionsOf(first.user.id, second.user.id)).toEqual(['active', 'active']);

  await page.goto(third.link);
  await button(page, /^Sign out and go on as/).click();
  await page.waitForURL(`${stage.app.url}/protected`);
  await page.getByText(seat).waitFor();
  expect(await sessionsOf(first.user.id, second.user.id, third.user.id)).toEqual([
    'replaced',
    'replaced',
    'active',
  ]);
  expect(complaints).toEqual([]);
});

async function sessionsOf(...users: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(
    users.map((userId) => stage.server.api.sessions.getSessionList({ userId })),
  );
  return lists.flatMap(({ data }) => data.map(({ status }) => status));
}

test('from right to left, the hosted page and the component ask in Arabic, without a serious finding of axe', async () => {
  const [first, second] = [await issue(), await issue()];
  const hosted = (ticket: string) => `${stage.server.url}/sign-in?__clerk_ticket=${ticket}`;
  const phone = { width: 390, height: 844 };
  const visitor = { locale: 'ar-EG', viewport: phone };
  const { page, complaints } = await newVisitor(stage.browser, visitor);
  await page.goto(first.link);
  await button(page, 'هذا ليس حسابي').waitFor();
  await expectAccessible(page);

  await page.goto(hosted(first.ticket));
  expect(page.url()).toBe(`${stage.server.url}/sign-in/confirm`);
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
  await expectAccessible(page);
  await button(page, 'متابعة').click();
  await page.waitForURL(`${stage.server.url}/`);

  for (const link of [second.link, hosted(second.ticket)]) {
    await page.goto(link);
    await button(page, /^البقاء باسم/).waitFor();
    await expectAccessible(page);
    // Long addresses break instead of pushing the page to the side.
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(phone.width);
  }
  await stage.server.api.signInTokens.revoke(second.id);
  await button(page, /^تسجيل الخروج/).click();
  await page.getByRole('alert').waitFor();
  await expectAccessible(page);
  expect(complaints).toEqual([]);
});

test('without JavaScript the hosted page asks in German, and a press signs in', async () => {
  const { ticket, status } = await issue();
  const visitor = { locale: 'de-AT', javaScriptEnabled: false };
  const { page } = await newVisitor(stage.browser, visitor);
  await page.goto(`${stage.server.url}/sign-in?__clerk_ticket=${ticket}`);
  await page.getByRole('heading', { name: /^Als .* anmelden\?/ }).waitFor();
  await button(page, 'Weiter').click();
  await page.waitForURL(`${stage.server.url}/`);
  expect(await status()).toBe('accepted');
});
