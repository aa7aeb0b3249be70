import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Willcall } from '@willcall/react';
import type { Desk } from './app/from-code.tsx';
import { setStage, type Stage } from './stage.ts';

declare const window: Window & {
  readonly desk: Desk & { readonly seen: NonNullable<Desk['seen']> };
  readonly Willcall: Willcall;
};

const password = 'to be or not to be';
const newAddress = (name: string) => `${name}-${crypto.randomUUID()}+clerk_test@example.com`;

let stage: Stage;

beforeAll(async () => {
  stage = await setStage({ organizations: true, single_session: false }, {}, 'app/from-code.tsx');
});

afterAll(() => stage?.close());

/** A page of the app, once it is loaded: with every hook, or empty for what a test mounts. */
async function open(place: '/hooks' | '/hooks/hidden' | '/mounted'): Promise<Page> {
  const page = await stage.open(place);
  onTestFinished(() => page.close());
  if (place !== '/mounted') await untilLoaded(page);
  return page;
}

const untilLoaded = (page: Page) => page.waitForFunction(() => window.desk?.seen?.auth.isLoaded);

/** Somebody new with a password. */
async function addUser(firstName: string, fields: object = {}) {
  const email = newAddress(firstName);
  const profile = { email_address: [email], first_name: firstName, password, ...fields };
  const { id } = await stage.call<{ id: string }>('/users', profile);
  return { id, email };
}

/** Signs them in beside whoever is signed in. */
async function letIn(page: Page, { id }: { readonly id: string }): Promise<void> {
  const issued = { user_id: id, step_up: 'none' };
  const { token } = await stage.call<{ token: string }>('/sign_in_tokens', issued);
  await page.evaluate(async (ticket) => {
    const { error } = await window.Willcall.signIn.ticket({ ticket });
    if (error) throw error;
    await window.Willcall.signIn.finalize();
  }, token);
}

test('the hooks tell a sign-in by steps, and render again for nothing else', async () => {
  const { id, email } = await addUser('Ada');
  const page = await open('/hooks');
  const seen = await page.evaluate(
    async ([identifier, secret]) => {
      const { desk } = window;
      const told: unknown[] = [];
      const tell = () => {
        const { auth, session, user, signIn } = desk.seen;
        const [isSignedIn] = new Set([auth, session, user].map((each) => each.isSignedIn));
        told.push([isSignedIn, user.user?.firstName, signIn.signIn.status]);
      };
      tell();
      const { signIn } = desk.seen.signIn;
      await signIn.create({ identifier });
      tell();
      const attempt = { strategy: 'password', password: 'guessed' } as const;
      await signIn
        .attemptFirstFactor(attempt)
        .catch(({ code }: { code: string }) => told.push(code));
      await signIn.attemptFirstFactor({ ...attempt, password: secret });
      tell();
      await signIn.finalize();
      tell();
      const { renders } = desk;
      const { auth, session } = desk.seen;
      const tokens = [
        await auth.getToken(),
        await auth.getToken(),
        await session.session?.getToken(),
      ];
      const anew = await auth.getToken({ skipCache: true });
      const same = [new Set(tokens).size, tokens.includes(anew), desk.renders - renders];
      const ids = [auth.userId, auth.sessionId === session.session?.id];
      await auth.signOut();
      tell();
      return { told, same, ids, late: [await auth.getToken(), await session.session?.getToken()] };
    },
    [email, password] as const,
  );
  expect(seen).toEqual({
    told: [
      [false, undefined, undefined],
      [false, undefined, 'needs_first_factor'],
      'form_password_incorrect',
      [false, undefined, 'complete'],
      [true, 'Ada', 'complete'],
      [false, undefined, undefined],
    ],
    same: [1, false, 0],
    ids: [id, true],
    late: [undefined, undefined],
  });
});

