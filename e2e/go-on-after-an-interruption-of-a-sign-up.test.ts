import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdBack } from './calls.ts';
import { developExample, serveExample, type ExampleApp } from './example-app.ts';
import {
  createButton,
  fillIn,
  greeting,
  invitationPages,
  invite,
  invitedHeading,
} from './invitations.ts';
import { type LastingServer, startLastingServer } from './lasting-server.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage?.close());

async function countUsers(emailAddress: string): Promise<number> {
  return (await stage.server.api.users.getUserList({ emailAddress })).totalCount;
}

/** The parts of the paths that a page posts to. */
function watchPosts(page: Page): string[] {
  const posts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(new URL(request.url()).pathname);
  });
  return posts;
}

test.each(invitationPages)(
  'a page that is left and come back to by the back button still knows the invitation ($kind)',
  async ({ link }) => {
    const { email, ticket } = await invite(stage.server);
    const { page, complaints } = await newVisitor(stage.browser);
    await page.goto(link(stage, ticket));
    await invitedHeading(page).waitFor();
    await page.goto(`${stage.app.url}/from-code`);
    await page.goBack();
    await invitedHeading(page).waitFor();
    expect(page.url()).not.toContain(ticket);
    await fillIn(page);
    await createButton(page).click();
    await page.getByText(greeting).waitFor();
    expect(await countUsers(email)).toBe(1);
    expect(complaints).toEqual([]);
  },
);

test.each(invitationPages)(
  'two tabs with an invitation make one account, and both are let in ($kind)',
  async ({ link }) => {
    const { email, ticket } = await invite(stage.server);
    const { page, openTab, complaints } = await newVisitor(stage.browser);
    const other = await openTab();
    for (const tab of [page, other]) {
      await tab.goto(link(stage, ticket));
      await invitedHeading(tab).waitFor();
      await fillIn(tab);
    }
    await createButton(page).click();
    await page.getByText(greeting).waitFor();
    await other.getByText(greeting).waitFor();
    expect(await countUsers(email)).toBe(1);
    expect(complaints).toEqual([]);
  },
);

test.each(invitationPages)(
  'on a slow network an invitation is accepted once, however often it is sent ($kind)',
  async ({ link }) => {
    const { email, ticket } = await invite(stage.server);
    const { page, complaints } = await newVisitor(stage.browser);
    await page.goto(link(stage, ticket));
    await invitedHeading(page).waitFor();
    await fillIn(page);
    const posts = watchPosts(page);
    const release = await holdBack(page, 'sign_ups');
    await createButton(page).click();
    await page.locator('form[aria-busy="true"]').waitFor();
    // The button says that it is disabled, and can be pressed all the same.
    await createButton(page).click({ force: true });
    await page.keyboard.press('Enter');
    release();
    await page.getByText(greeting).waitFor();
    expect(posts.filter((path) => path.includes('/sign_ups'))).toHaveLength(1);
    expect(await countUsers(email)).toBe(1);
    expect(complaints).toEqual([]);
  },
);

test.each(invitationPages)(
  'a server that is away, for the ticket or for the form, is asked again ($kind)',
  async ({ link }) => {
    const { email, ticket } = await invite(stage.server);
    const { page, complaints } = await newVisitor(stage.browser);
    const away = page.getByRole('alert').filter({ hasText: 'There was no answer.' });
    const calls = /\/v1\/client\/sign_ups/;
    await page.route(calls, (route) => route.abort('connectionrefused'));
    await page.goto(link(stage, ticket));
    await away.waitFor();
    await page.unroute(calls);
    await page.getByRole('button', { name: 'Try again' }).click();
    await invitedHeading(page).waitFor();

    await fillIn(page);
    await page.route(calls, (route) => route.abort('connectionrefused'));
    await createButton(page).click();
    await away.waitFor();
    expect(await countUsers(email)).toBe(0);
    await page.unroute(calls);
    await createButton(page).click();
    await page.getByText(greeting).waitFor();
    expect(await countUsers(email)).toBe(1);
    expect(complaints).toEqual([]);
  },
);

test('in StrictMode, where every effect runs twice, an invitation is sent once', async () => {
  const development = await developExample(stage.server.url);
  try {
    for (const { link } of invitationPages.slice(1)) {
      const { email, ticket } = await invite(stage.server);
      const { page, complaints } = await newVisitor(stage.browser);
      const posts = watchPosts(page);
      await page.goto(link({ ...stage, app: development }, ticket));
      await invitedHeading(page).waitFor();
      await fillIn(page);
      await createButton(page).click();
      await page.getByText(greeting).waitFor();
      expect(posts.filter((path) => path.endsWith('/sign_ups'))).toHaveLength(1);
      expect(posts.filter((path) => path.includes('/sign_ups/'))).toHaveLength(1);
      expect(await countUsers(email)).toBe(1);
      expect(complaints).toEqual([]);
    }
  } finally {
    await development.stop();
  }
});

test('an invitation that is opened days too late says so, and the form makes an account without it', async () => {
  const lasting: LastingServer = await startLastingServer();
  let app: ExampleApp | undefined;
  try {
    app = await serveExample(lasting.current().url);
    const invitations = await Promise.all(
      invitationPages.map(async ({ link }) => ({ link, ...(await invite(lasting.current())) })),
    );
    await lasting.kill();
    await lasting.revive(2);
    for (const { link, ticket } of invitations) {
      const { page, complaints } = await newVisitor(stage.browser);
      await page.goto(link({ server: lasting.current(), app }, ticket));
      await page.getByRole('alert').filter({ hasText: 'This link has expired.' }).waitFor();
      await page.getByLabel('E-mail address').fill('somebody@example.com');
      expect(page.url()).not.toContain(ticket);
      expect(complaints).toEqual([]);
    }
  } finally {
    await app?.stop();
    await lasting.stop();
  }
});
