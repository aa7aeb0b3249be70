import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCompany } from './companies.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor, type Visitor } from './visitor.ts';

// The hosted pages are on localhost, the app is on 127.0.0.1: two sites, which share no cookie.

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage?.close());

const seat = 'Held at the will-call window for Grace Hopper';

async function linkToApp(): Promise<string> {
  const { user } = await stage.server.addUser({ firstName: 'Grace', lastName: 'Hopper' });
  const { url } = await stage.server.api.signInTokens.createSignInToken({
    userId: user.id,
    redirectUrl: `${stage.app.otherUrl}/protected?row=K`,
  });
  return url;
}

async function openLink(): Promise<Visitor> {
  const visitor = await newVisitor(stage.browser);
  await visitor.page.goto(await linkToApp());
  await visitor.page.getByText(seat).waitFor();
  return visitor;
}

test('a link to the hosted page ends in the app, signed in, also after a reload', async () => {
  const { page, complaints } = await openLink();
  expect(page.url()).toBe(`${stage.app.otherUrl}/protected?row=K`);
  await page.reload();
  await page.getByText(seat).waitFor();
  expect(complaints).toEqual([]);
});

test('no session and no ticket stands in any address on the way', async () => {
  const { page } = await newVisitor(stage.browser);
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  const link = await linkToApp();
  await page.goto(link);
  await page.getByText(seat).waitFor();

  const ticket = new URL(link).searchParams.get('__clerk_ticket') ?? '';
  expect(ticket).not.toBe('');
  expect(addresses.filter((address) => address.includes(ticket))).toEqual([link]);
  expect(addresses.filter((address) => /eyJ|__session/.test(address))).toEqual([]);
  const codes = addresses.filter((address) => /__willcall_handover=(?!start)/.test(address));
  expect(codes).toHaveLength(1);

  // The code was for this tab alone, and once.
  const other = await newVisitor(stage.browser);
  await other.page.goto(codes[0] ?? '');
  await other.page.getByLabel('E-mail address').waitFor();
});

test('a server that is away when the session is handed over is asked again after a reload', async () => {
  const { page } = await newVisitor(stage.browser);
  const isHandover = (url: URL) => url.pathname === '/v1/client/handover';
  await page.route(isHandover, (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  const lost = page.waitForEvent('requestfailed', (request) => isHandover(new URL(request.url())));
  await page.goto(await linkToApp());
  await lost;
  await page.unroute(isHandover);
  await page.reload();
  await page.getByText(seat).waitFor();
  expect(page.url()).toBe(`${stage.app.otherUrl}/protected?row=K`);
});

test('signing out in the app signs out on the hosted pages', async () => {
  const { page, openTab } = await openLink();
  await page.getByRole('button', { name: 'Account of Grace Hopper' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByText('Nobody is signed in.').waitFor();
  const hosted = await openTab();
  await hosted.goto(stage.server.url);
  await hosted.getByRole('heading', { name: 'You are not signed in' }).waitFor();
});

test('signing out on the hosted pages signs out in the app', async () => {
  const { page, openTab } = await openLink();
  const hosted = await openTab();
  await hosted.goto(stage.server.url);
  await hosted.getByRole('button', { name: 'Sign out' }).click();
  await hosted.getByRole('heading', { name: 'You are not signed in' }).waitFor();
  await page.goto(stage.app.otherUrl);
  await page.getByText('Nobody is signed in.').waitFor();
});

test('the embedded page of an app elsewhere signs in by itself', async () => {
  const { user } = await stage.server.addUser({ firstName: 'Grace', lastName: 'Hopper' });
  const { url } = await stage.server.api.signInTokens.createSignInToken({
    userId: user.id,
    signInUrl: `${stage.app.otherUrl}/sign-in`,
  });
  const { page, complaints } = await newVisitor(stage.browser);
  await page.goto(url);
  await page.getByText(seat).waitFor();
  await page.reload();
  await page.getByText(seat).waitFor();
  expect(new URL(page.url()).origin).toBe(stage.app.otherUrl);
  expect(complaints).toEqual([]);
});

test('a link may lead to no foreign place: its page says so and stays', async () => {
  const { user } = await stage.server.addUser();
  const { url } = await stage.server.api.signInTokens.createSignInToken({ userId: user.id });
  const { page } = await newVisitor(stage.browser);
  await page.goto(`${url}&redirect_url=${encodeURIComponent('https://elsewhere.example/')}`);
  await page.getByText('This address is not allowed').waitFor();
  expect(new URL(page.url()).origin).toBe(stage.server.url);
});

let companies = 0;

test.each([
  ['path', (ticket: string) => `${stage.app.otherUrl}/sign-in?__clerk_ticket=${ticket}`],
  ['hash', (ticket: string) => `${stage.app.otherUrl}/sign-in-hash#/?__clerk_ticket=${ticket}`],
])(
  'whoever comes back from their company is signed in on the other site (%s)',
  async (_kind, link) => {
    companies += 1;
    const domain = `works${companies}.example`;
    const works = await openCompany(stage.server, `Example Works ${companies}`, [domain]);
    try {
      const { user } = await works.addWorker(domain);
      const { token } = await stage.server.api.signInTokens.createSignInToken({ userId: user.id });
      const { page, complaints } = await newVisitor(stage.browser);
      await page.goto(link(token));
      await page.getByText('Held at the will-call window').waitFor();
      expect(page.url()).toBe(`${stage.app.otherUrl}/protected`);
      await page.reload();
      await page.getByText('Held at the will-call window').waitFor();
      expect((await stage.server.api.sessions.getSessionList({ userId: user.id })).totalCount).toBe(
        1,
      );
      expect(complaints).toEqual([]);
    } finally {
      await works.close();
    }
  },
);
