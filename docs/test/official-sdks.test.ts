import { spawn } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { launchChromium } from '../../tooling/chromium.ts';
import { blocksOf, root } from './documents.ts';
import { type RunningServer, startServer } from '../../tooling/development-server.ts';

// Here the official packages are found, and the repository's own tools above them.
const conformance = path.join(root, 'conformance');
const folder = path.join(conformance, '.build', `official-sdks-${process.pid}`);
const titled = blocksOf('docs/guides/official-sdks.md').filter(({ title }) => title !== undefined);

let server: RunningServer;
let app: ViteDevServer;
let link: string;

beforeAll(async () => {
  server = await startServer({ env: { WILLCALL_CLERK_PACKAGES: conformance } });
  for (const { title = '', text: block } of titled) {
    const file = path.join(folder, title);
    await mkdir(path.dirname(file), { recursive: true });
    // The server of the text has the usual port; that of a test has a free one.
    await writeFile(file, block.replace('http://localhost:4000', server.url));
  }
  await writeFile(path.join(folder, 'index.html'), page);
});

afterAll(async () => {
  await app?.close();
  await server?.stop();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

test('the server sample prints a link to the hosted page', async () => {
  const child = spawn(process.execPath, [path.join(folder, 'issue.ts')], {
    env: {
      ...process.env,
      CLERK_API_URL: server.url,
      CLERK_SECRET_KEY: server.secret_key,
      CLERK_PUBLISHABLE_KEY: server.publishable_key,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  link = (await text(child.stdout)).trim();
  expect(link).toContain(`${server.url}/sign-in?__clerk_ticket=wct_`);
});

test('the page sample signs in by the ticket of such a link', async () => {
  vi.stubEnv('VITE_CLERK_PUBLISHABLE_KEY', server.publishable_key);
  const configFile = path.join(folder, 'vite.config.ts');
  app = await createServer({
    root: folder,
    configFile,
    logLevel: 'error',
    server: { port: 0, strictPort: false },
  });
  await app.listen();
  const browser = await launchChromium();
  try {
    const visit = await browser.newPage();
    await visit.goto(new URL(`/sign-in${new URL(link).search}`, app.resolvedUrls?.local[0]).href);
    await visit.getByText('Signed in as ada@example.com').waitFor();
    expect(visit.url()).not.toContain('ticket');
  } finally {
    await browser.close();
  }
});

const page =
  '<!doctype html><html lang="en"><title>App</title><body><script type="module" src="/src/main.tsx"></script>';
