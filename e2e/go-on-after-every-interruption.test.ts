import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newAddress } from '../tooling/new-address.ts';
import { holdBack } from './calls.ts';
import { developExample, type ExampleApp } from './example-app.ts';
import { readCode } from './mailbox.ts';
import { formPlaces, type Place } from './places.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor, type Visitor } from './visitor.ts';

const password = 'a row of eleven seats';
const emails = new WeakMap<Page, string>();

/** A step at which a sign-in waits, and can be interrupted. */
interface Step {
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly heading: string;
  /** Goes to the step, and answers whose sign-in waits there. */
  readonly reach: (visitor: Visitor, place: Place, stage: Here) => Promise<string>;
  /** Fills in what is asked for. */
  readonly fill: (page: Page) => Promise<void>;
  /** The button that sends it, and the end of the path that it calls. */
  readonly button: string;
  readonly call: string;
  /** What is left to do after it. */
  readonly finish?: (page: Page) => Promise<void>;
}

type Here = Pick<Stage, 'server' | 'app'>;

const steps: readonly Step[] = [
  {
    kind: 'the plain form',
    settings: {},
    heading: 'Sign in',
    button: 'Continue',
    call: 'client/sign_ins',
    async reach({ page }, place, here) {
      const { user, email } = await here.server.addUser({ password });
      emails.set(page, email);
      await page.goto(place.link(here, '').replace(/[?#].*$/, ''));
      return user.id;
    },
    fill: (page) => page.getByLabel('E-mail address').fill(emails.get(page) ?? ''),
    async finish(page) {
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Continue' }).click();
    },
  },
  {
    kind: 'the first factor beside a link',
    settings: { first_factor_beside_tickets: true },
    heading: 'Your password',
    button: 'Continue',
    call: 'attempt_first_factor',
    async reach({ page }, place, { server, app }) {
      const { user } = await server.addUser({ password });
      const { token } = await server.api.signInTokens.createSignInToken({ userId: user.id });
      await page.goto(place.link({ server, app }, token));
      await page.getByRole('button', { name: 'Use your password' }).click();
      return user.id;
    },
    fill: (page) => page.getByLabel('Password', { exact: true }).fill(password),
  },
  {
    kind: 'the new password',
    settings: {},
    heading: 'Choose a new password',
    button: 'Set password and sign in',
    call: 'reset_password',
    async reach({ page, openTab }, place, { server, app }) {
      const email = newAddress('reader');
      const { user } = await server.addUser({ email, password });
      await page.goto(place.link({ server, app }, '').replace(/[?#].*$/, ''));
      await page.getByLabel('E-mail address').fill(email);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('button', { name: 'Forgot your password?' }).click();
      await page.getByRole('heading', { name: 'A new password' }).waitFor();
      const mailbox = await openTab();
      await page.getByLabel('Code').fill(await readCode(mailbox, server.url, email));
      await mailbox.close();
      return user.id;
    },
    fill: (page) => page.getByLabel('New password').fill('a box of seven chairs'),
  },
  {
    kind: 'the choice of an organization',
    settings: { organizations: true, force_organization: true },
    heading: 'Almost there',
    button: 'The Globe',
    call: 'touch',
    async reach({ page }, place, { server, app }) {
      const { user } = await server.addUser();
      const { id } = await server.call<{ id: string }>('POST', '/organizations', {
        name: 'The Globe',
      });
      const member = { user_id: user.id, role: 'org:member' };
      await server.call('POST', `/organizations/${id}/memberships`, member);
      const { token } = await server.api.signInTokens.createSignInToken({ userId: user.id });
      await page.goto(place.link({ server, app }, token));
      return user.id;
    },
    fill: (page) => page.getByRole('button', { name: 'The Globe' }).waitFor(),
  },
];

describe.each(steps)('$kind', (step) => {
  const { settings, heading, reach, fill, button, call, finish } = step;
  let stage: Stage;
  let development: ExampleApp;

  beforeAll(async () => {
    stage = await setStage(settings);
    development = await developExample(stage.server.url);
  });

  afterAll(async () => {
    await development?.stop();
    await stage?.close();
  });

  /** Counts how often the answer to the step is sent from now on. */
  function countAnswers(page: Page): () => number {
    let count = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST' && new URL(request.url()).pathname.endsWith(call)) count += 1;
    });
    return () => count;
  }

  function isAsked(page: Page): Promise<void> {
    return page.getByRole('heading', { name: heading }).waitFor();
  }

  async function answer(page: Page): Promise<void> {
    await page.getByRole('button', { name: button }).click();
  }

  async function countSessions(userId: string): Promise<number> {
    const active = { userId, status: 'active' } as const;
    return (await stage.server.api.sessions.getSessionList(active)).totalCount;
  }

  test.each(formPlaces)(
    'outlasts reload, back, a second tab, a server that is away and a slow network ($kind)',
    async (place) => {
      const visitor = await newVisitor(stage.browser);
      const { page, openTab, complaints } = visitor;
      const userId = await reach(visitor, place, stage);
      await isAsked(page);
      await page.reload();
      await isAsked(page);
      await page.goto(`${stage.app.url}/from-code`);
      await page.goBack();
      await isAsked(page);
      const other = await openTab();
      await other.goto(page.url());
      await isAsked(other);

      const calls = `**/${call}`;
      await page.route(calls, (route) => route.abort('connectionrefused'));
      await fill(page);
      await answer(page);
      await page.getByRole('alert').filter({ hasText: 'There was no answer.' }).waitFor();
      await page.unroute(calls);

      const answers = countAnswers(page);
      const release = await holdBack(page, call);
      await answer(page);
      await page.locator('form[aria-busy="true"]').waitFor();
      // The button says that it is disabled, and can be pressed all the same.
      await page.getByRole('button', { name: button }).click({ force: true });
      await page.keyboard.press('Enter');
      release();
      await finish?.(page);
      await Promise.all([page, other].map((tab) => tab.getByText(place.greeting).waitFor()));
      expect(answers()).toBe(1);
      expect(await countSessions(userId)).toBe(1);
      expect(complaints).toEqual([]);
    },
  );

  test.each(formPlaces.slice(1))(
    'is answered once in StrictMode, where every effect runs twice ($kind)',
    async (place) => {
      const visitor = await newVisitor(stage.browser);
      const { page, complaints } = visitor;
      const answers = countAnswers(page);
      const userId = await reach(visitor, place, { ...stage, app: development });
      await isAsked(page);
      await fill(page);
      await answer(page);
      await finish?.(page);
      await page.getByText(place.greeting).waitFor();
      expect(answers()).toBe(1);
      expect(await countSessions(userId)).toBe(1);
      expect(complaints).toEqual([]);
    },
  );
});
