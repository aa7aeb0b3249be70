import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { createWillcallClient } from '@willcall/backend';
import { expect, onTestFinished, test } from 'vitest';
import { launchChromium } from '../../tooling/chromium.ts';
import { blockWith, blocksOf, root } from './documents.ts';
import { startServer } from '../../tooling/development-server.ts';

test('whoever opens the link of the shortest true program is Ada', async () => {
  expect(blocksOf('README.md').filter(({ language }) => language === 'ts').length).toBe(1);
  const server = await startServer();
  onTestFinished(server.stop);
  const printed = await run(blockWith('README.md', 'createWillcallClient'), server.url);
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
async function run(program: string, apiUrl: string): Promise<string> {
  const options = ['--conditions=willcall-source', '--input-type=module-typescript', '-'];
  const child = spawn(process.execPath, options, {
    cwd: root,
    env: { ...process.env, WILLCALL_API_URL: apiUrl },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(program);
  return text(child.stdout);
}
