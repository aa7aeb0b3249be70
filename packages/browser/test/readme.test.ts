import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import * as sdk from '@willcall/browser';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../../tooling/chromium.ts';
import { type CalledServer, startCalledServer } from './server.ts';

const folder = new URL('readme/', import.meta.url);
const readmeFile = new URL('../README.md', import.meta.url);

let server: CalledServer;
let app: Server;
let url: string;
let browser: Browser;

beforeAll(async () => {
  server = await startCalledServer();
  ({ app, url } = await serveFirstSnippet());
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  app?.close();
  await server?.stop();
});

// The type check covers these files, so a snippet that equals one compiles.
test('every snippet is one of the checked files, and every file is shown once', async () => {
  const names = await readdir(folder);
  const files = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  const readme = await readFile(readmeFile, 'utf8');
  const snippets = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
  expect(files.length).toBeGreaterThan(2);
  expect(snippets.toSorted()).toEqual(files.toSorted());
});

test('everything that can be called is named', async () => {
  const readme = await readFile(readmeFile, 'utf8');
  const names = Object.keys(sdk).filter((name) => name !== 'unloadedSnapshot');
  expect(names.length).toBeGreaterThan(4);
  for (const name of names) expect(readme).toMatch(new RegExp(`\`${name}\\b`));
});

test('the shortest program signs in by a link, and greets', async () => {
  const user = await server.call<{ id: string }>('POST', '/users', {
    email_address: ['ada@example.com'],
    first_name: 'Grace',
  });
  const link = await server.call<{ url: string }>('POST', '/sign_in_tokens', {
    user_id: user.id,
    sign_in_url: url,
  });
  const page = await browser.newPage();
  await page.goto(url);
  await page.getByText('Nobody is signed in.').waitFor();
  await page.goto(link.url);
  await page.getByText('Hello Grace').waitFor();
  expect(page.url()).toBe(url);
  await page.reload();
  await page.getByText('Hello Grace').waitFor();

  // Whoever is signed in stays so, and is told that the link is none.
  const said = page.waitForEvent('dialog');
  await page.goto(`${url}?__clerk_ticket=none`, { waitUntil: 'commit' });
  const dialog = await said;
  expect(dialog.message()).not.toBe('');
  await dialog.dismiss();
  await page.getByText('Hello Grace').waitFor();
});

async function serveFirstSnippet(): Promise<{ app: Server; url: string }> {
  const scripts = await bundle();
  const page =
    '<!doctype html><link rel="icon" href="data:,"><body><script type="module" src="/main.js"></script>';
  const started = createServer((request, response) => {
    const script = scripts.get(request.url?.slice(1) ?? '');
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? page);
  });
  await once(started.listen(0, '127.0.0.1'), 'listening');
  return { app: started, url: `http://localhost:${(started.address() as AddressInfo).port}/` };
}

async function bundle(): Promise<ReadonlyMap<string, string>> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['willcall-source', 'module', 'browser', 'production'] },
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: {
        input: fileURLToPath(new URL('redeem-the-link.ts', folder)),
        output: { entryFileNames: 'main.js' },
      },
    },
  });
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  const chunks = outputs.filter((output) => output.type === 'chunk');
  // The address of the README is where a server listens that somebody started there.
  return new Map(
    chunks.map(({ fileName, code }) => [
      fileName,
      code.replaceAll('http://localhost:4000', server.url),
    ]),
  );
}
