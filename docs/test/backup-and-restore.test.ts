import { appendFileSync, mkdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { stop } from '../../tooling/development-server.ts';
import { blockWith } from './documents.ts';
import { follow } from './follow.ts';

const guide = 'docs/guides/backup-and-restore.md';

test('the page is followed from its first line to its last, and what it says is so', async () => {
  const { folder, next, run, serve, expectEnd } = await follow(guide);
  // On this machine the second folder lies beside the data.
  const setting = blockWith(guide, 'WILLCALL_FENCE_DIR=');
  appendFileSync(path.join(folder, 'willcall.env'), setting.replace('/var/lib', folder));

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
  expectEnd();
});
