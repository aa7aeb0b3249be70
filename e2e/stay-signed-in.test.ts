import type { Willcall } from '@willcall/browser';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from './server.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor, type Visitor } from './visitor.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage?.close());

interface SignedInVisitor extends Visitor {
  readonly person: Person;
  /** How many tokens all tabs have asked for. */
  readonly tokenCalls: () => number;
}

/** Somebody who is signed in and looks at the home page. Their time passes when the test says so. */
async function newSignedInVisitor(): Promise<SignedInVisitor> {
  const person = await stage.server.addUser({ firstName: 'Grace' });
  const { token } = await stage.server.api.signInTokens.createSignInToken({
    userId: person.user.id,
  });
  const visitor = await newVisitor(stage.browser);
  let count = 0;
  visitor.context.on('request', (request) => {
    if (/\/v1\/client\/sessions\/\w+\/tokens/.test(request.url())) count += 1;
  });
  await visitor.context.clock.install();
  await visitor.page.goto(`${stage.app.url}/sign-in?__clerk_ticket=${token}&redirect_url=/`);
  await visitor.page.getByText('Welcome back, Grace.').waitFor();
  return { ...visitor, person, tokenCalls: () => count };
}

/** Asks for a token that often at once, and answers the different ones. */
function getTokens(page: Page, times: number, skipCache = false): Promise<string[]> {
  return page.evaluate(
    async ([count, isForced]) => {
      const { Willcall } = window as unknown as { Willcall: Willcall };
      const ask = async () => Willcall.session?.getToken({ skipCache: isForced });
      const asked = Array.from({ length: count }, ask);
      return [...new Set(await Promise.all(asked))].map(String);
    },
    [times, skipCache] as const,
  );
}

/** Tokens tell seconds of the server's clock: only then is the next one newer. */
async function letServerSecondPass(): Promise<void> {
  const now = Date.now();
  await expect.poll(() => Date.now() - now, { interval: 100 }).toBeGreaterThan(1000);
}

/** Tabs compare the times that tokens name: what is issued from now on is as late as the pages are. */
async function moveServerClock(context: BrowserContext, seconds: number): Promise<void> {
  await context.route('**/v1/client/sessions/*/tokens*', async (route) => {
    const response = await route.fetch();
    const { jwt, ...rest } = (await response.json()) as { jwt: string };
    const [head = '', payload = '', signature = ''] = jwt.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as SessionTimes;
    const later = { ...claims, iat: claims.iat + seconds, exp: claims.exp + seconds };
    const written = Buffer.from(JSON.stringify(later)).toString('base64url');
    await route.fulfill({ response, json: { ...rest, jwt: [head, written, signature].join('.') } });
  });
}

/** The token that the page's own server gets. */
function readSessionCookie(page: Page): Promise<string | undefined> {
  return page.evaluate(() => /(?:^|; )__session=([^;]*)/.exec(document.cookie)?.[1]);
}

/** The session stays listed, and gets no token any more. */
async function refuseTokens(context: BrowserContext): Promise<void> {
  await context.route('**/v1/client/sessions/*/tokens*', async (route) => {
    const code = 'authentication_invalid';
    const errors = [{ code, message: 'Not now.', long_message: 'Not now.', meta: {} }];
    await route.fulfill({ response: await route.fetch(), status: 401, json: { errors } });
  });
  await context.route('**/v1/client', async (route) => {
    const response = await route.fetch();
    const { response: client } = (await response.json()) as { response: { sessions: object[] } };
    const sessions = client.sessions.map((session) => ({ ...session, last_active_token: null }));
    await route.fulfill({ response, json: { response: { ...client, sessions } } });
  });
}

/** Lets time pass until the page has asked six times in vain, and has given up. */
async function letTriesFail(context: BrowserContext): Promise<void> {
  let failed = 0;
  context.on('requestfailed', (request) => {
    if (request.url().includes('/tokens')) failed += 1;
  });
  await context.clock.runFor(46_000);
  const passing = async () => {
    await context.clock.runFor(1000);
    return failed;
  };
  await expect.poll(passing, { timeout: 30_000, interval: 100 }).toBe(6);
}

