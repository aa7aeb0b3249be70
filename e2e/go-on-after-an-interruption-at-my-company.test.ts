import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdBack } from './calls.ts';
import { type Company, holdAtDoor, openCompany } from './companies.ts';
import { developExample } from './example-app.ts';
import { expectStep, formPlaces, placesFor } from './places.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

const told = placesFor('reload', 'back', 'tabs', 'slow', 'away');

let stage: Stage;
let works: Company;

beforeAll(async () => {
  stage = await setStage();
  works = await openCompany(stage.server, 'Example Works', ['works.example']);
});

afterAll(async () => {
  await stage?.close();
  await works?.close();
});

/** A link of somebody of the company. */
async function issue() {
  const { user } = await works.addWorker('works.example');
  const { token } = await stage.server.api.signInTokens.createSignInToken({ userId: user.id });
  return { ticket: token, userId: user.id };
}

async function countSessions(userId: string): Promise<number> {
  return (await stage.server.api.sessions.getSessionList({ userId })).totalCount;
}

/** How often a page asks for the address of the provider. */
function countVisits(page: Page): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/prepare_first_factor')) count += 1;
  });
  return () => count;
}

function goOnButton(page: Page) {
  return page.getByRole('button', { name: 'Continue with Example Works' });
}

test.each(told('reload'))(
  'a reload on the way to the provider offers the way ($kind)',
  async (place) => {
    const { ticket, userId } = await issue();
    const { page, complaints } = await newVisitor(stage.browser);
    const visits = countVisits(page);
    const release = await holdBack(page, 'prepare_first_factor');
    await page.goto(place.link(stage, ticket));
    await expect.poll(visits).toBe(1);
    await page.reload();
    release();
    await page.getByRole('heading', { name: 'Go on at your organization' }).waitFor();
    await expectStep(page, place, 'methods');
    await goOnButton(page).click();
    await page.getByText(place.greeting).waitFor();
    expect(await countSessions(userId)).toBe(1);
    expect(complaints).toEqual([]);
  },
);

test.each(told('back'))(
  'the back button leads from the provider to the way there ($kind)',
  async (place) => {
    const { ticket, userId } = await issue();
    const { page, complaints } = await newVisitor(stage.browser);
    // The provider asks for a password, and the person does not know it.
    const asks = (url: URL) => url.origin === works.provider.issuer;
    await page.route(asks, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>Your password at Example Works?</h1>' }),
    );
    await page.goto(place.link(stage, ticket));
    await page.getByRole('heading', { name: 'Your password at Example Works?' }).waitFor();
    await page.unroute(asks);
    await page.goBack();
    await goOnButton(page).waitFor();
    await expectStep(page, place, 'methods');
    await goOnButton(page).click();
    await page.getByText(place.greeting).waitFor();
    expect(await countSessions(userId)).toBe(1);
    expect(complaints).toEqual([]);
  },
);

test.each(told('tabs'))(
  'two tabs that go to the provider open one session ($kind)',
  async (place) => {
    const { ticket, userId } = await issue();
    const { page, openTab, complaints } = await newVisitor(stage.browser);
    const other = await openTab();
    const doors = await Promise.all([page, other].map((tab) => holdAtDoor(tab, works)));
    for (const [at, tab] of [page, other].entries()) {
      await tab.goto(place.link(stage, ticket));
      await doors[at]?.arrived;
    }
    // The tab that went last comes back last: in between, the sign-in of the first one is over.
    for (const [at, tab] of [page, other].entries()) {
      doors[at]?.letThrough();
      await tab.getByText(place.greeting).waitFor();
    }
    expect(await countSessions(userId)).toBe(1);
    expect(complaints).toEqual([]);
  },
);

test.each(told('slow'))(
  'on a slow network one way leads to the provider ($kind)',
  async (place) => {
    const { ticket, userId } = await issue();
    const { page, complaints } = await newVisitor(stage.browser);
    const visits = countVisits(page);
    const release = await holdBack(page, 'v1');
    await page.goto(place.link(stage, ticket));
    await page.getByRole('heading', { name: 'Checking your ticket' }).waitFor();
    release();
    await page.getByText(place.greeting).waitFor();
    expect(visits()).toBe(1);
    expect(await countSessions(userId)).toBe(1);
    expect(complaints).toEqual([]);
  },
);

test.each(told('away'))(
  'a server that is away is asked again at the press of a button ($kind)',
  async (place) => {
    const { ticket, userId } = await issue();
    const { page, complaints } = await newVisitor(stage.browser);
    await page.route('**/prepare_first_factor', (route) => route.abort('connectionrefused'));
    await page.goto(place.link(stage, ticket));
    await page.getByRole('alert').filter({ hasText: 'There was no answer.' }).waitFor();
    await expectStep(page, place, 'methods');
    await page.unroute('**/prepare_first_factor');
    await goOnButton(page).click();
    await page.getByText(place.greeting).waitFor();
    expect(await countSessions(userId)).toBe(1);
    expect(complaints).toEqual([]);
  },
);

test('in StrictMode, where every effect runs twice, one way leads to the provider', async () => {
  const development = await developExample(stage.server.url);
  try {
    for (const place of formPlaces.slice(1)) {
      const { ticket, userId } = await issue();
      const { page, complaints } = await newVisitor(stage.browser);
      const visits = countVisits(page);
      await page.goto(place.link({ ...stage, app: development }, ticket));
      await page.getByText(place.greeting).waitFor();
      expect(visits()).toBe(1);
      expect(await countSessions(userId)).toBe(1);
      expect(complaints).toEqual([]);
    }
  } finally {
    await development.stop();
  }
});
