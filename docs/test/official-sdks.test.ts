import { spawn } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createServer, type ViteDevServer } from 'vite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { launchChromium } from '../../tooling/chromium.ts';
import { blocksOf, blockWith, root, variablesOf } from './documents.ts';
import { type RunningServer, startServer } from '../../tooling/development-server.ts';

// Here the official packages are found, and the repository's own tools above them.
const conformance = path.join(root, 'conformance');
const folder = path.join(conformance, '.build', `official-sdks-${process.pid}`);
const guide = 'docs/guides/official-sdks.md';
const titled = blocksOf(guide).filter(({ title }) => title !== undefined);

let server: RunningServer;
let app: ViteDevServer | undefined;

// Whoever the sample adds can be added once.
beforeEach(async () => {
  const setting = blockWith(guide, 'WILLCALL_CLERK_PACKAGES=');
  server = await startServer({
    env: variablesOf(setting.replace('/home/ada/my-app', conformance)),
  });
  for (const { title = '', text: block } of titled) {
    const file = path.join(folder, title);
    await mkdir(path.dirname(file), { recursive: true });
    // The server of the text has the usual port; that of a test has a free one.
    await writeFile(file, block.replace('http://localhost:4000', server.url));
  }
  await writeFile(path.join(folder, 'index.html'), page);
});

afterEach(async () => {
  await app?.close();
  await server?.stop();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

test('the server sample prints a link to the hosted page', async () => {
  expect(await printedLink()).toContain(`${server.url}/sign-in?__clerk_ticket=wct_`);
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
    const { search } = new URL(await printedLink());
    await visit.goto(new URL(`/sign-in${search}`, app.resolvedUrls?.local[0]).href);
    await visit.getByText('Signed in as ada@example.com').waitFor();
    expect(visit.url()).not.toContain('ticket');
  } finally {
    await browser.close();
  }
});

const page =
  '<!doctype html><html lang="en"><title>App</title><body><script type="module" src="/src/main.tsx"></script>';

/** What the server sample prints. */
async function printedLink(): Promise<string> {
  const child = spawn(process.execPath, [path.join(folder, 'issue.ts')], {
    env: { ...process.env, ...variables() },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return (await text(child.stdout)).trim();
}

/** Those of the page, with the address and the keys of this server. */
function variables(): Record<string, string> {
  const block = blockWith(guide, 'CLERK_API_URL=')
    .replaceAll('http://localhost:4000', server.url)
    .replace('pk_test_…', server.publishable_key)
    .replace('sk_test_…', server.secret_key);
  return variablesOf(block);
}
