import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Willcall } from '@willcall/react';
import type { Desk } from './app/from-code.tsx';
import { setStage, type Stage } from './stage.ts';

declare const window: Window & { readonly desk: Desk; readonly Willcall: Willcall };

const password = 'to be or not to be';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage({ single_session: false }, {}, 'app/from-code.tsx');
});

afterAll(() => stage?.close());

const newAddress = (name: string) => `${name}-${crypto.randomUUID()}+clerk_test@example.com`;

/** Somebody new with a password. */
async function addUser(name: string, fields: object = {}): Promise<string> {
  const email = newAddress(name);
  await stage.call('/users', { email_address: [email], password, ...fields });
  return email;
}

async function open(): Promise<Page> {
  const page = await stage.open('/hooks');
  onTestFinished(() => page.close());
  await untilLoaded(page);
  return page;
}

/** Two tabs of one browser. */
async function openTwoTabs(): Promise<[Page, Page]> {
  const page = await open();
  const opened = page.waitForEvent('popup');
  await page.evaluate(() => void window.open(location.href));
  const other = await opened;
  await untilLoaded(other);
  return [page, other];
}

const untilLoaded = (page: Page) => page.waitForFunction(() => window.Willcall?.loaded);

const begin = (page: Page, email: string) =>
  page.evaluate(async (identifier) => {
    await window.Willcall.signIn.create({ identifier });
  }, email);

const finish = (page: Page, email: string) =>
  page.evaluate(
    async ([identifier, secret]) => {
      const params = { strategy: 'password', identifier, password: secret } as const;
      await window.Willcall.signIn.create(params);
    },
    [email, password] as const,
  );

async function signIn(page: Page, email: string): Promise<void> {
  await finish(page, email);
  await page.evaluate(() => window.Willcall.signIn.finalize());
}

const untilSignedIn = (page: Page) => page.waitForFunction(() => window.Willcall.user);

/** Lets a tab ask who is signed in, as one does that the person comes back to. */
async function askAgain(page: Page): Promise<void> {
  const answered = page.waitForResponse(/\/v1\/client$/);
  await page.evaluate(
    () => void dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
  );
  await (await answered).finished();
  await page.waitForTimeout(50);
}

const signInSteps = {
  prepareFirstFactor: { strategy: 'email_code' },
  attemptFirstFactor: { strategy: 'password', password },
  prepareSecondFactor: { strategy: 'email_code' },
  attemptSecondFactor: { strategy: 'totp', code: '424242' },
  resetPassword: { password },
};

const signUpSteps = {
  update: { firstName: 'Joan' },
  prepareVerification: { strategy: 'email_code' },
  attemptVerification: { strategy: 'email_code', code: '424242' },
};

/** Takes each step, and answers the kind and the code of what is thrown or answered. */
function takeAll(page: Page, attempt: 'signIn' | 'signUp', steps: object): Promise<unknown[]> {
  return page.evaluate(
    ([name, all]) => {
      type Step = (params: unknown) => Promise<{ error?: object } | undefined>;
      const methods = window.Willcall[name] as unknown as Readonly<Record<string, Step>>;
      const tell = (error: unknown) => {
        const { name: kind, code } = error as { name: string; code?: string };
        return `${kind} ${code}`;
      };
      const take = async ([step, params]: [string, unknown]) => {
        try {
          return tell((await methods[step]?.(params))?.error ?? {});
        } catch (error) {
          return tell(error);
        }
      };
      return Promise.all(Object.entries(all).map(take));
    },
    [attempt, steps] as const,
  );
}

const overIn = {
  signIn: 'WillcallError sign_in_step_invalid',
  signUp: 'WillcallError sign_up_step_invalid',
};

test('after another tab has signed in, each step of a sign-in says that it is over', async () => {
  const [page, other] = await openTwoTabs();
  await begin(page, await addUser('ada'));
  await signIn(other, await addUser('bea'));
  await untilSignedIn(page);
  const all = { ...signInSteps, finalize: {} };
  expect(await takeAll(page, 'signIn', all)).toEqual(Object.keys(all).map(() => overIn.signIn));
});

test('after another tab has signed up, each step of a sign-up says that it is over', async () => {
  const [page, other] = await openTwoTabs();
  await page.evaluate(async (emailAddress) => {
    const { signUp } = window.Willcall;
    await signUp.create({ emailAddress, password: 'to be or not to be' });
    await signUp.prepareVerification({ strategy: 'email_code' });
  }, newAddress('joan'));
  await other.reload();
  await untilLoaded(other);
  await other.evaluate(async () => {
    const { signUp } = window.Willcall;
    await signUp.attemptVerification({ strategy: 'email_code', code: '424242' });
    await signUp.finalize();
  });
  await untilSignedIn(page);
  const all = { ...signUpSteps, finalize: {} };
  expect(await takeAll(page, 'signUp', all)).toEqual(Object.keys(all).map(() => overIn.signUp));
});

