import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StoreUnavailable } from '../domain/store.ts';
import type { Engine } from './engine.ts';
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
