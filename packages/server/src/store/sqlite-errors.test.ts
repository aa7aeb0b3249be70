import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { explain } from './sqlite-engine.ts';
import { isDamage, isOfTheMachine, reasonOf } from './sqlite-errors.ts';

function open(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 0 });
  onTestFinished(() => database.close());
  return database;
}

function read(file: string): void {
  open(file).exec('SELECT * FROM sqlite_master');
}

/** What SQLite says when `work` meets a file at this place. */
function errorOf(work: (file: string) => void): unknown {
  const folder = mkdtempSync(path.join(tmpdir(), 'willcall-errors-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  try {
    work(path.join(folder, 'some.db'));
  } catch (error) {
    return error;
  }
  throw new TypeError('it worked');
}

const other = { isDamage: false, isOfTheMachine: false };

test.each<[string, (file: string) => void, typeof other]>([
  [
    'a text',
    (file) => {
      writeFileSync(file, 'no database at all'.repeat(100));
      read(file);
    },
    { isDamage: true, isOfTheMachine: false },
  ],
  [
    'a place where no file can be',
    (file) => read(path.join(file, 'deeper')),
    { isDamage: false, isOfTheMachine: true },
  ],
  [
    'a full disk',
    (file) =>
      open(file).exec(
        'PRAGMA max_page_count = 2; CREATE TABLE a (b); CREATE TABLE c (d); CREATE TABLE e (f)',
      ),
    { isDamage: false, isOfTheMachine: true },
  ],
  [
    'a lock',
    (file) => {
      open(file).exec('BEGIN EXCLUSIVE');
      read(file);
    },
    { isDamage: false, isOfTheMachine: true },
  ],
  ['a table that is not there', (file) => open(file).exec('SELECT * FROM nothing'), other],
  [
    'no database at all',
    () => {
      throw new TypeError('a bug');
    },
    other,
  ],
])('of %s it is known whether the file or the machine is the cause', (_what, work, known) => {
  const error = errorOf(work);
  // The engine wraps what does not work, and hands on what is wrong.
  for (const told of [error, explain(error)]) {
    expect({ isDamage: isDamage(told), isOfTheMachine: isOfTheMachine(told) }).toEqual(known);
    expect(reasonOf(told)).toBe((error as Error).message);
  }
});
