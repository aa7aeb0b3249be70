import { afterAll, beforeAll, expect, test } from 'vitest';
import { countRedemptions, holdBack } from './calls.ts';
import { developExample } from './example-app.ts';
import { formPlaces } from './places.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

const seat = 'Held at the will-call window for Grace Hopper';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage?.close());

async function issue() {
  const { user } = await stage.server.addUser({ firstName: 'Grace', lastName: 'Hopper' });
  const { id, token } = await stage.server.api.signInTokens.createSignInToken({ userId: user.id });
  return { id, user, ticket: token };
}

test.each([
  ['/sign-in?', 'path routing'],
  ['/sign-in-hash#/?', 'hash routing'],
  ['/from-code?', 'from code'],
])('in StrictMode, where every effect runs twice, %s redeems once (%s)', async (path) => {
  const development = await developExample(stage.server.url);
  try {
    const { ticket, user } = await issue();
    const { page, complaints } = await newVisitor(stage.browser);
    const redemptions = countRedemptions(page);
    await page.goto(`${development.url}${path}__clerk_ticket=${ticket}`);
    await page.getByText(seat).waitFor();
    expect(redemptions()).toBe(1);
    const { data } = await stage.server.api.sessions.getSessionList({ userId: user.id });
    expect(data).toHaveLength(1);
    expect(complaints).toEqual([]);
  } finally {
    await development.stop();
  }
});

test('a component that goes and comes back while the ticket is under way redeems it once', async () => {
  const { ticket } = await issue();
  const url = `${stage.app.url}/sign-in?__clerk_ticket=${ticket}`;
  const { page, complaints } = await newVisitor(stage.browser);
  const redemptions = countRedemptions(page);
  const release = await holdBack(page, 'sign_ins');
  await page.goto(url);
  await expect.poll(redemptions).toBe(1);
  await page.getByRole('link', { name: 'Row K' }).click();
  await page.getByRole('heading', { name: 'The Tempest' }).waitFor();
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Checking your ticket' }).waitFor();
  release();
  await page.getByText(seat).waitFor();
  expect(redemptions()).toBe(1);
  expect(complaints).toEqual([]);
});

test.each(formPlaces)(
  'a link that is opened again in the same browser is no failure ($kind)',
  async (place) => {
    const { ticket, id } = await issue();
    const { page, complaints } = await newVisitor(stage.browser);
    await page.goto(place.link(stage, ticket));
    await page.getByText(place.greeting).waitFor();
    await page.goto(place.link(stage, ticket));
    await page.getByText(place.greeting).waitFor();
    expect((await stage.server.api.signInTokens.get(id)).status).toBe('accepted');
    expect(complaints).toEqual([]);
  },
);

test.each(formPlaces)(
  'two tabs with the same link are both signed in, by one session ($kind)',
  async (place) => {
    const { ticket, user } = await issue();
    const { page, openTab, complaints } = await newVisitor(stage.browser);
    const other = await openTab();
    await Promise.all([page, other].map((tab) => tab.goto(place.link(stage, ticket))));
    await Promise.all([page, other].map((tab) => tab.getByText(place.greeting).waitFor()));
    const { data } = await stage.server.api.sessions.getSessionList({ userId: user.id });
    expect(data).toHaveLength(1);
    expect(complaints).toEqual([]);
  },
);

test.each(formPlaces)(
  'a tab waits for the one that the server meets first, so that both are one browser ($kind)',
  async (place) => {
    const { ticket } = await issue();
    const { page, openTab } = await newVisitor(stage.browser);
    const other = await openTab();
    const release = await holdBack(page, 'client');
    const asked = page.waitForRequest('**/v1/client');
    await page.goto(place.link(stage, ticket));
    await asked;
    const asks: string[] = [];
    other.on('request', (request) => asks.push(request.url()));
    await other.goto(place.link(stage, ticket));
    const waiting = () => other.evaluate(async () => (await navigator.locks.query()).pending);
    await expect.poll(waiting).toHaveLength(1);
    expect(asks.filter((url) => url.endsWith('/v1/client'))).toEqual([]);
    release();
    for (const tab of [page, other]) await tab.getByText(place.greeting).waitFor();
  },
);

test.each(formPlaces)(
  'where the browser denies its locks the link works all the same ($kind)',
  async (place) => {
    const { ticket } = await issue();
    const { page, complaints } = await newVisitor(stage.browser);
    await page.addInitScript(() => {
      const denied = new DOMException('denied', 'SecurityError');
      navigator.locks.request = () => Promise.reject(denied);
    });
    await page.goto(place.link(stage, ticket));
    await page.getByText(place.greeting).waitFor();
    expect(complaints).toEqual([]);
  },
);

test.each(formPlaces)(
  'a tab that is frozen while the server meets it holds up the next one for a while only ($kind)',
  async (place) => {
    const { ticket } = await issue();
    const { page, context, openTab, complaints } = await newVisitor(stage.browser);
    // Ten times as fast as a person would see it.
    await context.addInitScript(() => {
      const timeout = AbortSignal.timeout.bind(AbortSignal);
      AbortSignal.timeout = (milliseconds) => timeout(milliseconds / 10);
    });
    const origin = new URL(place.link(stage, ticket)).origin;
    await page.route(`${origin}/frozen`, (route) => route.fulfill({ body: '' }));
    await page.goto(`${origin}/frozen`);
    await page.evaluate(
      () =>
        new Promise<void>((held) => {
          void navigator.locks.request('willcall', () => {
            held();
            return new Promise(() => {});
          });
        }),
    );
    const other = await openTab();
    await other.goto(place.link(stage, ticket));
    await other.getByText(place.greeting).waitFor();
    expect(complaints).toEqual([]);
  },
);

test('of two browsers with the same link one is signed in, and the other is told', async () => {
  const { ticket } = await issue();
  const url = `${stage.app.url}/sign-in?__clerk_ticket=${ticket}`;
  const visitors = await Promise.all([newVisitor(stage.browser), newVisitor(stage.browser)]);
  await Promise.all(visitors.map(({ page }) => page.goto(url)));
  const ends = await Promise.all(
    visitors.map(async ({ page }) => {
      await page.getByText(seat).or(page.getByText('This link has been used already')).waitFor();
      return page.getByText(seat).isVisible();
    }),
  );
  expect(ends.filter(Boolean)).toHaveLength(1);
});

test.each(formPlaces)('the back button does not return to the sign-in ($kind)', async (place) => {
  const { ticket } = await issue();
  const { page } = await newVisitor(stage.browser);
  await page.goto(`${stage.app.url}/from-code`);
  await page.goto(place.link(stage, ticket));
  await page.getByText(place.greeting).waitFor();
  await page.goBack();
  expect(page.url()).toBe(`${stage.app.url}/from-code`);
  await page.goForward();
  await page.getByText(place.greeting).waitFor();
});
