import type { ChildProcess } from 'node:child_process';
import { appendFileSync, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createWillcallClient, verifyToken } from '@willcall/backend';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { launchChromium } from '../../tooling/chromium.ts';
import { type RunningApp, serveApp } from './app/serve.ts';
import { firstLine, runCommand, startCommand } from './command.ts';
import { blockWith, commandsOf, variablesOf } from './documents.ts';
import { stop } from '../../tooling/development-server.ts';
import { numberedAddresses, startTlsFront, type TlsFront } from '../../tooling/tls-front.ts';
import { expectLimitsByAddress } from './own-limits.ts';
import { findProxy, startCaddy, startNginx } from './proxies.ts';

const guide = 'docs/guides/production.md';
const authUrl = 'https://auth.example.com';
const appUrl = 'https://app.example.com';

const commands = commandsOf(guide);

let folder: string;
let serving: ChildProcess;
let app: RunningApp;
let front: TlsFront;
let browser: Browser;
let apiUrl: string;
let secretKey: string;
let userId: string;

// What the page tells one to type, from its first line to the start of the server.
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'willcall-production-'));
  expect(commands.slice(0, 3)).toEqual(['npm run build', 'mkdir instance', 'cd instance']);
  await mkdir(path.join(folder, 'instance'));
  const init = await run(commandWith(' init '));
  secretKey = /sk_live_\w+/.exec(init)?.[0] ?? '';
  appendFileSync(
    path.join(folder, 'instance/willcall.env'),
    blockWith(guide, 'WILLCALL_TRUSTED_PROXIES='),
  );
  expect(await run(commandWith(' config check '))).toContain('can be used');

  serving = startCommand(commandWith(' serve '), path.join(folder, 'instance'));
  const line = await firstLine(serving);
  expect(line).toContain(`serves ${authUrl}`);
  const port = Number(/port (\d+)/.exec(line)?.[1]);
  apiUrl = `http://127.0.0.1:${port}`;
  app = await serveApp(authUrl);
  front = await startTlsFront(
    { 'auth.example.com': { port }, 'app.example.com': { port: app.port } },
    numberedAddresses(),
  );
  const here = `127.0.0.1:${front.port}`;
  browser = await launchChromium(
    '--ignore-certificate-errors',
    `--host-resolver-rules=MAP auth.example.com:443 ${here},MAP app.example.com:443 ${here}`,
  );
  const { users } = createWillcallClient({ apiUrl, secretKey });
  userId = (await users.createUser({ emailAddress: ['ada@example.com'] })).id;
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await browser?.close();
  front?.stop();
  app?.stop();
  if (serving) await stop(serving);
  await rm(folder, { recursive: true, force: true });
});

test('the commands make and start an instance that knows its three places', () => {
  for (const name of ['willcall.env', 'willcall.config.json', '.willcall']) {
    expect(existsSync(path.join(folder, 'instance', name)), name).toBe(true);
  }
  expect(secretKey).toMatch(/^sk_live_/);
});

test('a link to the hosted page ends signed in on the app', async () => {
  const { linkToHostedPage } = await snippet<{ linkToHostedPage(id: string): Promise<string> }>(
    'issue-for-hosted-page',
  );
  const url = await linkToHostedPage(userId);
  expect(url).toContain(`${authUrl}/sign-in?__clerk_ticket=`);
  await openLink(url);
});

test('a link to the page of the app is asked about, and ends signed in there', async () => {
  const { linkToYourPage } = await snippet<{ linkToYourPage(id: string): Promise<string> }>(
    'issue-for-your-page',
  );
  const url = await linkToYourPage(userId);
  expect(url).toContain(`${authUrl}/sign-in?__clerk_ticket=`);
  await openLink(url);
});

test('a link to a page without a component ends signed in as well', async () => {
  const { signInTokens } = createWillcallClient({ apiUrl, secretKey });
  const { url } = await signInTokens.createSignInToken({ userId, signInUrl: `${appUrl}/by-link` });
  await openLink(url);
});

test.each(['kiosk', 'by-ticket'])('a ticket in hand signs in on /%s', async (page) => {
  const { ticketFor } = await snippet<{ ticketFor(id: string): Promise<string> }>('issue-for-code');
  await open(
    `${appUrl}/${page}#${await ticketFor(userId)}`,
    page === 'kiosk' ? 'In the inbox of' : 'Signed in as',
  );
});

