import { copyFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { DatabaseRefused } from '../domain/store.ts';
import { draftDatabase } from './database-draft.ts';

let folder: string;
let draft: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'willcall-draft-'));
  draft = path.join(folder, 'draft.db');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function open(file: string, sql: string): DatabaseSync {
  const database = new DatabaseSync(file);
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  database.exec(sql);
  return database;
}

const filled = 'CREATE TABLE numbers (value INTEGER); INSERT INTO numbers VALUES (1), (2);';

/** Makes a draft whose rows are in the log alone, as a close that failed on a full disk leaves it. */
async function leaveInLog(): Promise<void> {
  const source = path.join(folder, 'source.db');
  const database = open(source, `PRAGMA journal_mode = WAL; ${filled}`);
  for (const part of ['', '-wal']) copyFileSync(`${source}${part}`, `${draft}${part}`);
  database.close();
  await rm(source);
}

test('what a close left in the log is in the one file', async () => {
  await draftDatabase(draft, leaveInLog);
  expect(await readdir(folder)).toEqual(['draft.db']);
  const rows = open(draft, '').prepare('SELECT value FROM numbers').all();
  expect(rows).toHaveLength(2);
});

test('a log that cannot be brought in is refused, and nothing is left', async () => {
  let reading: DatabaseSync | undefined;
  const drafting = draftDatabase(draft, async () => {
    const database = open(draft, `PRAGMA journal_mode = WAL; ${filled}`);
    reading = open(draft, 'BEGIN; SELECT * FROM numbers');
    database.exec('INSERT INTO numbers VALUES (3)');
    database.close();
  });
  await expect(drafting).rejects.toThrow(DatabaseRefused);
  reading?.close();
  expect(await readdir(folder)).toEqual([]);
});

test('a draft that fails leaves nothing, and answers with its error', async () => {
  const failing = draftDatabase(draft, async () => {
    await leaveInLog();
    throw new TypeError('the fill failed');
  });
  await expect(failing).rejects.toThrow(TypeError);
  expect(await readdir(folder)).toEqual([]);
});

test('a journal that an earlier draft left is not played into the next', async () => {
  const former = open(draft, filled);
  former.exec('PRAGMA cache_size = 1; BEGIN; CREATE TABLE large (text TEXT)');
  // More than the cache holds: what was there before goes to the journal, which is synced.
  const insert = former.prepare('INSERT INTO large VALUES (?)');
  for (let row = 0; row < 100; row += 1) insert.run('x'.repeat(5000));
  copyFileSync(`${draft}-journal`, path.join(folder, 'kept'));
  former.close();
  copyFileSync(path.join(folder, 'kept'), `${draft}-journal`);
  await rm(path.join(folder, 'kept'));

  const source = path.join(folder, 'source.db');
  open(source, 'CREATE TABLE others (value INTEGER); CREATE TABLE more (value INTEGER)').close();
  await draftDatabase(draft, async () => copyFileSync(source, draft));
  const tables = open(draft, '').prepare('SELECT name FROM sqlite_master ORDER BY name').all();
  expect(tables.map(({ name }) => name)).toEqual(['more', 'others']);
});