interface SessionTimes {
  readonly iat: number;
  readonly exp: number;
}

test('a fresh token answers many callers without a call', async () => {
  const { page, tokenCalls } = await newSignedInVisitor();
  expect(await getTokens(page, 20)).toHaveLength(1);
  expect(tokenCalls()).toBe(0);
});

test('many callers who want a new token share one call', async () => {
  const { page, tokenCalls } = await newSignedInVisitor();
  expect(await getTokens(page, 20, true)).toHaveLength(1);
  expect(tokenCalls()).toBe(1);
});

test('the token is renewed ahead of its end, by itself', async () => {
  const { page, context, tokenCalls } = await newSignedInVisitor();
  await context.clock.runFor(30_000);
  expect(tokenCalls()).toBe(0);
  await letServerSecondPass();
  const [before] = await getTokens(page, 1);
  await context.clock.runFor(16_000);
  await expect.poll(tokenCalls).toBe(1);
  await expect.poll(async () => (await getTokens(page, 1))[0]).not.toBe(before);
  expect(tokenCalls()).toBe(1);
});

test('tabs share the renewed token: one call for all of them', async () => {
  const { page, context, openTab, tokenCalls } = await newSignedInVisitor();
  const other = await openTab();
  await other.goto(stage.app.url);
  await other.getByText('Welcome back, Grace.').waitFor();
  const [before = ''] = await getTokens(page, 1);
  await moveServerClock(context, 50);
  await context.clock.fastForward(50_000);
  await expect.poll(tokenCalls).toBe(1);
  // Until the new one is there, the present one is still good.
  const heldTokens = async () =>
    new Set((await Promise.all([page, other].map((tab) => getTokens(tab, 5)))).flat());
  await expect.poll(async () => (await heldTokens()).has(before)).toBe(false);
  expect((await heldTokens()).size).toBe(1);
  expect(tokenCalls()).toBe(1);
});

test('after a long sleep the next caller gets a token that is good', async () => {
  const { page, context, person } = await newSignedInVisitor();
  await letServerSecondPass();
  const [before] = await getTokens(page, 1);
  await context.clock.fastForward(600_000);
  await expect.poll(async () => (await getTokens(page, 1))[0]).not.toBe(before);
  const [token = ''] = await getTokens(page, 1);
  const claims = await stage.server.api.verifyToken(token);
  expect(claims.sub).toBe(person.user.id);
});

