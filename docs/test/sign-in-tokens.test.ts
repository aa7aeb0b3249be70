import { createWillcallClient, type WillcallClient } from '@willcall/backend';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { launchChromium } from '../../tooling/chromium.ts';
import { type RunningApp, serveApp } from './app/serve.ts';
import { blockWith } from './documents.ts';
import { type RunningServer, startServer } from '../../tooling/development-server.ts';

const guide = 'docs/guides/sign-in-tokens.md';

let server: RunningServer;
let app: RunningApp;
let browser: Browser;
let willcall: WillcallClient;
let userId: string;

beforeAll(async () => {
  server = await startServer();
  app = await serveApp(server.url);
  browser = await launchChromium();
  willcall = createWillcallClient({ apiUrl: server.url });
  userId = server.demo_user_id;
});

afterAll(async () => {
  await browser?.close();
  app?.stop();
  await server?.stop();
});

let context: BrowserContext;
let page: Page;

beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await context.close();
});

// localhost shares its site with the server; 127.0.0.1 is another site, as any other domain is.
const sites = ['localhost', '127.0.0.1'];

test.each(sites)(
  'issue-for-hosted-page: the link ends signed in, in the app on %s',
  async (site) => {
    const { linkToHostedPage } = await snippet<HostedPage>('issue-for-hosted-page', site);
    const url = await linkToHostedPage(userId);
    expect(new URL(url).origin + new URL(url).pathname).toBe(`${server.url}/sign-in`);
    await page.goto(url);
    await isInInbox(site);
  },
);

test.each(sites)(
  'issue-for-your-page, sign-in-page: the link ends signed in, on %s',
  async (site) => {
    const { linkToYourPage } = await snippet<YourPage>('issue-for-your-page', site);
    const url = await linkToYourPage(userId);
    expect(new URL(url).origin + new URL(url).pathname).toBe(`${originOf(site)}/sign-in`);
    await page.goto(url);
    await isInInbox(site);
  },
);

test('sign-in-page: the ticket may stand inside the hash', async () => {
  const ticket = await issueTicket();
  await page.goto(
    `${originOf('localhost')}/sign-in#/?__clerk_ticket=${ticket}&redirect_url=/inbox`,
  );
  await isInInbox('localhost');
});

test.each(sites)(
  'issue-for-code, redeem-in-your-layout: a ticket in hand signs in on %s',
  async (site) => {
    await page.goto(`${originOf(site)}/kiosk#${await issueTicket()}`);
    await isInInbox(site);
  },
);

test('redeem-in-your-layout: a refused ticket says so, and the page stays', async () => {
  await page.goto(`${originOf('localhost')}/kiosk#no-ticket`);
  await page.getByText(/link/i).waitFor();
  expect(new URL(page.url()).pathname).toBe('/kiosk');
});

test('redeem-in-your-layout: where the network goes it says so, though nothing can be fetched any more', async () => {
  const complaints = errorsOf(page);
  const prepared = page.waitForEvent('requestfinished', (request) =>
    request.url().includes('/outage-'),
  );
  await page.route('**/v1/client/sign_ins', async (route) => {
    await prepared;
    await context.setOffline(true);
    await route.abort('internetdisconnected');
  });
  await page.goto(`${originOf('localhost')}/kiosk#${await issueTicket()}`);
  await page.getByText('There was no answer.').waitFor();
  expect(complaints).toEqual([]);
});

test('redeem-in-your-layout: where its files do not arrive either, it asks for a reload', async () => {
  const complaints = errorsOf(page);
  await page.route(/\/(read|late|outage)-[^/]*\.js|\/client\/sign_ins/, (route) => route.abort());
  await page.goto(`${originOf('localhost')}/kiosk#${await issueTicket()}`);
  await page.getByText('A part is missing.').waitFor();
  expect(complaints).toEqual([]);
});

test.each(sites)('redeem-from-url: the ticket of the address is redeemed on %s', async (site) => {
  const { url } = await willcall.signInTokens.createSignInToken({
    userId,
    signInUrl: `${originOf(site)}/by-link`,
  });
  await page.goto(url);
  await isInInbox(site);
});

test.each(sites)('redeem-from-code: a ticket in hand is redeemed once, on %s', async (site) => {
  const ticket = await issueTicket();
  await page.goto(`${originOf(site)}/by-ticket#${ticket}`);
  await page.getByText(`Signed in as ${userId}.`).waitFor();
  const other = await browser.newContext();
  const otherPage = await other.newPage();
  await otherPage.goto(`${originOf(site)}/by-ticket#${ticket}`);
  await otherPage.getByText('Ask for a new link.').waitFor();
  await other.close();
});

test('a link leads straight to a page that the settings name as one that asks', async () => {
  const settings = JSON.parse(blockWith(guide, 'asking_pages')) as { asking_pages: string[] };
  const [askingPage = ''] = settings.asking_pages;
  const { origin } = new URL(askingPage);
  const asking = await startServer({
    settings: { ...settings, confirmation: 'always', allowed_origins: [origin] },
  });
  try {
    const { signInTokens } = createWillcallClient({ apiUrl: asking.url });
    const leadsTo = async (signInUrl: string) => {
      const issued = await signInTokens.createSignInToken({
        userId: asking.demo_user_id,
        signInUrl,
      });
      return issued.url.split('?')[0];
    };
    expect(await leadsTo(askingPage)).toBe(askingPage);
    expect(await leadsTo(`${origin}/another`)).toBe(`${asking.url}/sign-in`);
  } finally {
    await asking.stop();
  }
});

interface HostedPage {
  linkToHostedPage(userId: string): Promise<string>;
}

interface YourPage {
  linkToYourPage(userId: string): Promise<string>;
}

interface TicketForCode {
  ticketFor(userId: string): Promise<string>;
}

async function issueTicket(): Promise<string> {
  const { ticketFor } = await snippet<TicketForCode>('issue-for-code', 'localhost');
  return ticketFor(userId);
}

/** A server-side snippet, loaded anew, in the environment of an app on this site. */
async function snippet<Module>(name: string, site: string): Promise<Module> {
  vi.resetModules();
  vi.stubEnv('WILLCALL_API_URL', server.url);
  vi.stubEnv('APP_URL', originOf(site));
  return (await import(`../guides/snippets/${name}.ts`)) as Module;
}

function originOf(site: string): string {
  return `http://${site}:${app.port}`;
}

/** What nobody caught in it. */
function errorsOf(of: Page): readonly string[] {
  const errors: string[] = [];
  of.on('pageerror', ({ message }) => errors.push(message));
  return errors;
}

async function isInInbox(site: string): Promise<void> {
  await page.getByText(`In the inbox of ${userId}`).waitFor({ timeout: 20_000 });
  const address = new URL(page.url());
  expect(address.origin + address.pathname).toBe(`${originOf(site)}/inbox`);
  expect(address.href).not.toContain('ticket');
}
