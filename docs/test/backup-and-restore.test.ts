import type { ChildProcess } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createWillcallClient } from '@willcall/backend';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { firstLine, runCommand, startCommand } from './command.ts';
import { blocksOf, blockWith } from './documents.ts';
import { stop } from '../../tooling/development-server.ts';

const guide = 'docs/guides/backup-and-restore.md';

const commands = blocksOf(guide)
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text: block }) => block.trim().split('\n'));

let folder: string;
let secretKey: string;
const serving: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'willcall-backup-'));
  const init = 'npx willcall init --production --public-url https://auth.example.com';
  secretKey = /sk_live_\w+/.exec(await run(init))?.[0] ?? '';
});
afterAll(async () => {
  for (const child of serving) await stop(child);
  await rm(folder, { recursive: true, force: true });
});

test('the page is followed from its first line to its last, and what it says is so', async () => {
  // On this machine the second folder lies beside the data.
  const setting = blockWith(guide, 'WILLCALL_FENCE_DIR=');
  appendFileSync(path.join(folder, 'willcall.env'), setting.replace('/var/lib', folder));
  const followed: string[] = [];
  const next = (part: string) => {
    const command = commands[followed.length] ?? '';
    expect(command).toContain(part);
    followed.push(command);
    return command;
  };

  const first = await serve('npx willcall serve --env-file willcall.env');
  const user = await first.api.users.createUser({ emailAddress: ['ada@example.com'] });
  const link = await first.api.signInTokens.createSignInToken({ userId: user.id });
  next('mkdir backups');
  mkdirSync(path.join(folder, 'backups'));
  expect(await run(next('backup'))).toBe('backups/monday.db\n');
  await stop(first.child);

  expect(await run(next('restore'))).toContain('epoch 2: 1 pending tickets');
  const names = await readdir(path.join(folder, '.willcall'));
  expect(names.filter((name) => /^willcall-replaced-.+\.db$/.test(name))).toHaveLength(1);
  const second = await serve(next('serve'));
  const after = await second.api.signInTokens.getSignInToken(link.id);
  expect(after.status).toBe('revoked');
  expect(await run(next('fence show'))).toMatch(/^Epoch 2: since .+, by willcall restore\./);
  expect(await run(next('fence raise'))).toContain('The fence is at epoch 3');
  await stop(second.child);
  expect(await readdir(path.join(folder, 'willcall-fence'))).toHaveLength(1);
  expect(followed).toEqual(commands);
});

async function serve(command: string) {
  const child = startCommand(command, folder);
  serving.push(child);
  const apiUrl = `http://127.0.0.1:${/port (\d+)/.exec(await firstLine(child))?.[1] ?? ''}`;
  return { child, api: createWillcallClient({ apiUrl, secretKey }) };
}

function run(command: string): Promise<string> {
  return runCommand(command, folder);
}
