import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { type HostedStage, setHostedStage } from './stage.ts';
import { newVisitor } from './visitor.ts';

let stage: HostedStage;

beforeAll(async () => {
  stage = await setHostedStage();
});

afterAll(() => stage?.close());

test.each([
  { what: 'the page', file: '**/home-*.js', locale: 'de', reload: 'Seite neu laden' },
  {
    what: 'the texts of the page',
    file: '**/de-*.js',
    locale: 'de',
    reload: 'Load the page again',
  },
])('where $what did not come, a button loads it again', async ({ file, locale, reload }) => {
  const { page, complaints } = await newVisitor(stage.browser, { locale });
  let lost = 0;
  await page.route(file, (route) => {
    lost += 1;
    return route.abort();
  });
  await page.goto(stage.server.url);
  const button = page.getByRole('button', { name: reload });
  await button.waitFor();
  await expectAccessible(page);
  expect(lost).toBeGreaterThan(0);
  await page.unroute(file);
  await button.click();
  await page.getByRole('heading', { name: 'Sie sind nicht angemeldet' }).waitFor();
  expect(complaints).toEqual([]);
});

test('where the server does not answer, the home page says so, and a button loads it again', async () => {
  const { page } = await newVisitor(stage.browser);
  let loads = 0;
  await page.route('**/v1/**', (route) => (loads < 2 ? route.abort() : route.continue()));
  page.on('request', (request) => {
    if (request.isNavigationRequest()) loads += 1;
  });
  await page.goto(stage.server.url);
  await page.getByRole('heading', { name: 'No answer from the server' }).waitFor();
  await page.getByRole('button', { name: 'Load the page again' }).click();
  await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
  expect(loads).toBe(2);
});

test('where it loads again by itself, the form gets the focus of the button', async () => {
  const { page } = await newVisitor(stage.browser);
  await page.clock.install();
  await page.route('**/v1/**', (route) => route.abort());
  await page.goto(`${stage.server.url}/sign-in`);
  await page.getByRole('button', { name: 'Try again' }).focus();
  await page.unroute('**/v1/**');
  const focused = page.locator(':focus');
  const passing = async () => {
    await page.clock.runFor(1000);
    return (await focused.count()) === 0 ? '' : focused.getAttribute('name');
  };
  await expect.poll(passing).toBe('identifier');
});
