import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OtherSite, openOtherSite } from './other-site.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

let stage: Stage;
let other: OtherSite;

beforeAll(async () => {
  other = await openOtherSite();
  stage = await setStage(({ url }) => ({
    asking_pages: [`${url}/sign-in`],
    new_link_url: `${other.url}/new-link`,
  }));
});
afterAll(async () => {
  await stage?.close();
  await other?.close();
});

interface Way {
  readonly confirmation: 'none' | 'always';
  /** Of the app; else the hosted one. */
  readonly page?: string;
}

/** A link that leads on to the other site, and what its ticket is known by. */
async function issue({ confirmation, page }: Way) {
  const { user } = await stage.server.addUser();
  const { id, url, token } = await stage.server.api.signInTokens.createSignInToken({
    userId: user.id,
    redirectUrl: `${other.url}/landing`,
    signInUrl: page && `${stage.app.url}/${page}`,
    confirmation,
  });
  return { id, url, secret: token.slice(-27) };
}

/** A visitor whose app loads a picture of the other site before it runs anything of its own. */
async function visitorOfAnAppWithGuests() {
  const visitor = await newVisitor(stage.browser);
  const guest = { app: stage.app.url, picture: `${other.url}/guest.svg` };
  await visitor.page.addInitScript(loadGuest, guest);
  return visitor;
}

/** Runs in the page before its scripts. */
function loadGuest({ app, picture }: { app: string; picture: string }): void {
  if (location.origin === app && location.pathname.startsWith('/sign-in'))
    new Image().src = picture;
}

const ways: Readonly<Record<string, Way>> = {
  'a hosted page that asks': { confirmation: 'always' },
  'a hosted page that asks nobody': { confirmation: 'none' },
  'a page of an app that asks': { confirmation: 'always', page: 'sign-in' },
  'a page of an app that asks nobody': { confirmation: 'none', page: 'sign-in' },
  'a page of an app, after the hosted question': { confirmation: 'always', page: 'sign-in-hash' },
};

test.each(Object.entries(ways))(
  'a link to %s is told to no other site, and nothing in the browser keeps it',
  async (_page, way) => {
    const { url, secret } = await issue(way);
    const { page, context } = await visitorOfAnAppWithGuests();
    await page.goto(url);
    if (way.confirmation === 'always') await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('The other site').waitFor();

    const calls = other.take();
    expect(calls.map(({ path }) => path)).toEqual(
      expect.arrayContaining(way.page ? ['/guest.svg', '/landing'] : ['/landing']),
    );
    expect(calls.filter(({ heard }) => heard.includes(secret))).toEqual([]);
    expect(await findKept(page, secret)).toEqual([]);
    await context.close();
  },
);

test.each<Way>([{ confirmation: 'none' }, { confirmation: 'none', page: 'sign-in' }])(
  'a link that was withdrawn is told to no other site either: %j',
  async (way) => {
    const { id, url, secret } = await issue(way);
    await stage.server.api.signInTokens.revokeSignInToken(id);
    const { page, context } = await visitorOfAnAppWithGuests();
    await page.goto(url);
    await page.getByRole('link', { name: 'Ask for a new link' }).click();
    await page.getByText('The other site').waitFor();
    const calls = other.take();
    expect(calls.map(({ path }) => path)).toContain('/new-link');
    expect(calls.filter(({ heard }) => heard.includes(secret))).toEqual([]);
    expect(await findKept(page, secret)).toEqual([]);
    await context.close();
  },
);

test('what is kept or told is found: history, storages, cookies, database, Referer', async () => {
  const { page, context } = await newVisitor(stage.browser);
  const secret = 'a-planted-ticket';
  await page.goto(`${stage.app.url}/?${secret}`);
  await page.evaluate(plant, { secret, elsewhere: other.url });
  expect(other.take().filter(({ heard }) => heard.includes(secret))).toHaveLength(1);
  expect(await findKept(page, secret)).toEqual([
    'history',
    'cookies and databases',
    `storages of ${stage.app.url}`,
  ]);
  await context.close();
});

/** Where a secret stands in the browser after a visit. Leaves the page where it is looked at last. */
async function findKept(page: Page, secret: string): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { entries } = await session.send('Page.getNavigationHistory');
  const state = await page.context().storageState({ indexedDB: true });
  const places: [string, unknown][] = [
    ['history', entries.map(({ url, title }) => [url, title])],
    ['cookies and databases', state],
  ];
  for (const origin of [stage.app.url, stage.server.url]) {
    await page.goto(origin);
    places.push([`storages of ${origin}`, await page.evaluate(readStorages)]);
  }
  return places.filter(([, held]) => JSON.stringify(held).includes(secret)).map(([name]) => name);
}

/** Runs in the page. */
function readStorages(): object {
  return { local: { ...localStorage }, session: { ...sessionStorage }, name: window.name };
}

/** Runs in the page. */
async function plant({ secret, elsewhere }: { secret: string; elsewhere: string }): Promise<void> {
  sessionStorage.setItem('planted', secret);
  document.cookie = `planted=${secret}`;
  await fetch(elsewhere, { mode: 'no-cors', referrerPolicy: 'unsafe-url' });
}