test('a second factor is asked for and proved from code', async () => {
  const codes = { backup_codes: ['stalls-row-k'], totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' };
  const { email } = await addUser('Grace', codes);
  const page = await open('/hooks');
  const seen = await page.evaluate(
    async ([identifier, secret]) => {
      const { signIn } = window.desk.seen.signIn;
      const begun = await signIn.create({ strategy: 'password', identifier, password: secret });
      const asked = [begun.status, ...begun.supportedSecondFactors.map((each) => each.strategy)];
      const early = await signIn
        .finalize()
        .catch((error: Error) => `${error.name} ${error.message}`);
      const wrong = await signIn
        .attemptSecondFactor({ strategy: 'backup_code', code: 'circle-row-a' })
        .catch(({ code }: { code: string }) => code);
      await signIn.attemptSecondFactor({ strategy: 'backup_code', code: 'stalls-row-k' });
      const { error } = await signIn.finalize();
      return { asked, early, wrong, error, name: window.desk.seen.user.user?.firstName };
    },
    [email, password] as const,
  );
  expect(seen).toEqual({
    asked: ['needs_second_factor', 'totp', 'backup_code'],
    early: 'TypeError finalize needs a status of complete; it is needs_second_factor.',
    wrong: 'form_code_incorrect',
    error: undefined,
    name: 'Grace',
  });
});

test('an account is made from code, and a step that comes before loading waits for it', async () => {
  const page = await open('/hooks');
  await page.evaluate(async (emailAddress) => {
    const { signUp } = window.desk.seen.signUp;
    await signUp.create({
      emailAddress,
      password: 'to be or not to be',
      unsafeMetadata: { aB: 1 },
    });
    await signUp.prepareVerification({ strategy: 'email_code' });
  }, newAddress('joan'));
  await page.goto(`${stage.appUrl}/mounted`);
  const seen = await page.evaluate(async () => {
    const { createWillcall, apiUrl } = window.desk;
    const willcall = createWillcall({ apiUrl });
    await willcall.signUp.update({ firstName: 'Joan' });
    await willcall.signUp.attemptVerification({ strategy: 'email_code', code: '424242' });
    await willcall.signUp.finalize();
    return [willcall.user?.firstName, willcall.user?.unsafeMetadata];
  });
  expect(seen).toEqual(['Joan', { aB: 1 }]);
});

test('a sign-in that a reload interrupted goes on before the page is loaded', async () => {
  const { email } = await addUser('Ada');
  const page = await open('/hooks');
  await page.evaluate((identifier) => window.Willcall.signIn.create({ identifier }), email);
  await page.goto(`${stage.appUrl}/mounted`);
  const status = await page.evaluate(async (secret) => {
    const { createWillcall, apiUrl } = window.desk;
    const { signIn } = createWillcall({ apiUrl });
    return (await signIn.attemptFirstFactor({ strategy: 'password', password: secret })).status;
  }, password);
  expect(status).toBe('complete');
});

test('a page in place of an answer has a code, and is taken for no sign-out', async () => {
  const page = await open('/hooks');
  await letIn(page, await addUser('Ada'));
  await page.route(/\/v1\//, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html>Log in to this network',
      headers: {
        'access-control-allow-origin': stage.appUrl,
        'access-control-allow-credentials': 'true',
      },
    }),
  );
  const codes = await page.evaluate(async () => {
    const { auth } = window.desk.seen;
    const tell = (call: Promise<unknown>) =>
      call.then(
        () => 'done',
        ({ code }: { code: string }) => code,
      );
    return [
      // The app itself answers there.
      await tell(window.desk.createWillcall({ apiUrl: '/nowhere' }).load({ isGlobal: false })),
      await tell(auth.getToken({ skipCache: true })),
      await tell(window.Willcall.setActive({ organization: null })),
      await tell(auth.signOut()),
      window.desk.seen.auth.isSignedIn,
    ];
  });
  const unreadable = 'answer_unreadable';
  expect(codes).toEqual([unreadable, unreadable, unreadable, unreadable, true]);
  await page.unrouteAll();
});

test('a person is told that there was no answer where a page came in its place', async () => {
  const page = await open('/mounted');
  await page.evaluate(() => {
    const { mounts, place } = window.desk;
    mounts.mountUserProfile(place, { apiUrl: '/nowhere', language: 'de' });
  });
  await page.getByRole('alert').filter({ hasText: 'Es kam keine Antwort.' }).waitFor();
});

test('sessions are chosen, left and ended one by one, in every tab', async () => {
  const page = await open('/hooks');
  await letIn(page, await addUser('Ada'));
  await letIn(page, await addUser('Bea'));
  const opened = page.waitForEvent('popup');
  await page.evaluate(() => void window.open(location.href));
  const other = await opened;
  await untilLoaded(other);
  const nameIn = (of: Page) => () => of.evaluate(() => window.desk.seen.user.user?.firstName);
  await expect.poll(nameIn(other)).toBe('Bea');

  const claim = await page.evaluate(async () => {
    const { Willcall } = window;
    const organization = await Willcall.user?.createOrganization({ name: 'The Globe' });
    await Willcall.setActive({ organization: organization ?? null });
    const token = await Willcall.session?.getToken();
    const { o } = JSON.parse(atob(token?.split('.')[1] ?? '')) as { o: { slg: string } };
    return o.slg;
  });
  expect(claim).toBe('the-globe');
  const organization = () => window.desk.seen.session.session?.lastActiveOrganizationId;
  await expect.poll(() => other.evaluate(organization)).toBe(await page.evaluate(organization));

  const left = await page.evaluate(async () => {
    await window.Willcall.setActive({ session: null });
    const { auth, session } = window.desk.seen;
    return [
      auth.isSignedIn,
      session.session,
      await auth.getToken(),
      document.cookie.includes('__session'),
    ];
  });
  expect(left).toEqual([false, undefined, undefined, false]);
  expect(await nameIn(other)()).toBe('Bea');

  await other.evaluate(() => window.desk.seen.session.session?.end());
  await expect.poll(nameIn(other)).toBe('Ada');
  await expect.poll(nameIn(page)).toBe('Ada');
  await page.evaluate(() =>
    window.Willcall.signOut({ sessionId: window.desk.seen.auth.sessionId }),
  );
  await expect.poll(nameIn(other)).toBeUndefined();
});

