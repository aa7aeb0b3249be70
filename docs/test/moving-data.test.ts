import type { ChildProcess } from 'node:child_process';
import { appendFileSync, chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createWillcallClient } from '@willcall/backend';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { stop } from '../../tooling/development-server.ts';
import { type PostgresServer, startPostgres } from '../../tooling/postgresql.ts';
import { firstLine, runCommand, startCommand } from './command.ts';
import { blocksOf, blockWith } from './documents.ts';

const guide = 'docs/guides/moving-data.md';

const commands = blocksOf(guide)
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text: block }) => block.trim().split('\n'));

let folder: string;
let secretKey: string;
let postgres: PostgresServer;
const serving: ChildProcess[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  for (const child of serving) await stop(child);
  await postgres?.stop();
});

// Eleven processes, one after the other.
const patient = { timeout: 600_000 };

test('the page is followed to its last line, and what it says is so', patient, async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'willcall-moving-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const init = 'npx willcall init --production --public-url https://auth.example.com';
  secretKey = /sk_live_\w+/.exec(await run(init))?.[0] ?? '';
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
  await stop(first.child);

  writePostgresSettings();
  const [exporting = '', importing = ''] = next('export -').split(' | ');
  expect(await pipe(exporting, importing)).toMatch(/epoch 2: 1 pending tickets/);
  expect(await run(next('audit verify'))).toMatch(/^\S{43}\n$/);
  const second = await serve(next('serve'));
  expect((await second.api.users.getUser(user.id)).id).toBe(user.id);
  const after = await second.api.signInTokens.getSignInToken(link.id);
  expect(after.status).toBe('revoked');

  expect(await run(next('export willcall-export.ndjson'))).toBe('willcall-export.ndjson\n');
  expect(await run(next('import willcall-export.ndjson'))).toContain('epoch 3: 0 pending tickets');
  await stop(second.child);
  const back = await serve('npx willcall serve --env-file willcall.env --data moved-back');
  expect((await back.api.users.getUser(user.id)).id).toBe(user.id);
  // Up to date already: what is pending, and running it, is tested with the commands.
  expect(await run(next('migrate plan'))).toBe('');
  expect(await run(next('migrate apply'))).toBe('');
  expect(await run(next('migrate status'))).toMatch(/001-initial +ran /);
  expect(followed).toEqual(commands);
});

/** As the page says: the copy, with the address in the place of the folder. */
function writePostgresSettings(): void {
  const file = path.join(folder, 'postgres.env');
  copyFileSync(path.join(folder, 'willcall.env'), file);
  chmodSync(file, 0o600);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^WILLCALL_DATA=.*$/m, ''));
  const setting = blockWith(guide, 'DATABASE_URL=');
  expect(setting).toMatch(/^DATABASE_URL=postgresql:\S+\n$/);
  // The database of this machine, in the place of the page's.
  appendFileSync(file, `DATABASE_URL=${postgres.url('postgres')}\n`);
}

async function pipe(exporting: string, importing: string): Promise<string> {
  const source = startCommand(exporting, folder);
  const sink = startCommand(importing, folder, 'pipe');
  if (!source.stdout || !sink.stdin || !sink.stdout) throw new Error('there is nothing to join');
  source.stdout.pipe(sink.stdin);
  const told = await text(sink.stdout);
  expect([source.exitCode, sink.exitCode ?? 0]).toEqual([0, 0]);
  return told;
}

async function serve(command: string) {
  const child = startCommand(command, folder);
  serving.push(child);
  const apiUrl = `http://127.0.0.1:${/port (\d+)/.exec(await firstLine(child))?.[1] ?? ''}`;
  return { child, api: createWillcallClient({ apiUrl, secretKey }) };
}

function run(command: string): Promise<string> {
  return runCommand(command, folder);
}
