import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { byItself } from '../src/domain/audit-log/audit-log.ts';
import { issueToken } from '../src/domain/sign-in-token/issue.ts';
import { createUser } from '../src/domain/user/create.ts';
import { openData, type ServerOptions, startServer } from '../src/main.ts';
import { openSqlite } from '../src/store/sqlite-engine.ts';
import { serverOptions } from './server-options.ts';

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-background-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A running server, whose timers the test moves on, with a user. */
async function startWithUser(options: Partial<ServerOptions> = {}) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const dataFolder = await newFolder();
  const { world, close } = await startServer({ ...serverOptions(dataFolder), ...options });
  onTestFinished(close);
  const { id: userId } = await createUser(world, { emailAddresses: ['grace@example.com'] });
  return { dataFolder, world, userId };
}

/** The lines of the audit log that wait and those that are in the chain, by what they tell. */
async function linesIn(dataFolder: string) {
  const engine = openSqlite(path.join(dataFolder, 'willcall.db'));
  const actionsOf = async (table: string) =>
    (await engine.all(`SELECT action FROM ${table}`)).map((row) => row['action']);
  const lines = [await actionsOf('audit_tail'), await actionsOf('audit_log')];
  await engine.close();
  return lines;
}

test('a running server binds lines of the audit log to the chain by itself, ten times a second', async () => {
  const { dataFolder, world, userId } = await startWithUser();
  for (let round = 0; round < 2; round += 1) {
    await issueToken(world, { userId }, byItself);
    const sealed = Array<string>(round).fill('sign_in_token.created');
    expect(await linesIn(dataFolder)).toEqual([['sign_in_token.created'], sealed]);
    await vi.advanceTimersByTimeAsync(99);
    expect((await linesIn(dataFolder))[0]).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    await expect.poll(async () => (await linesIn(dataFolder))[0]).toEqual([]);
  }
});

test('a command binds what it wrote before it ends: there may be no server to do it', async () => {
  const dataFolder = await newFolder();
  const { world, close } = await openData(serverOptions(dataFolder), 'beside');
  const { id: userId } = await createUser(world, { emailAddresses: ['grace@example.com'] });
  await issueToken(world, { userId }, byItself);
  expect(await linesIn(dataFolder)).toEqual([['sign_in_token.created'], []]);
  await close();
  expect(await linesIn(dataFolder)).toEqual([[], ['sign_in_token.created']]);
});

test('a server that cannot seal says why, once, and again after it could', async () => {
  const log = vi.spyOn(process.getBuiltinModule('fs'), 'write');
  onTestFinished(() => log.mockRestore());
  const { dataFolder, world, userId } = await startWithUser({ logLevel: 'error' });
  const told = () => log.mock.calls.filter(([file]) => file === 2).map(([, line]) => line);
  const causes = () =>
    told().flatMap((line) => {
      const { msg, cause } = JSON.parse(line) as { msg: string; cause: unknown };
      return msg === 'the audit log was not sealed' ? [cause] : [];
    });
  const database = openSqlite(path.join(dataFolder, 'willcall.db'));
  onTestFinished(() => database.close());
  const run = (sql: string) => database.write((tx) => tx.run(sql));
  const reason = { code: 'ERR_SQLITE_ERROR', errcode: 1811, errstr: 'constraint failed' };
  for (let round = 1; round <= 2; round += 1) {
    await run(`CREATE TRIGGER broken BEFORE INSERT ON audit_log
      BEGIN SELECT RAISE(ABORT, 'grace@example.com'); END`);
    await issueToken(world, { userId }, byItself);
    for (let times = 0; times < 20; times += 1) {
      await vi.advanceTimersByTimeAsync(100);
      await new Promise(setImmediate);
    }
    await expect.poll(causes).toHaveLength(round);
    await run('DROP TRIGGER broken');
    await vi.advanceTimersByTimeAsync(200);
    await expect.poll(async () => (await linesIn(dataFolder))[0]).toEqual([]);
  }
  expect(causes()).toMatchObject([reason, reason]);
  expect(told().join('')).not.toContain('grace@example.com');
});

const tenMinutes = 600_000;
const year = 31_536_000_000;

test('a running server removes by itself what is older than its time, every ten minutes', async () => {
  const { world, userId } = await startWithUser();
  const aYearAgo = { ...world, clock: { now: () => Date.now() - year } };
  const issue = (at: typeof world) => issueToken(at, { userId, lifetimeSeconds: 60 }, byItself);

  for (let round = 0; round < 2; round += 1) {
    const old = await issue(aYearAgo);
    const fresh = await issue(world);
    const isThere = async (id: string) => (await world.store.signInTokens.find(id)) !== undefined;
    await vi.advanceTimersByTimeAsync(tenMinutes - 1);
    expect(await isThere(old.token.id)).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    await expect.poll(() => isThere(old.token.id)).toBe(false);
    expect(await isThere(fresh.token.id)).toBe(true);
  }
});
