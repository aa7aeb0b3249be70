import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countRedemptions, holdBack } from './calls.ts';
import { formPlaces, places } from './places.ts';
import { startServer } from './server.ts';
import { setStage, type Stage } from './stage.ts';
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
