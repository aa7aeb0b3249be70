import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { createWillcallClient } from '@willcall/backend';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../tooling/chromium.ts';
import { blockWith, blocksOf, root } from './documents.ts';
import { type RunningServer, startServer } from '../../tooling/development-server.ts';

let server: RunningServer;

beforeAll(async () => {
  server = await startServer();
});

afterAll(() => server?.stop());

test('whoever opens the link of the shortest true program is Ada', async () => {
  expect(blocksOf('README.md').filter(({ language }) => language === 'ts').length).toBe(1);
  const printed = await run(blockWith('README.md', 'createWillcallClient'));
  const link = /^Open this link: (\S+)\n$/.exec(printed)?.[1] ?? printed;
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(link);
    await page.getByText('ada@example.com').first().waitFor();
    expect(page.url()).not.toContain('ticket');
  } finally {
    await browser.close();
  }
  const willcall = createWillcallClient({ apiUrl: server.url });
  const { data } = await willcall.users.getUserList({ emailAddress: 'ada@example.com' });
  const tokens = await willcall.signInTokens.list({ userId: data[0]?.id ?? '' });
  expect(tokens.data.map(({ status }) => status)).toEqual(['accepted']);
});

/** Runs a program as a file at the root of the repository would run, and answers what it printed. */
async function run(program: string): Promise<string> {
  const options = ['--conditions=willcall-source', '--input-type=module-typescript', '-'];
  const child = spawn(process.execPath, options, {
    cwd: root,
    env: { ...process.env, WILLCALL_API_URL: server.url },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(program);
  return text(child.stdout);
}