test('signing out in one tab reaches the other, wherever it is', async () => {
  const { page, openTab, complaints } = await newSignedInVisitor();
  const other = await openTab();
  await other.goto(`${stage.app.url}/protected`);
  await other.getByText('Held at the will-call window for Grace').waitFor();
  await page.getByRole('button', { name: 'Account of Grace' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByText('Nobody is signed in.').waitFor();
  await other.waitForURL(`${stage.app.url}/sign-in?redirect_url=/protected`);
  await other.getByLabel('E-mail address').waitFor();
  expect(complaints).toEqual([]);
});

test('signing in in one tab reaches the other', async () => {
  const { user } = await stage.server.addUser({ firstName: 'Grace' });
  const { token } = await stage.server.api.signInTokens.createSignInToken({ userId: user.id });
  const { page, openTab } = await newVisitor(stage.browser);
  await page.goto(stage.app.url);
  await page.getByText('Nobody is signed in.').waitFor();
  const other = await openTab();
  await other.goto(`${stage.app.url}/sign-in?__clerk_ticket=${token}`);
  await other.getByText('Held at the will-call window for Grace').waitFor();
  await page.getByText('Welcome back, Grace.').waitFor();
});

test('a session that the server ends gives no further token, and the page learns of it', async () => {
  const { page, person } = await newSignedInVisitor();
  const { data } = await stage.server.api.sessions.getSessionList({ userId: person.user.id });
  await stage.server.api.sessions.revokeSession(data[0]?.id ?? '');
  expect(await getTokens(page, 3, true)).toEqual(['undefined']);
  await page.getByText('Nobody is signed in.').waitFor();
});

test('whoever has just signed in stays so, though no script comes any more', async () => {
  const { page, context, person, tokenCalls } = await newSignedInVisitor();
  await context.clock.runFor(2000);
  await page.waitForLoadState('networkidle');
  await context.route('**/*.js', (route) => route.abort());
  await context.clock.runFor(46_000);
  await expect.poll(tokenCalls).toBe(1);
  await page.evaluate(async () => {
    const { Willcall } = window as unknown as { Willcall: Willcall };
    await Willcall.user?.update({ lastName: 'Hopper' });
    await Willcall.signOut();
  });
  await page.getByText('Nobody is signed in.').waitFor();
  const { lastName } = await stage.server.api.users.getUser(person.user.id);
  expect(lastName).toBe('Hopper');
});

test('a page that is seen gets its token after an outage, however long that was', async () => {
  const { page, context } = await newSignedInVisitor();
  const before = await readSessionCookie(page);
  expect(before).toMatch(/^eyJ/);
  await context.route('**/tokens*', (route) => route.abort());
  await letTriesFail(context);
  await context.unroute('**/tokens*');
  const passing = async () => {
    await context.clock.runFor(2000);
    return readSessionCookie(page);
  };
  await expect.poll(passing).not.toBe(before);
});

test('when the network comes back the next token is there at once', async () => {
  const { page, context } = await newSignedInVisitor();
  const before = await readSessionCookie(page);
  await context.clock.runFor(2000);
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await letTriesFail(context);
  await context.setOffline(false);
  await expect.poll(() => readSessionCookie(page), { timeout: 5000 }).not.toBe(before);
});

test('a token that is refused, though its session is listed, is asked for less and less often', async () => {
  const { page, context, calls: unanswered, tokenCalls } = await newSignedInVisitor();
  await context.clock.runFor(2000);
  await page.waitForLoadState('networkidle');
  await refuseTokens(context);
  await context.clock.runFor(45_000);
  await expect.poll(tokenCalls).toBe(1);
  const secondsUntil = async (calls: number) => {
    for (let seconds = 0; ; seconds += 1) {
      if (tokenCalls() >= calls) return seconds;
      await context.clock.runFor(1000);
      // Calls take their time, whatever the page's clock says.
      await page.waitForTimeout(50);
      await expect.poll(() => unanswered.size).toBe(0);
    }
  };
  const first = await secondsUntil(2);
  expect(first).toBeGreaterThan(5);
  expect(await secondsUntil(3)).toBeGreaterThan(first * 1.5);
  await page.getByText('Welcome back, Grace.').waitFor();

  // An answer that is on its way still gets there.
  await context.unrouteAll({ behavior: 'wait' });
  const before = await readSessionCookie(page);
  await secondsUntil(4);
  await expect.poll(() => readSessionCookie(page)).not.toBe(before);
});

test('a clock that is set back by an hour hands out no token of before', async () => {
  const { page, context, tokenCalls } = await newSignedInVisitor();
  const [before] = await getTokens(page, 1);
  await letServerSecondPass();
  await context.clock.setSystemTime(Date.now() - 3_600_000);
  expect(await getTokens(page, 20)).not.toContain(before);
  expect(tokenCalls()).toBe(1);
  await getTokens(page, 20);
  expect(tokenCalls()).toBe(1);
});

test('a token that must be new is minted, though the last one is a moment old', async () => {
  const { page } = await newSignedInVisitor();
  const [first] = await getTokens(page, 1, true);
  await letServerSecondPass();
  expect(await getTokens(page, 1, true)).not.toContain(first);
});