test('update draws a mounted form anew, keeps what was typed, and takes back what is left out', async () => {
  const page = await open('/mounted');
  await page.evaluate(() => {
    const { desk } = window;
    desk.mounted = desk.mounts.mountSignUp(desk.place, { apiUrl: desk.apiUrl });
  });
  const change = (props: object) =>
    page.evaluate((given) => {
      const { mounted, apiUrl } = window.desk;
      mounted?.update({ apiUrl, ...given });
    }, props);
  await page.getByLabel('E-mail address').fill('joan@example.com');
  await change({ language: 'de', signInUrl: '/box-office' });
  await page.getByRole('heading', { name: 'Konto erstellen' }).waitFor();
  const link = page.locator('[data-willcall] a');
  expect(await link.getAttribute('href')).toBe('/box-office');
  expect(await page.getByLabel('E-Mail-Adresse').inputValue()).toBe('joan@example.com');
  await change({});
  await page.getByRole('heading', { name: 'Create your account' }).waitFor();
  expect(await link.getAttribute('href')).not.toBe('/box-office');
});

test('a mounted button and a mounted account follow who is signed in', async () => {
  const page = await open('/mounted');
  await page.evaluate(() => {
    const { mounts, place, apiUrl } = window.desk;
    const head = document.querySelector('h2');
    if (head) mounts.mountUserButton(head, { apiUrl, afterSignOutUrl: '/goodbye' });
    mounts.mountUserProfile(place, { apiUrl });
  });
  await page.getByText('You are signed out.').waitFor();
  await letIn(page, await addUser('Ada'));
  await page.getByRole('button', { name: 'Edit your name' }).click();
  await page.getByLabel('First name').fill('Augusta');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Account of Augusta' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(`${stage.appUrl}/goodbye`);
});

/** A page that holds an account and nothing else, with nobody signed in. */
async function openAccount(): Promise<Page> {
  const page = await open('/mounted');
  await page.evaluate(() => {
    const { mounts, place, apiUrl } = window.desk;
    mounts.mountUserProfile(place, { apiUrl });
  });
  await page.getByText('You are signed out.').waitFor();
  return page;
}

test('what one person has begun in an account is gone when another one is shown', async () => {
  const page = await openAccount();
  await letIn(page, await addUser('Ada'));
  await page.getByRole('button', { name: 'Edit your name' }).click();
  await page.getByLabel('First name').fill('Augusta');
  await letIn(page, await addUser('Bea'));
  await page.getByText('Bea', { exact: true }).first().waitFor();
  expect(await page.getByLabel('First name').count()).toBe(0);
});