test('a link to an origin that is not listed is refused', async () => {
  const { signInTokens } = createWillcallClient({ apiUrl, secretKey });
  const foreign = signInTokens.createSignInToken({
    userId,
    redirectUrl: 'https://elsewhere.example',
  });
  await expect(foreign).rejects.toMatchObject({ code: 'redirect_url_mismatch' });
});

test('the commands about keys and old data run beside the server, and nobody is signed out', async () => {
  const url = (
    await createWillcallClient({ apiUrl, secretKey }).signInTokens.createSignInToken({
      userId,
      signInUrl: `${appUrl}/sign-in`,
      redirectUrl: `${appUrl}/inbox`,
    })
  ).url;
  await openLink(url, async (page) => {
    const created = await run(commandWith(' keys create '));
    const fresh = /sk_live_\w+/.exec(created)?.[0] ?? '';
    expect(
      (await createWillcallClient({ apiUrl, secretKey: fresh }).users.getUser(userId)).id,
    ).toBe(userId);
    expect(await run(commandWith(' keys list '))).toContain('shop');
    expect(await run(commandWith(' keys rotate '))).not.toBe('');
    expect(await run(commandWith(' purge --dry-run'))).toContain('would go');
    expect(await run(commandWith(' purge --env-file'))).toContain('removed');
    await page.reload();
    await page.getByText(`In the inbox of ${userId}`).waitFor();
    const token = await page.evaluate(() => window.Willcall?.session?.getToken());
    // For ten seconds after a fetch no unknown key causes another: this may have been told before.
    const verify = () => verifyToken(token ?? '', { apiUrl, authorizedParties: [appUrl] });
    await expect.poll(() => verify().then(({ sub }) => sub)).toBe(userId);
  });
});

describe.each([
  { name: 'caddy', says: 'reverse_proxy', start: startCaddy },
  { name: 'nginx', says: 'proxy_pass', start: startNginx },
])('behind $name as the page sets it up', ({ name, says, start }) => {
  const program = findProxy(name, guide);

  test.skipIf(program === undefined)(
    'a link signs in, and a limit counts people by their own addresses',
    async () => {
      const block = blockWith(guide, says);
      expect(block).toContain('127.0.0.1:4000');
      const proxy = await start(
        program ?? '',
        block.replace('127.0.0.1:4000', new URL(apiUrl).host),
      );
      onTestFinished(proxy.stop);
      const visitors = await launchChromium(
        '--ignore-certificate-errors',
        `--host-resolver-rules=MAP auth.example.com:443 127.0.0.1:${proxy.port}`,
      );
      onTestFinished(() => visitors.close());
      const { signInTokens } = createWillcallClient({ apiUrl, secretKey });
      const { url } = await signInTokens.createSignInToken({ userId });
      const page = await visitors.newPage();
      await page.goto(url);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('heading', { name: 'You are signed in', exact: true }).waitFor();
      expect(page.url()).toBe(`${authUrl}/`);
      await expectLimitsByAddress(proxy.port);
    },
  );
});

test('no command of the page is left out', () => {
  const rest = commands.filter(
    (command) =>
      !/^npx willcall (init|config check|serve|purge|keys (create|list|rotate)) /.test(command),
  );
  expect(rest).toEqual(['npm run build', 'mkdir instance', 'cd instance']);
});

/** Opens a link in a browser of its own, presses the button of the page that asks, and arrives. */
async function openLink(url: string, look?: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Continue' }).click();
  await arrive(page, 'In the inbox of');
  await look?.(page);
  await context.close();
}

/** Opens an address of the app in a browser of its own, and waits until it says who is signed in. */
async function open(url: string, says: string): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await arrive(page, says);
  await context.close();
}

async function arrive(page: Page, says: string): Promise<void> {
  await page.getByText(`${says} ${userId}`).waitFor();
  expect(new URL(page.url()).origin).toBe(appUrl);
}

async function snippet<Module>(name: string): Promise<Module> {
  vi.resetModules();
  // The server of this machine, in the place of the page's.
  const given = variablesOf(blockWith(guide, 'WILLCALL_API_URL='));
  for (const variable of Object.keys(given))
    vi.stubEnv(variable, variable.endsWith('URL') ? apiUrl : secretKey);
  vi.stubEnv('APP_URL', appUrl);
  return (await import(`../guides/snippets/${name}.ts`)) as Module;
}

function commandWith(part: string): string {
  const [command, ...more] = commands.filter((each) => each.includes(part));
  if (command === undefined || more.length > 0)
    throw new Error(`${guide} has not one command with "${part}".`);
  return command;
}

function run(command: string): Promise<string> {
  return runCommand(command, path.join(folder, 'instance'));
}
