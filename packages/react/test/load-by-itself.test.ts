import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { setStage, type Stage } from './stage.ts';

const serverCalls = /\/v1\//;

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage?.close());

/** Opens a page whose server does not answer, and lets its components say so. */
async function openUnanswered(place: string): Promise<Page> {
  const page = await stage.open('/nowhere');
  onTestFinished(() => page.close());
  await page.clock.install();
  await page.route(serverCalls, (route) => route.abort());
  await page.goto(stage.appUrl + place);
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  return page;
}

/** Counts the calls that a page makes from now on. */
function countCalls(page: Page): () => number {
  let calls = 0;
  page.on('request', (request) => {
    if (serverCalls.test(request.url())) calls += 1;
  });
  return () => calls;
}

/** Lets time pass, now the page's and now the network's. */
async function pass(page: Page, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 1) {
    await page.clock.runFor(1000);
    await page.waitForTimeout(30);
  }
}

test.each(['Try again', 'nothing'])(
  'a page that loads by itself takes the focus along from what it replaces (%s)',
  async (focused) => {
    const page = await openUnanswered('/sign-in');
    const own = page.locator('#own');
    await own.focus();
    if (focused !== 'nothing') await page.getByRole('button', { name: focused }).focus();
    await page.unrouteAll();
    const field = page.getByLabel('E-mail address');
    await expect.poll(() => page.clock.runFor(1000).then(() => field.count())).toBe(1);
    const expected = focused === 'nothing' ? own : field;
    await expect
      .poll(() => expected.evaluate((node) => node === document.activeElement))
      .toBe(true);
  },
);

test('a component that is taken out of the page asks no more, when the network is back either', async () => {
  const page = await openUnanswered('/mounted');
  const before = countCalls(page);
  await pass(page, 10);
  expect(before()).toBeGreaterThan(0);
  await page.evaluate(() => (window as unknown as { unmount(): void }).unmount());
  // A call that was under way is sent again for a while.
  await pass(page, 10);
  const after = countCalls(page);
  await pass(page, 90);
  await page.evaluate(() => void dispatchEvent(new Event('online')));
  await pass(page, 10);
  expect(after()).toBe(0);
});