test('one proof is enough for all that was refused at the same time', async () => {
  const page = await openAccount();
  const codes = { backup_codes: ['stalls-row-k'], totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' };
  await letIn(page, await addUser('Grace', { ...codes, password: undefined }));
  await page.getByRole('button', { name: 'Set a password' }).click();
  await page.getByLabel('New password', { exact: true }).fill(password);
  const save = await page.getByRole('button', { name: 'Save' }).elementHandle();
  await page.getByRole('button', { name: 'Make new codes' }).evaluate((button, other) => {
    for (const each of [button, other])
      each?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  }, save);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Use a backup code' }).click();
  await dialog.getByLabel('Backup code').fill('stalls-row-k');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('You have a password.').waitFor();
  await page.getByRole('list', { name: 'Backup codes' }).waitFor();
});

test('a component that another one took the place of has no hand in it', async () => {
  const page = await open('/mounted');
  const thrown = await page.evaluate(async () => {
    const { mounts, place, apiUrl } = window.desk;
    const former = mounts.mountSignIn(place, { apiUrl });
    const present = mounts.mountUserProfile(place, { apiUrl });
    former.unmount();
    try {
      former.update({ apiUrl });
      present.update({ apiUrl, language: 'de' });
      return undefined;
    } catch (error) {
      return String(error);
    }
  });
  expect(thrown).toBeUndefined();
  await page.getByRole('heading', { name: 'Ihr Konto' }).waitFor();
});

async function fillForm(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('E-mail address').press('Enter');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Password', { exact: true }).press('Enter');
}

test('a form that stays in its page leads on after each sign-in', async () => {
  const { id, email } = await addUser('Ada');
  const { token } = await stage.call<{ token: string }>('/sign_in_tokens', { user_id: id });
  const page = await open('/mounted');
  await page.evaluate((ticket) => {
    const { mounts, place, apiUrl } = window.desk;
    const routerPush = (path: string) => history.pushState(history.state, '', path);
    history.replaceState(history.state, '', `?__clerk_ticket=${ticket}`);
    mounts.mountSignIn(place, { apiUrl, routerPush, fallbackRedirectUrl: '/desk' });
  }, token);
  for (const way of ['ticket', 'form', 'form']) {
    if (way === 'form') await fillForm(page, email);
    await page.waitForURL(`${stage.appUrl}/desk`);
    await page.evaluate(async () => {
      await window.Willcall.signOut();
      history.pushState(history.state, '', '/mounted');
    });
  }
});

/** Mounts a form that is taken away while a call of this name is under way. */
async function mountToTakeAway(page: Page, call: RegExp): Promise<void> {
  await page.route(call, async (route) => {
    await page.evaluate(() => window.desk.mounted?.unmount());
    await route.continue();
  });
  await page.evaluate(() => {
    const { desk } = window;
    const props = { apiUrl: desk.apiUrl, fallbackRedirectUrl: '/desk' };
    desk.mounted = desk.mounts.mountSignIn(desk.place, props);
  });
}

async function expectSignedInWhereTheyAre(page: Page): Promise<void> {
  await page.waitForFunction(() => window.Willcall.session?.status === 'active');
  await page.evaluate(() => window.Willcall.session?.getToken({ skipCache: true }));
  expect(new URL(page.url()).pathname).toBe('/mounted');
  expect(await page.locator('[data-willcall]').count()).toBe(0);
}

test('whoever takes a form away while it signs in stays on the page', async () => {
  const { email } = await addUser('Ada');
  const page = await open('/mounted');
  await mountToTakeAway(page, /attempt_first_factor/);
  await fillForm(page, email);
  await expectSignedInWhereTheyAre(page);
});

test('whoever takes a form away while it redeems a ticket is signed in, and stays on the page', async () => {
  const { id } = await addUser('Ada');
  const { token } = await stage.call<{ token: string }>('/sign_in_tokens', { user_id: id });
  const page = await open('/mounted');
  await page.evaluate((ticket) => {
    history.replaceState(history.state, '', `?__clerk_ticket=${ticket}`);
  }, token);
  await mountToTakeAway(page, /client\/sign_ins/);
  await expectSignedInWhereTheyAre(page);
});

test('what somebody is writing in keeps the focus when a form comes after one that went for good', async () => {
  const page = await open('/mounted');
  const mount = () =>
    page.evaluate(() => {
      const { desk } = window;
      desk.mounted = desk.mounts.mountSignIn(desk.place, { apiUrl: desk.apiUrl });
    });
  await page.route(/\/v1\//, (route) => route.abort());
  await mount();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.evaluate(() => {
    window.desk.mounted?.unmount();
    document.body.append(document.createElement('textarea'));
  });
  await page.unrouteAll();
  await page.locator('textarea').focus();
  await mount();
  await page.getByLabel('E-mail address').waitFor();
  await page.keyboard.type('still here');
  expect(await page.locator('textarea').inputValue()).toBe('still here');
});

test('a switcher without the personal account does not name it, and shows nobody the organizations of another', async () => {
  const page = await open('/hooks/hidden');
  await letIn(page, await addUser('Ada'));
  const button = page.getByRole('button', { name: 'Organization', exact: true });
  expect(await button.innerText()).toBe('Organization');
  await page.evaluate(() => window.Willcall.user?.createOrganization({ name: 'The Globe' }));
  await button.click();
  await page.getByRole('menuitemradio', { name: 'The Globe' }).waitFor();
  expect(await page.getByRole('menuitemradio').allInnerTexts()).toEqual(['The Globe']);
  await page.keyboard.press('Escape');

  await page.route(/organization_memberships/, () => {});
  await letIn(page, await addUser('Bea'));
  await button.click();
  await page.getByText('One moment …').waitFor();
  expect(await page.getByRole('menuitemradio').count()).toBe(0);
});
