import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { StoreUnavailable } from '../domain/store.ts';
import type { Engine } from './engine.ts';
import { holdFolder } from './folder-hold.ts';
import { openSqlite } from './sqlite-engine.ts';

let folder: string;
let file: string;
let engine: Engine;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'willcall-sqlite-'));
  file = path.join(folder, 'numbers.db');
  engine = openSqlite(file);
  await engine.write((tx) => tx.run('CREATE TABLE numbers (value INTEGER PRIMARY KEY, text TEXT)'));
});
afterEach(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

const add = (value: number, text = '') =>
  engine.write((tx) => tx.run('INSERT INTO numbers (value, text) VALUES (?, ?)', value, text));
const count = async () => (await engine.all('SELECT value FROM numbers')).length;

/** Each commit ends with a frame that says how long the database is: sqlite.org/fileformat2.html#walformat. */
async function countCommits(): Promise<number> {
  const log = await readFile(`${file}-wal`);
  const [header, frame] = [32, 24 + log.readUInt32BE(8)];
  let commits = 0;
  for (let at = header; at < log.length; at += frame)
    if (log.readUInt32BE(at + 4) > 0) commits += 1;
  return commits;
}

test('writes that come together are one commit, and those that come one by one are one each', async () => {
  const before = await countCommits();
  await Promise.all(Array.from({ length: 50 }, (_, at) => add(at)));
  expect(await countCommits()).toBe(before + 1);
  for (const value of [50, 51, 52]) await add(value);
  expect(await countCommits()).toBe(before + 4);
});

test('who reads apart does what follows before the next one reads, and others go step by step together', async () => {
  const steps: string[] = [];
  const go = async (name: string, read: Engine['all']) => {
    await read('SELECT value FROM numbers');
    for (const step of [1, 2]) {
      steps.push(`${name}${step}`);
      await Promise.resolve();
    }
  };
  await Promise.all([go('a', engine.all), go('b', engine.all)]);
  await Promise.all([go('c', engine.allApart), go('d', engine.allApart)]);
  expect(steps.join(' ')).toBe('a1 b1 a2 b2 c1 c2 d1 d2');
});

test('a close waits for reads that were asked before it', async () => {
  const reading = [engine.all, engine.allApart].map((read) => read('SELECT value FROM numbers'));
  await engine.close();
  expect(await Promise.all(reading)).toEqual([[], []]);
  engine = openSqlite(file);
});

test('a write waits for a command that writes beside the server, and nothing else does', async () => {
  const command = new DatabaseSync(file);
  command.exec('BEGIN IMMEDIATE');
  let isWritten = false;
  const writing = add(1).then(() => (isWritten = true));
  for (let turn = 0; turn < 100; turn += 1) {
    await nextTurn();
    expect(await count()).toBe(0);
  }
  expect(isWritten).toBe(false);
  command.exec('COMMIT');
  command.close();
  await writing;
  expect(await count()).toBe(1);
});

test('where the disk is full, writes alone and together say so, and go on once there is room', async () => {
  const limit = (pages: number) => engine.write((tx) => tx.run(`PRAGMA max_page_count = ${pages}`));
  const large = 'x'.repeat(100_000);
  await limit(10);
  await expect(add(1, large)).rejects.toThrow(StoreUnavailable);
  const together = await Promise.allSettled([add(2), add(3, large), add(4)]);
  for (const { status, ...rest } of together) {
    if (status === 'rejected') expect(rest).toMatchObject({ reason: expect.any(StoreUnavailable) });
  }
  await limit(1000);
  await add(5, large);
  const kept = (await engine.all('SELECT value FROM numbers')).map(({ value }) => value);
  const told = [2, 3, 4].filter((_, at) => together[at]?.status === 'fulfilled');
  expect(kept).toEqual([...told, 5]);
});

test('a reader of one moment keeps nothing in the log, however long it takes, and leaves nothing', async () => {
  await add(1);
  await engine.snapshot(async (reader) => {
    await add(2);
    const other = new DatabaseSync(file);
    expect(other.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()).toMatchObject({ busy: 0 });
    other.close();
    expect((await readFile(`${file}-wal`)).length).toBe(0);
    expect(await reader.all('SELECT value FROM numbers')).toEqual([{ value: 1 }]);
    // Nor would a kill leave anything.
    expect(await copiesIn(folder)).toEqual([]);
  });
  await expect(engine.snapshot((reader) => reader.all('SELECT nothing'))).rejects.toThrow();
  await expect(count()).resolves.toBe(2);
  expect(await copiesIn(folder)).toEqual([]);
});

const copiesIn = async (place: string) =>
  (await readdir(place)).filter((name) => !/^numbers\.db(-wal|-shm)?$/.test(name));

test('a copy that a killed process left goes with the next one, and one that is being made stays', async () => {
  const [left, held] = await Promise.all(
    ['left', 'held'].map((name) => mkdtemp(`${file}.copy-${name}`)),
  );
  // Whoever makes a copy holds its folder first.
  holdFolder(String(left), 'replace').release();
  await writeFile(path.join(String(left), 'willcall.db'), 'a part of it');
  const hold = holdFolder(String(held), 'replace');
  await engine.snapshot((reader) => reader.all('SELECT value FROM numbers'));
  hold.release();
  expect(await copiesIn(folder)).toEqual([path.basename(String(held))]);
});

test('a process that a signal ends while it copies leaves nothing, and ends by the signal', async () => {
  const script = `
    import { openCopy } from ${JSON.stringify(new URL('sqlite-copy.ts', import.meta.url).href)};
    import { readdirSync } from 'node:fs';
    const copying = openCopy(${JSON.stringify(file)}, () => {});
    console.log(readdirSync(${JSON.stringify(folder)}).filter((name) => name.includes('.copy-')).length);
    process.kill(process.pid, 'SIGTERM');
    await copying;
    setTimeout(() => {}, 10_000);`;
  const flags = ['--conditions=willcall-source', '--input-type=module', '--eval', script];
  const { signal, stdout, stderr } = spawnSync(process.execPath, flags, { encoding: 'utf8' });
  expect([signal, stdout, stderr]).toEqual(['SIGTERM', '1\n', expect.any(String)]);
  expect(await copiesIn(folder)).toEqual([]);
});

test('a log that grew while somebody read for long gives its room back', async () => {
  const other = new DatabaseSync(file, { readOnly: true });
  other.exec('BEGIN; SELECT value FROM numbers');
  const large = 'x'.repeat(10_000_000);
  for (let value = 0; value < 6; value += 1) await add(value, large);
  const size = async () => (await stat(`${file}-wal`)).size;
  expect(await size()).toBeGreaterThan(50_000_000);
  other.close();
  for (let value = 6; value < 9; value += 1) await add(value);
  expect(await size()).toBeLessThan(40_000_000);
});

test('of statements whose texts differ the newest are kept, and those that are used', async () => {
  const prepared = vi.spyOn(DatabaseSync.prototype, 'prepare');
  onTestFinished(() => prepared.mockRestore());
  const ask = (id: number) => engine.all(`SELECT value FROM numbers WHERE value = ${id}`);
  const preparations = (id: number) =>
    prepared.mock.calls.filter(([sql]) => sql.endsWith(`= ${id}`)).length;
  for (let id = 1; id <= 2000; id += 1) {
    await ask(id);
    await ask(0);
  }
  await ask(1);
  await ask(2000);
  expect([0, 1, 2000].map(preparations)).toEqual([1, 2, 1]);
});

describe('a database that cannot be written', () => {
  /** As a disk that can only be read: no transaction that writes begins. */
  const setReadable = (isOn: boolean) => engine.get(`PRAGMA query_only = ${isOn ? 1 : 0}`);

  test('does not answer a ping after a write that failed, until it has written again', async () => {
    await engine.ping();
    await setReadable(true);
    await engine.ping();
    await expect(add(1)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(engine.ping()).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await count()).toBe(0);
    await setReadable(false);
    await expect.poll(() => engine.ping().then(() => 'answers', String)).toBe('answers');
    await add(1);
  });

  test('is tried once a second, however many ask, by a write that changes nothing', async () => {
    await setReadable(true);
    await expect(add(1)).rejects.toBeInstanceOf(StoreUnavailable);
    await setReadable(false);
    const before = await readFile(`${file}-wal`);
    await Promise.all(Array.from({ length: 20 }, () => engine.ping()));
    const after = await readFile(`${file}-wal`);
    // One page and its head: https://sqlite.org/fileformat2.html#walformat.
    expect(after.length - before.length).toBe(24 + 4096);
    await engine.ping();
    expect((await readFile(`${file}-wal`)).length).toBe(after.length);
  });

  test('is no reason of a job that fails by itself', async () => {
    const wrong = engine.write(async () => {
      throw new TypeError('a bug');
    });
    await expect(wrong).rejects.toBeInstanceOf(TypeError);
    const before = await readFile(`${file}-wal`);
    await engine.ping();
    expect((await readFile(`${file}-wal`)).length).toBe(before.length);
  });
});
