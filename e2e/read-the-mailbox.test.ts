import { afterAll, beforeAll, expect, test } from 'vitest';
import { newAddress } from '../tooling/new-address.ts';
import { type HostedStage, setHostedStage } from './stage.ts';
import { newVisitor, type Visitor } from './visitor.ts';

let stage: HostedStage;

beforeAll(async () => {
  stage = await setHostedStage();
});

afterAll(() => stage?.close());

/** The mailbox with a code for somebody who has just asked for it. */
async function openMailbox(): Promise<Visitor> {
  const email = newAddress('reader');
  await stage.server.api.users.createUser({ emailAddress: [email] });
  const visitor = await newVisitor(stage.browser);
  const { page } = visitor;
  await page.goto(`${stage.server.url}/sign-in`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Code').waitFor();
  await page.goto(`${stage.server.url}/mailbox`);
  await page.getByRole('navigation', { name: 'Mails' }).getByText(email).click();
  return visitor;
}

test('a code is copied by a button', async () => {
  const { page, context, complaints } = await openMailbox();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy code' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const code = await page.getByRole('article').getByRole('code').textContent();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
  expect(complaints).toEqual([]);
});

test('where a browser has no clipboard, as without TLS, the button selects the code and says so', async () => {
  const { page, complaints } = await openMailbox();
  await page.evaluate(() =>
    Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true }),
  );
  await page.getByRole('button', { name: 'Copy code' }).click();
  await page.getByRole('status').filter({ hasText: 'The browser did not copy it.' }).waitFor();
  const code = await page.getByRole('article').getByRole('code').textContent();
  expect(await page.evaluate(() => String(getSelection()).trim())).toBe(code);
  expect(complaints).toEqual([]);
});

test('mails that could not be deleted stay, and the page says so until they are', async () => {
  const { page, complaints } = await openMailbox();
  let lost = 0;
  await page.route('**/mailbox/messages', (route) => {
    if (route.request().method() !== 'DELETE') return route.continue();
    lost += 1;
    return route.abort();
  });
  const said = page.getByRole('alert').filter({ hasText: 'could not be deleted' });
  await page.getByRole('button', { name: 'Delete all' }).click();
  await said.waitFor();
  expect(lost).toBe(1);
  await page.unroute('**/mailbox/messages');
  await page.getByRole('button', { name: 'Delete all' }).click();
  await page.getByText('Nothing yet.').waitFor();
  expect(await said.count()).toBe(0);
  expect(complaints).toEqual([]);
});
