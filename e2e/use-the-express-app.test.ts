import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../tooling/chromium.ts';
import { freePort } from '../tooling/free-port.ts';
import { root, type RunningProcess, startProcess } from './process.ts';
import { type Server, startServer } from './server.ts';
import { newVisitor } from './visitor.ts';

const folder = path.join(root, 'examples/express');

let server: Server;
let app: RunningProcess;
let url: string;
let browser: Browser;
let readme: string;

beforeAll(async () => {
  server = await startServer();
  const port = await freePort();
  url = `http://localhost:${port}`;
  readme = await readFile(path.join(folder, 'README.md'), 'utf8');
  app = await startProcess((await startCommand()).split(' ').slice(1), {
    cwd: folder,
    env: { PORT: String(port), WILLCALL_API_URL: server.url },
    isReady: /The example is on (http\S+)/,
  });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await server?.stop();
});

/** What `npm start --workspace …` of the README runs. */
async function startCommand(): Promise<string> {
  const text = await readFile(path.join(folder, 'package.json'), 'utf8');
  const manifest = JSON.parse(text) as { name: string; scripts: { start: string } };
  expect(readme).toContain(`npm start --workspace ${manifest.name}\n`);
  expect(manifest.scripts.start).toMatch(/^node /);
  return manifest.scripts.start;
}

/** The `curl` of the README, sent to where the app is here. */
async function askForLink(): Promise<{ status: number; url: string }> {
  const command = /^curl -s (localhost:3000\S+) -H '([^:]+): ([^']+)' -d '([^']+)'$/m.exec(readme);
  const [, place = '', name = '', value = '', body = ''] = command ?? [];
  const address = `http://${place}`.replace('http://localhost:3000', url);
  const answer = await fetch(address, { method: 'POST', headers: { [name]: value }, body });
  return { status: answer.status, ...((await answer.json()) as { url: string }) };
}

test('the link of the README signs Ada in, and the server of the app knows her', async () => {
  const link = await askForLink();
  expect(link.status).toBe(201);
  const { page, complaints } = await newVisitor(browser);
  const answered = page.waitForResponse(`${url}/me`);
  await page.goto(link.url);
  await page.getByText('Signed in as ada@example.com.').waitFor();
  expect(page.url()).toBe(`${url}/`);
  expect(await (await answered).json()).toMatchObject({ email: 'ada@example.com' });

  await page.reload();
  await page.getByText('Signed in as ada@example.com.').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('Nobody is signed in.').waitFor();
  expect(complaints).toEqual([]);
});

test('the same person gets another link, and no second account', async () => {
  const links = [await askForLink(), await askForLink()];
  expect(new Set(links.map((link) => link.url)).size).toBe(2);
  const { totalCount } = await server.api.users.getUserList({ emailAddress: ['ada@example.com'] });
  expect(totalCount).toBe(1);
});

test('nobody is told anything without a session', async () => {
  const answer = await fetch(`${url}/me`);
  expect(answer.status).toBe(401);
  const forged = await fetch(`${url}/me`, { headers: { authorization: 'Bearer no.token.here' } });
  expect(forged.status).toBe(401);
});

test.each(['{}', '{"email":""}', '{"email":7}'])('%s asks for no link', async (body) => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/links`, { method: 'POST', headers, body });
  expect(answer.status).toBe(422);
});
