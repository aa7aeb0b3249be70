import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Willcall } from '@willcall/browser';
import { setStage, type Stage } from './stage.ts';
import { watchTicket } from './ticket-watch.ts';
import { newVisitor } from './visitor.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage?.close());

async function issue(signInUrl?: string) {
  const { user } = await stage.server.addUser({ firstName: 'Grace', lastName: 'Hopper' });
  return stage.server.api.signInTokens.createSignInToken({ userId: user.id, signInUrl });
}

test('a ticket that is pasted signs in, by create and setActive', async () => {
  const { token } = await issue();
  const { page, complaints } = await newVisitor(stage.browser);
  await page.goto(`${stage.app.url}/from-code`);
  await page.getByLabel('Ticket').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Held at the will-call window for Grace Hopper').waitFor();
  await page.reload();
  await page.getByText('Held at the will-call window for Grace Hopper').waitFor();
  expect(complaints).toEqual([]);
});

test('a ticket in a parameter of the app signs in, and leaves the address bar first', async () => {
  const { token } = await issue();
  const { page } = await newVisitor(stage.browser);
  const watch = await watchTicket(page, token);
  await page.goto(`${stage.app.url}/from-code?ticket=${token}`);
  await page.getByText('Held at the will-call window for Grace Hopper').waitFor();
  expect(await watch.leaks()).toEqual([]);
  expect(await watch.history()).toEqual(['about:blank', `${stage.app.url}/protected`]);
});

test('the ticket of a link signs in, by ticket and finalize', async () => {
  const { url, token } = await issue(`${stage.app.url}/from-code`);
  const { page, complaints } = await newVisitor(stage.browser);
  const watch = await watchTicket(page, token);
  await page.goto(url);
  await page.getByText('Held at the will-call window for Grace Hopper').waitFor();
  expect(await watch.leaks()).toEqual([]);
  expect(await watch.history()).toEqual(['about:blank', `${stage.app.url}/protected`]);
  expect(complaints).toEqual([]);
});

test('a ticket that was used is refused in words, and can be followed by one that works', async () => {
  const { token } = await issue();
  const first = await newVisitor(stage.browser);
  await first.page.goto(`${stage.app.url}/from-code?ticket=${token}`);
  await first.page.getByText('Held at the will-call window').waitFor();

  const { page } = await newVisitor(stage.browser);
  await page.goto(`${stage.app.url}/from-code?ticket=${token}`);
  await page.getByRole('alert').filter({ hasText: 'used' }).waitFor();
  await page.getByLabel('Ticket').fill((await issue()).token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Held at the will-call window').waitFor();
});

test('navigate gets the active session, and an undecorated address within one site', async () => {
  const { token } = await issue();
  const { page } = await newVisitor(stage.browser);
  await page.goto(stage.app.url);
  const seen = await page.evaluate(async (ticket) => {
    const willcall = (window as unknown as { Willcall: Willcall }).Willcall;
    const { createdSessionId } = await willcall.signIn.create({ strategy: 'ticket', ticket });
    let answer: unknown[] = [];
    await willcall.setActive({
      session: createdSessionId ?? null,
      navigate: ({ session, decorateUrl }) => {
        answer = [session?.id === createdSessionId, decorateUrl('/desk'), document.cookie !== ''];
      },
    });
    return [...answer, willcall.user?.firstName];
  }, token);
  expect(seen).toEqual([true, '/desk', true, 'Grace']);
});

test('a call without its ticket is a mistake of the programmer, and says so', async () => {
  const { page } = await newVisitor(stage.browser);
  await page.goto(stage.app.url);
  const thrown = await page.evaluate(async () => {
    const willcall = (window as unknown as { Willcall: Willcall }).Willcall;
    const params = { strategy: 'ticket' } as unknown as { strategy: 'ticket'; ticket: string };
    return willcall.signIn
      .create(params)
      .catch((error: Error) => `${error.name}: ${error.message}`);
  });
  expect(thrown).toMatch(/^TypeError: .*ticket/);
});