test('a step that was taken shows its own attempt, though another tab has begun one since', async () => {
  const [page, other] = await openTwoTabs();
  const codes = { backup_codes: ['stalls-row-k'], totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' };
  const email = await addUser('grace', codes);
  await begin(page, email);
  await begin(other, await addUser('bea'));
  const seen = await page.evaluate(
    async ([identifier, secret]) => {
      const { signIn: attempt } = window.Willcall;
      const { id } = attempt;
      const proved = await attempt.attemptFirstFactor({ strategy: 'password', password: secret });
      const told = [proved.id === id, proved.status, proved.identifier === identifier];
      const done = await attempt.attemptSecondFactor({
        strategy: 'backup_code',
        code: 'stalls-row-k',
      });
      const { error } = await attempt.finalize();
      return [...told, done.status, error, window.Willcall.user?.primaryEmailAddress?.emailAddress];
    },
    [email, password] as const,
  );
  expect(seen).toEqual([true, 'needs_second_factor', true, 'complete', undefined, email]);
});

test('a finished sign-in can be finalized, though another tab has begun one since', async () => {
  const [page, other] = await openTwoTabs();
  const email = await addUser('ada');
  await finish(page, email);
  await begin(other, await addUser('bea'));
  await askAgain(page);
  const error = await page.evaluate(async () => (await window.Willcall.signIn.finalize()).error);
  expect(error).toBeUndefined();
  expect(await page.evaluate(() => window.Willcall.user?.primaryEmailAddress?.emailAddress)).toBe(
    email,
  );
});

test('a finished sign-in whose session another tab has ended is answered as over', async () => {
  const [page, other] = await openTwoTabs();
  const email = await addUser('ada');
  await finish(page, email);
  await other.evaluate(() => window.Willcall.signOut());
  await page.waitForFunction(() => window.Willcall.signIn.id === undefined);
  expect(await takeAll(page, 'signIn', { finalize: {} })).toEqual([overIn.signIn]);
});

/** Lets calls be answered with this body, as another server or a proxy might. */
async function answerWith(page: Page, calls: RegExp, body: object): Promise<void> {
  await page.route(calls, (route) =>
    route.fulfill({
      json: body,
      headers: {
        'access-control-allow-origin': stage.appUrl,
        'access-control-allow-credentials': 'true',
      },
    }),
  );
}

test.each([
  ['signIn', 'sign_ins', { create: { identifier: 'ada@example.com' }, ...signInSteps }],
  ['signUp', 'sign_ups', { create: {}, ...signUpSteps }],
] as const)('a step of %s that is answered with nothing says so', async (attempt, path, steps) => {
  const page = await open();
  await begin(page, await addUser('ada'));
  await page.evaluate(() => window.Willcall.signUp.create({}).then(() => {}));
  await answerWith(page, new RegExp(`/v1/client/${path}`), { response: null, client: null });
  expect(await takeAll(page, attempt, steps)).toEqual(
    Object.keys(steps).map(() => overIn[attempt]),
  );
});

test('a change of an account whose session has ended meanwhile says so', async () => {
  const page = await open();
  await signIn(page, await addUser('ada'));
  const client = { object: 'client', id: 'client_x', sessions: [], updated_at: Date.now() };
  await answerWith(page, /\/v1\/me/, { response: { object: 'user' }, client });
  const code = await page.evaluate(() =>
    window.Willcall.user
      ?.update({ firstName: 'Ada' })
      .catch((error: { code: string }) => error.code),
  );
  expect(code).toBe('authentication_invalid');
});

test('a server that answers in JSON and is none of ours is told from an outage', async () => {
  const page = await open();
  await answerWith(page, /\/v1\//, {});
  const code = await page.evaluate(() =>
    window.desk
      .createWillcall({ apiUrl: window.Willcall.apiUrl })
      .signIn.create({ identifier: 'ada@example.com' })
      .catch((error: { code: string }) => error.code),
  );
  expect(code).toBe('answer_unreadable');
});

test('a ticket that still asks for more goes on after its sign-in was given up', async () => {
  const page = await open();
  const { id } = await stage.call<{ id: string }>('/users', {
    email_address: [newAddress('cleo')],
  });
  const issue = { user_id: id, step_up: 'client_trust' };
  const { token } = await stage.call<{ token: string }>('/sign_in_tokens', issue);
  const statuses = await page.evaluate(async (ticket) => {
    const first = await window.Willcall.signIn.create({ strategy: 'ticket', ticket });
    window.Willcall.signIn.reset();
    const again = await window.Willcall.signIn.create({ strategy: 'ticket', ticket });
    return [first.status, again.status];
  }, token);
  expect(statuses).toEqual(['needs_client_trust', 'needs_client_trust']);
});
