import { appendFileSync, chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { stop } from '../../tooling/development-server.ts';
import { startPostgres } from '../../tooling/postgresql.ts';
import { startCommand } from './command.ts';
import { blockWith } from './documents.ts';
import { follow } from './follow.ts';

const guide = 'docs/guides/moving-data.md';

// Eleven processes, one after the other.
const patient = { timeout: 600_000 };

test('the page is followed to its last line, and what it says is so', patient, async () => {
  const postgres = await startPostgres();
  onTestFinished(postgres.stop);
  const { folder, next, run, serve, expectEnd } = await follow(guide);
  const first = await serve('npx willcall serve --env-file willcall.env');
  const user = await first.api.users.createUser({ emailAddress: ['ada@example.com'] });
  const link = await first.api.signInTokens.createSignInToken({ userId: user.id });
  await stop(first.child);

  writePostgresSettings(folder, postgres.url('postgres'));
  const [exporting = '', importing = ''] = next('export -').split(' | ');
  expect(await pipe(exporting, importing, folder)).toMatch(/epoch 2: 1 pending tickets/);
  expect(await run(next('audit verify'))).toMatch(/^\S{43}\n$/);
  // Its account may change no tables from now on, and need not.
  appendFileSync(path.join(folder, 'postgres.env'), blockWith(guide, 'WILLCALL_MIGRATE='));
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
  expectEnd();
});

/** As the page says: the copy, with the address in the place of the folder. */
function writePostgresSettings(folder: string, databaseUrl: string): void {
  const file = path.join(folder, 'postgres.env');
  copyFileSync(path.join(folder, 'willcall.env'), file);
  chmodSync(file, 0o600);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^WILLCALL_DATA=.*$/m, ''));
  const setting = blockWith(guide, 'DATABASE_URL=');
  expect(setting).toMatch(/^DATABASE_URL=postgresql:\S+\n$/);
  // The database of this machine, in the place of the page's.
  appendFileSync(file, `DATABASE_URL=${databaseUrl}\n`);
}

async function pipe(exporting: string, importing: string, folder: string): Promise<string> {
  const source = startCommand(exporting, folder);
  const sink = startCommand(importing, folder, 'pipe');
  if (!source.stdout || !sink.stdin || !sink.stdout) throw new Error('there is nothing to join');
  source.stdout.pipe(sink.stdin);
  const told = await text(sink.stdout);
  expect([source.exitCode, sink.exitCode ?? 0]).toEqual([0, 0]);
  return told;
}
