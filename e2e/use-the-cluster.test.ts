import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchChromium } from '../tooling/chromium.ts';
import { type BackendCall, backendApi } from './backend-api.ts';
import { freePort } from '../tooling/free-port.ts';
import { root, type RunningProcess, startProcess } from './process.ts';
import { newVisitor } from './visitor.ts';

const folder = path.join(root, 'examples/cluster');

interface Node {
  readonly pid: number;
  readonly port: number;
}

let cluster: RunningProcess;
let url: string;
let nodes: readonly Node[];
let link: string;
let call: BackendCall;
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

// A cluster for each test: nodes end in it, and its link is good once.
beforeEach(async () => {
  const port = await freePort();
  url = `http://localhost:${port}`;
  cluster = await startProcess((await startCommand()).split(' ').slice(1), {
    cwd: folder,
    env: { PORT: String(port) },
    isReady: /(Node 1[^]*)Secret key: (\S+)\nSign in: (\S+)\n/,
  });
  const [, listed = '', secretKey = '', given = ''] = cluster.ready;
  nodes = [...listed.matchAll(/process (\d+) on port (\d+)/g)].map(([, pid, at]) => ({
    pid: Number(pid),
    port: Number(at),
  }));
  link = given;
  call = backendApi(url, secretKey);
});

afterEach(() => cluster?.stop());

/** What `npm start --workspace …` of the README runs. */
async function startCommand(): Promise<string> {
  const text = await readFile(path.join(folder, 'package.json'), 'utf8');
  const manifest = JSON.parse(text) as { name: string; scripts: { start: string } };
  const readme = await readFile(path.join(folder, 'README.md'), 'utf8');
  expect(readme).toContain(`npm start --workspace ${manifest.name}\n`);
  expect(manifest.scripts.start).toMatch(/^node /);
  return manifest.scripts.start;
}

function node(at: number): Node {
  const found = nodes[at];
  if (!found) throw new Error(`there are ${nodes.length} nodes`);
  return found;
}

async function signIn(by: string) {
  const { page, complaints } = await newVisitor(browser);
  await page.goto(by);
  await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
  expect(page.url()).toBe(`${url}/`);
  await page.reload();
  await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
  return { page, complaints };
}

test('the link signs in by three nodes, and by two when one was killed', async () => {
  expect(nodes).toHaveLength(3);
  const first = await signIn(link);
  process.kill(node(0).pid, 'SIGKILL');
  await expect.poll(() => isRunning(node(0))).toBe(false);
  await first.page.reload();
  await first.page.getByRole('heading', { name: 'You are signed in' }).waitFor();
  const user = await call<{ id: string }>('POST', '/users', {
    email_address: ['grace@example.com'],
  });
  const token = await call<{ url: string }>('POST', '/sign_in_tokens', { user_id: user.id });
  const second = await signIn(token.url);
  expect([...first.complaints, ...second.complaints]).toEqual([]);
});

test('a node that is told to end says first that it is not ready, and no call is lost', async () => {
  const { pid, port } = node(1);
  let isOver = false;
  const statuses: number[] = [];
  const callAgain = async () => {
    while (!isOver)
      statuses.push((await fetch(`${url}/v1/dev_browser`, { method: 'POST' })).status);
  };
  const load = Array.from({ length: 8 }, callAgain);
  await expect.poll(() => statuses.length).toBeGreaterThan(50);
  process.kill(pid, 'SIGTERM');
  const readiness = () =>
    fetch(`http://127.0.0.1:${port}/health/ready`).then(({ status }) => status);
  await expect.poll(readiness, { interval: 20 }).toBe(503);
  const asked = statuses.length;
  await expect.poll(() => isRunning({ pid }), { timeout: 30_000 }).toBe(false);
  await expect.poll(() => statuses.length).toBeGreaterThan(asked + 50);
  isOver = true;
  await Promise.all(load);
  expect(new Set(statuses)).toEqual(new Set([200]));
});

function isRunning({ pid }: Pick<Node, 'pid'>): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
