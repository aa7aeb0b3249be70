import type { ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createWillcallClient, type WillcallClient } from '@willcall/backend';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { launchChromium } from '../../tooling/chromium.ts';
import { stop } from '../../tooling/development-server.ts';
import { freePort } from '../../tooling/free-port.ts';
import { newAddress } from '../../tooling/new-address.ts';
import { type PostgresServer, startPostgres } from '../../tooling/postgresql.ts';
import { firstLine, runCommand, startCommand } from './command.ts';
import { blockWith, readDocument, variablesOf } from './documents.ts';
import { expectLimitsByAddress } from './own-limits.ts';
import { post } from './post.ts';
import { findProxy, type Proxy, startCaddy } from './proxies.ts';

const guide = 'docs/guides/several-nodes.md';
const production = 'docs/guides/production.md';
const authUrl = 'https://auth.example.com';

const site = blockWith(guide, 'reverse_proxy');
/** What the page gives to nodes as addresses. */
const addresses = /10\.0\.0\.\d+:4000/g;

interface Node {
  readonly port: number;
  process: ChildProcess | undefined;
}

const caddy = findProxy('caddy', guide);

describe.skipIf(caddy === undefined)('nodes behind the Caddy of the page', () => {
  let postgres: PostgresServer;
  let folder: string;
  let nodes: readonly Node[];
  let proxy: Proxy;
  let browser: Browser;
  let secretKey: string;
  let api: WillcallClient;

  beforeAll(async () => {
    postgres = await startPostgres();
    folder = await mkdtemp(path.join(tmpdir(), 'willcall-several-'));
    // The database of this machine, in the place of the page's.
    for (const name of Object.keys(variablesOf(blockWith(production, 'DATABASE_URL='))))
      vi.stubEnv(name, postgres.url('postgres'));
    const init = `npx willcall init --production --public-url ${authUrl}`;
    secretKey = /sk_live_\w+/.exec(await runCommand(init, folder))?.[0] ?? '';
    vi.unstubAllEnvs();
    const drain = /Set the seconds to .*, here (\d+)\./.exec(readDocument(guide))?.[1];
    const trusted = blockWith(production, 'WILLCALL_TRUSTED_PROXIES=');
    const settings = `${trusted}WILLCALL_DRAIN_SECONDS=${drain}\n`;
    appendFileSync(path.join(folder, 'willcall.env'), settings);
    const ports = await Promise.all((site.match(addresses) ?? []).map(freePort));
    nodes = ports.map((port) => ({ port, process: undefined }));
    await startNodes();
    const left = [...ports];
    proxy = await startCaddy(
      caddy ?? '',
      site.replaceAll(addresses, () => `127.0.0.1:${left.shift()}`),
    );
    browser = await launchChromium(
      '--ignore-certificate-errors',
      `--host-resolver-rules=MAP auth.example.com:443 127.0.0.1:${proxy.port}`,
    );
    api = createWillcallClient({ apiUrl: `http://127.0.0.1:${ports.at(-1)}`, secretKey });
  });

  afterAll(async () => {
    await browser?.close();
    await proxy?.stop();
    for (const node of nodes ?? []) if (node.process) await stop(node.process);
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  // They all run again, whatever ended in the test before, or in this one the first time.
  beforeEach(startNodes);

  async function startNodes(): Promise<void> {
    for (const node of nodes) {
      if (node.process && isRunning(node.process)) continue;
      const serve = `npx willcall serve --env-file willcall.env --port ${node.port}`;
      node.process = startCommand(serve, folder);
      await firstLine(node.process);
    }
  }

  async function stopNode(at: number): Promise<void> {
    const running = nodes[at]?.process;
    if (!running) throw new Error(`there is no node ${at}`);
    await stop(running);
  }

  test('a sign-in goes on when nodes end under way', async () => {
    expect(nodes).toHaveLength(3);
    const user = await api.users.createUser({ emailAddress: [newAddress('grace')] });
    const { url } = await api.signInTokens.createSignInToken({ userId: user.id });
    const page = await browser.newPage();
    await page.goto(url);
    const press = page.getByRole('button', { name: 'Continue' });
    await press.waitFor();
    await stopNode(0);
    await press.click();
    await page.getByRole('heading', { name: 'You are signed in', exact: true }).waitFor();
    expect(page.url()).toBe(`${authUrl}/`);
    await stopNode(1);
    await page.reload();
    await page.getByRole('heading', { name: 'You are signed in', exact: true }).waitFor();
    await page.close();
  });

  test('a node that ends in good order loses no call', async () => {
    const user = await api.users.createUser({ emailAddress: [newAddress('ada')] });
    const issue = {
      headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ user_id: user.id }),
    };
    const statuses: number[] = [];
    let isOver = false;
    const load = (async () => {
      while (!isOver) {
        statuses.push(await post(proxy.port, '/v1/sign_in_tokens', issue));
        // Fewer than the thousand in ten seconds that an instance answers.
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    })();
    await expect.poll(() => statuses.length).toBeGreaterThan(10);
    await stopNode(1);
    const asked = statuses.length;
    await expect.poll(() => statuses.length).toBeGreaterThan(asked + 30);
    isOver = true;
    await load;
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  test('a limit counts people by their own addresses', () => expectLimitsByAddress(proxy.port));
});

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}
