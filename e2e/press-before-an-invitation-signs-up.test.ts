import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { greeting, invitationPages, invite } from './invitations.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

let stage: Stage;

/** An invited address is all that an account needs here. */
beforeAll(async () => {
  stage = await setStage({ confirmation: 'auto', password: false, single_session: false });
});
afterAll(() => stage?.close());

const question = (page: Page) =>
  page.getByRole('heading', { name: /Create an account for .?g\*\*\*\w@e\*\*\*\.com/ });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

async function accountsOf(email: string): Promise<number> {
  return (await stage.server.api.users.getUserList({ emailAddress: email })).totalCount;
}

test.each(invitationPages)(
  'nothing is made before a press of mine: no script presses, and a reload asks again ($kind)',
  async ({ kind, link }) => {
    const { email, ticket } = await invite(stage.server);
    const { page, complaints } = await newVisitor(stage.browser);
    await page.goto(link(stage, ticket));
    await question(page).waitFor();
    if (kind !== 'hosted') {
      await button(page, 'Continue').evaluate((element: HTMLElement) => element.click());
      await page.keyboard.press('Enter');
    }
    await expectAccessible(page);
    expect(page.url()).not.toContain(ticket);
    await page.reload();
    await question(page).waitFor();
    expect(await accountsOf(email)).toBe(0);

    await button(page, 'Continue').focus();
    await page.keyboard.press('Enter');
    await page.getByText(greeting).waitFor();
    expect(await accountsOf(email)).toBe(1);
    expect(await page.evaluate(() => sessionStorage.getItem('willcall_asked'))).toBeNull();
    expect(complaints).toEqual([]);
  },
);

test('by the sign-in page that makes accounts as well, which is told that there is none', async () => {
  const { email, ticket } = await invite(stage.server);
  const { page, complaints } = await newVisitor(stage.browser);
  await page.goto(`${stage.app.url}/sign-in-hash#/?__clerk_ticket=${ticket}`);
  await question(page).waitFor();
  expect(await accountsOf(email)).toBe(0);
  await page.reload();
  await question(page).waitFor();
  await button(page, 'Continue').click();
  await page.getByText(greeting).waitFor();
  expect(await accountsOf(email)).toBe(1);
  expect(complaints).toEqual([]);
});

test('whoever it is not gets the form, and the link stays good for its person', async () => {
  const { email, ticket } = await invite(stage.server);
  const { page } = await newVisitor(stage.browser);
  await page.goto(`${stage.app.url}/sign-up?__clerk_ticket=${ticket}`);
  await question(page).waitFor();
  await button(page, 'That is not me').click();
  await page.getByLabel('E-mail address').waitFor();
  await page.reload();
  await page.getByLabel('E-mail address').waitFor();
  expect(await accountsOf(email)).toBe(0);
  await page.goto(`${stage.app.url}/sign-up?__clerk_ticket=${ticket}`);
  await button(page, 'Continue').click();
  await page.getByText(greeting).waitFor();
  expect(await accountsOf(email)).toBe(1);
});

test('without JavaScript the hosted page asks in German, and a press makes the account', async () => {
  const { email, url } = await invite(stage.server);
  const { page } = await newVisitor(stage.browser, { javaScriptEnabled: false, locale: 'de' });
  await page.goto(url);
  await page.getByRole('heading', { name: /Konto für .* anlegen\?/ }).waitFor();
  expect(await accountsOf(email)).toBe(0);
  await button(page, 'Weiter').click();
  await expect.poll(() => accountsOf(email)).toBe(1);
});

test('somebody who is signed in stays beside the new account, or is signed out', async () => {
  const { page, complaints } = await newVisitor(stage.browser);
  const { user } = await stage.server.addUser();
  const token = await stage.server.api.signInTokens.createSignInToken({
    userId: user.id,
    confirmation: 'none',
  });
  await page.goto(`${stage.app.url}/sign-in?__clerk_ticket=${token.token}`);
  await page.getByText(greeting).waitFor();
  for (const name of [/^Add .*g\*\*\*/, /^Sign out and go on as .*g\*\*\*/]) {
    const { email, ticket } = await invite(stage.server);
    await page.goto(`${stage.app.url}/sign-up?__clerk_ticket=${ticket}`);
    await question(page).waitFor();
    expect(await accountsOf(email)).toBe(0);
    await button(page, name).click();
    await page.getByText(greeting).waitFor();
    expect(await accountsOf(email)).toBe(1);
  }
  const sessions = await stage.server.api.sessions.getSessionList({ userId: user.id });
  expect(sessions.data.map(({ status }) => status)).toEqual(['replaced']);
  expect(complaints).toEqual([]);
});
