import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setStage, type Stage } from './stage.ts';

/** What pages do to all elements, and what resets do: as rude as it gets. */
const hostile = `
  * { box-sizing: content-box; letter-spacing: 1px; }
  button { all: unset; }
  input { width: 10px !important; border: 5px solid red; }
  h1, h2, p { margin: 40px; text-transform: uppercase; }
  a { color: red; } label { float: right; } section { display: inline; } header { position: fixed; }
`;

let stage: Stage;

beforeAll(async () => {
  stage = await setStage({}, { '/sign-in/hostile': hostile });
});

afterAll(() => stage?.close());

const open = (place: string) => stage.open(place);

/** How the elements of the page that are not ours look, in every property. */
function lookOutside(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    ['html', 'body', 'main', '#outside', '#own', '#field'].map((selector) => {
      const element = document.querySelector(selector);
      if (!element) throw new TypeError(`The page has no ${selector}.`);
      const look = getComputedStyle(element);
      // Heights follow from what stands in the page, which is the point of it.
      const skipped = /height|block-size|origin|^inset|^(top|bottom)$/;
      return [...look]
        .filter((name) => !skipped.test(name))
        .map((name) => `${selector} ${name}: ${look.getPropertyValue(name)}`)
        .join('\n');
    }),
  );
}

test('the styles change nothing outside of a component', async () => {
  const page = await open('/sign-in');
  await page.getByLabel('E-mail address').waitFor();
  const withStyles = await lookOutside(page);
  const sheets = await page.evaluate(() => {
    const found = [...document.styleSheets].filter(({ href }) => href?.endsWith('/app.css'));
    for (const sheet of found) sheet.disabled = true;
    return found.length;
  });
  expect(sheets).toBe(1);
  expect(withStyles.join('\n').split('\n').length).toBeGreaterThan(1000);
  expect(await lookOutside(page)).toEqual(withStyles);
  await page.close();
});

test('a page with rude styles of its own leaves the form whole', async () => {
  const page = await open('/sign-in/hostile');
  const field = page.getByLabel('E-mail address');
  const button = page.getByRole('button', { name: 'Continue' });
  await field.waitFor();
  const boxes = await Promise.all([field, button].map((each) => each.boundingBox()));
  for (const box of boxes) {
    expect(box?.width).toBeGreaterThan(250);
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  }
  const ground = await button.evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(ground).toBe('rgb(12, 90, 70)');
  await field.fill('nobody@example.com');
  await button.click();
  await page.getByRole('alert').filter({ hasText: 'no account' }).waitFor();
  await page.close();
});

test('from right to left the form is the mirror image', async () => {
  const placeOf = async (page: Page) => {
    await page.locator('input[name="identifier"]').waitFor();
    return page.evaluate(() => {
      const card = document.querySelector('[data-willcall] section')?.getBoundingClientRect();
      const link = document.querySelector('[data-willcall] a')?.getBoundingClientRect();
      if (!card || !link) throw new TypeError('The form has no card or no link.');
      return { before: link.left - card.left, after: card.right - link.right };
    });
  };
  const [left, right] = await Promise.all([open('/sign-in'), open('/sign-in?language=ar')]);
  const inOrder = await placeOf(left);
  const mirrored = await placeOf(right);
  expect(inOrder.before).not.toBeCloseTo(inOrder.after, 0);
  expect(mirrored.before).toBeCloseTo(inOrder.after, 0);
  // How far it is to the other side hangs on the words of the language.
  expect(mirrored.after).toBeGreaterThan(mirrored.before);
  await Promise.all([left.close(), right.close()]);
});

test('the scheme follows the system, and what the page fixes', async () => {
  const page = await open('/sign-in');
  const button = page.getByRole('button', { name: 'Continue' });
  await button.waitFor();
  const ground = () => button.evaluate((element) => getComputedStyle(element).backgroundColor);
  const [light, dark] = ['rgb(12, 90, 70)', 'rgb(132, 216, 184)'];
  expect(await ground()).toBe(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await ground()).toBe(dark);
  const fix = (theme: string) =>
    page.evaluate((value) => document.body.setAttribute('data-willcall-theme', value), theme);
  await fix('light');
  expect(await ground()).toBe(light);
  await page.emulateMedia({ colorScheme: 'light' });
  await fix('dark');
  expect(await ground()).toBe(dark);
  await page.addStyleTag({ content: 'body { --willcall-color-accent: #123456 }' });
  expect(await ground()).toBe('rgb(18, 52, 86)');
  await page.close();
});

test('it is mounted without React, keeps its steps, and goes without a trace', async () => {
  const page = await open('/mounted');
  await page.getByLabel('E-mail address').fill('nobody@example.com');
  await page.getByRole('link', { name: 'Create one' }).click();
  await page.getByRole('heading', { name: 'Create your account' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/mounted/create');
  await page.goBack();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.evaluate(() => (window as unknown as { unmount(): void }).unmount());
  expect(await page.locator('#app').innerHTML()).toBe('');
  await page.close();
});

test('a link for somebody else does not send whoever is signed in away unasked, mounted without React', async () => {
  const [own, other] = await Promise.all(
    ['ada@example.com', 'grace@example.com'].map(stage.issueFor),
  );
  const page = await open(`/mounted?__clerk_ticket=${own?.token}`);
  await page.waitForURL(`${stage.appUrl}/account`);
  await page.goto(`${stage.appUrl}/mounted?__clerk_ticket=${other?.token}`);
  await page.getByText('Your link is for').waitFor();
  expect(await page.getByRole('button').allInnerTexts()).toEqual([
    'Own',
    'Sign out and go on as \u2068g***e@e***.com\u2069',
    'Stay as \u2068ada\u200b@example.com\u2069',
  ]);
  await page.getByRole('button', { name: 'Stay as' }).click();
  await page.waitForURL(`${stage.appUrl}/account`);
  expect(await stage.call(`/sign_in_tokens/${other?.id}`)).toMatchObject({ status: 'pending' });
  await page.close();
});
