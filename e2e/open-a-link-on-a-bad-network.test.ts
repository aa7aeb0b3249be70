import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countRedemptions, holdBack } from './calls.ts';
import { formPlaces, type Place, places } from './places.ts';
import { startServer } from './server.ts';
import { setStage, type Stage } from './stage.ts';
import { watchTicket } from './ticket-watch.ts';
import { newVisitor } from './visitor.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage?.close());

async function issue() {
  const { user } = await stage.server.addUser({ firstName: 'Grace', lastName: 'Hopper' });
  const { token } = await stage.server.api.signInTokens.createSignInToken({ userId: user.id });
  return { ticket: token, userId: user.id };
}

async function countSessions(userId: string): Promise<number> {
  return (await stage.server.api.sessions.getSessionList({ userId })).totalCount;
}

function noAnswer(page: Page) {
  return page.getByRole('alert').filter({ hasText: 'There was no answer.' });
}

test.each(formPlaces)(
  'a reload in the middle of a redemption signs in, or leaves a form that says why not ($kind)',
  async (place) => {
    const { ticket, userId } = await issue();
    const { page } = await newVisitor(stage.browser);
    const redemptions = countRedemptions(page);
    const release = await holdBack(page, 'sign_ins');
    await page.goto(place.link(stage, ticket));
    await expect.poll(redemptions).toBe(1);
    // The address bar is clean by now: the reload is one of the plain page.
    await page.reload();
    release();
    await page.getByLabel('E-mail address').or(page.getByText(place.greeting)).waitFor();
    expect(await countSessions(userId)).toBeLessThanOrEqual(1);

    await page.goto(place.link(stage, ticket));
    await page.getByText(place.greeting).waitFor();
  },
);

test.each(formPlaces)(
  'a redemption whose answer got lost is asked for again, and signs in ($kind)',
  async (place) => {
    const { ticket, userId } = await issue();
    const { page, complaints } = await newVisitor(stage.browser);
    const redemptions = countRedemptions(page);
    let lost = 0;
    await page.route('**/v1/client/sign_ins', async (route) => {
      if (lost > 0) return route.continue();
      lost += 1;
      // The server has done its work; the browser never learns of it.
      await route.fetch();
      return route.abort('connectionreset');
    });
    await page.goto(place.link(stage, ticket));
    await page.getByText(place.greeting).waitFor();
    expect(redemptions()).toBe(2);
    expect(await countSessions(userId)).toBe(1);
    expect(complaints).toEqual([]);
  },
);

test.each(places)(
  'on a slow network the page says what it does, and gets there ($kind)',
  async (place) => {
    const { ticket } = await issue();
    const { page, complaints } = await newVisitor(stage.browser);
    const release = await holdBack(page, 'v1');
    await page.goto(place.link(stage, ticket));
    await page.getByRole('heading', { name: 'Checking your ticket' }).waitFor();
    expect(page.url()).not.toContain(ticket);
    release();
    await page.getByText(place.greeting).waitFor();
    expect(complaints).toEqual([]);
  },
);

test.each(formPlaces)(
  'a server that is away for a moment is asked again at the press of a button ($kind)',
  async (place) => {
    const { ticket } = await issue();
    const { page } = await newVisitor(stage.browser);
    await page.route('**/v1/client/sign_ins', (route) => route.abort('connectionrefused'));
    await page.goto(place.link(stage, ticket));
    await noAnswer(page).waitFor();
    await page.unroute('**/v1/client/sign_ins');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(place.greeting).waitFor();
  },
);

test.each(formPlaces)(
  'a page in place of the answer, as of a hotel, is no end of the ticket ($kind)',
  async (place) => {
    const { ticket } = await issue();
    const { page } = await newVisitor(stage.browser);
    await page.route('**/v1/client/sign_ins', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>Welcome to our Wi-Fi</h1>' }),
    );
    await page.goto(place.link(stage, ticket));
    await noAnswer(page).waitFor();
    await page.unroute('**/v1/client/sign_ins');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(place.greeting).waitFor();
  },
);

/** Opens a link that is redeemed in vain, until the page says so. */
async function openInVain(place: Place, answer: (route: Route) => Promise<unknown>) {
  const { ticket, userId } = await issue();
  const { page, context } = await newVisitor(stage.browser);
  await context.clock.install();
  const watch = await watchTicket(page, ticket);
  await page.route('**/v1/client/sign_ins', async (route) => {
    await answer(route);
    await route.abort('connectionreset');
  });
  await page.goto(place.link(stage, ticket));
  await noAnswer(page).waitFor();
  const inStorage = () =>
    page.evaluate((secret) => JSON.stringify({ ...sessionStorage }).includes(secret), ticket);
  await page.unroute('**/v1/client/sign_ins');
  return { page, context, userId, watch, inStorage };
}

test.each(
  [
    { what: 'a redemption that nobody answered', answer: async () => {} },
    // The server has done its work; the browser never learns of it.
    { what: 'a redemption whose answers got lost', answer: (route: Route) => route.fetch() },
  ].flatMap((loss) => formPlaces.map((place) => ({ ...loss, place, kind: place.kind }))),
)('a reload goes on with $what ($kind)', async ({ place, answer }) => {
  const { page, userId, watch, inStorage } = await openInVain(place, answer);
  await page.reload();
  await page.getByText(place.greeting).waitFor();
  expect(await countSessions(userId)).toBe(1);
  expect(await inStorage()).toBe(false);
  expect((await watch.history()).join()).not.toContain('__clerk_ticket');
});

test.each(formPlaces)(
  'a reload does without a ticket that the person has done without, or after ten minutes ($kind)',
  async (place) => {
    const left = await openInVain(place, async () => {});
    expect(await left.inStorage()).toBe(true);
    await left.page.getByRole('button', { name: 'Sign in another way' }).click();
    await left.page.getByLabel('E-mail address').waitFor();
    expect(await left.inStorage()).toBe(false);

    const late = await openInVain(place, async () => {});
    await late.context.clock.fastForward('10:01');
    await late.page.reload();
    await late.page.getByLabel('E-mail address').waitFor();
    expect(await late.inStorage()).toBe(false);
    for (const { userId } of [left, late]) expect(await countSessions(userId)).toBe(0);
  },
);

test('a server that is down when the page opens, and up again later, is found', async () => {
  const { page } = await newVisitor(stage.browser);
  await stage.server.stop();
  await page.goto(`${stage.app.url}/sign-in`);
  await noAnswer(page).waitFor();
  const again = await startServer(Number(new URL(stage.server.url).port));
  try {
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('E-mail address').waitFor();
  } finally {
    await again.stop();
  }
});
