import { describe, expect, test } from 'vitest';
import { type Migration, migrations, statementsOn, versionOf } from '../src/store/migrations.ts';
import { noteOf } from '../src/store/step-notes.ts';

/** The first steps came before there was anything to roll. */
const ruled = (name: string) => versionOf(name) > 1 || name > '013';

/** Indexes that forbid nothing: without one, what was found by it is found more slowly. */
const plainIndexes = new Set(
  migrations.flatMap(({ statements }) =>
    statements.flatMap((statement) => /^CREATE INDEX (\w+)/.exec(statement.trim())?.[1] ?? []),
  ),
);

/** What is wrong with a step: servers of the version before must be able to go on beside it. */
function problemsOf({ name, statements }: Migration): readonly string[] {
  const own = new Set<string>();
  return statements.flatMap((statement) => {
    const { kind, table } = noteOf(statement);
    if (kind === 'table') own.add(table);
    const isFine =
      ['table', 'column', 'index'].includes(kind) ||
      (kind === 'rows' && own.has(table)) ||
      (kind === 'index removal' && plainIndexes.has(table));
    return isFine ? [] : [`${name}: ${statement}`];
  });
}

/** Up to 018 they are the first release's, and are only run where no other server is. */
const isRolled = (name: string) => versionOf(name) > 1 || name > '019';

/**
 * What would keep readers waiting for long. On PostgreSQL a step is one transaction, and what it
 * locks is locked until its end: ALTER TABLE and DROP INDEX let nobody read the table, which is
 * nothing by itself and all the time that an index takes which is built in the same step. A table
 * that the step makes is empty, and nobody waits for it.
 */
function longLocksOf({ name, statements }: Migration): readonly string[] {
  const notes = statements.map((statement) => ({ statement, ...noteOf(statement) }));
  const own = new Set(notes.filter(({ kind }) => kind === 'table').map(({ table }) => table));
  const others = notes.filter(({ table }) => !own.has(table));
  if (!others.some(({ kind }) => kind === 'index')) return [];
  return others
    .filter(({ statement }) => /^(?:ALTER|DROP)\b/.test(statement.trim()))
    .map(({ statement }) => `${name}: ${statement}`);
}

test('every step from 013 on only adds, in a way that older servers need not know', () => {
  expect(migrations.length).toBeGreaterThanOrEqual(12);
  expect(migrations.filter(({ name }) => ruled(name)).flatMap(problemsOf)).toEqual([]);
});

test('no step after the first release builds an index while it keeps readers out', () => {
  expect(migrations.filter(({ name }) => isRolled(name)).flatMap(longLocksOf)).toEqual([]);
  // The reader of it finds what was done before there was anybody to wait.
  expect(migrations.flatMap(longLocksOf).length).toBeGreaterThan(5);
});

test('the names tell the version and the number, in their order', () => {
  const names = migrations.map(({ name }) => name);
  for (const name of names) expect(name).toMatch(/^(v([2-9]|\d\d)-)?\d{3}-[a-z0-9-]+$/);
  const numbers = names.map((name) => Number(/(\d{3})-/.exec(name)?.[1]));
  expect(numbers).toEqual(numbers.map((_, at) => at + 1));
  const versions = names.map(versionOf);
  expect(versions).toEqual(versions.toSorted((one, other) => one - other));
});

test('of every statement of every step it is known what it does', () => {
  const notes = migrations.flatMap((step) => statementsOn({ isShared: false }, step).map(noteOf));
  expect(notes.length).toBeGreaterThan(80);
  expect(notes.filter(({ kind }) => kind === 'other')).toEqual([]);
});

describe('a step may not', () => {
  test.each([
    ['add a column that must be given', ['ALTER TABLE users ADD COLUMN next TEXT NOT NULL']],
    ['add a column that must be unique', ['ALTER TABLE users ADD COLUMN next TEXT UNIQUE']],
    [
      'add a column that names another table',
      ['ALTER TABLE users ADD COLUMN next TEXT REFERENCES clients (id)'],
    ],
    ['forbid what was allowed', ['CREATE UNIQUE INDEX next ON users (first_name)']],
    ['remove a column', ['ALTER TABLE users DROP COLUMN first_name']],
    ['rename one', ['ALTER TABLE users RENAME COLUMN first_name TO given_name']],
    ['make one another type', ['ALTER TABLE users ALTER COLUMN first_name SET NOT NULL']],
    ['remove a table', ['DROP TABLE users']],
    ['remove an index that may forbid something', ['DROP INDEX users_by_name']],
    ['remove rows', ['DELETE FROM users']],
    ['change rows that were there', ['UPDATE users SET first_name = NULL']],
    ['put rows into a table that was there', ["INSERT INTO redirect_urls VALUES ('a', 'b', 1)"]],
    [
      'hide one statement behind another',
      ['ALTER TABLE users ADD COLUMN next TEXT; DROP TABLE users'],
    ],
  ])('%s', (_what, statements) => {
    expect(problemsOf({ name: 'v2-013-next', statements })).toHaveLength(1);
  });

  const index = 'CREATE INDEX next ON users (first_name)';

  test.each([
    ['add a column', ['ALTER TABLE users ADD COLUMN next TEXT', index]],
    ['add a column to another table', ['ALTER TABLE sessions ADD COLUMN next TEXT', index]],
    ['remove an index', [index, 'DROP INDEX sessions_by_user']],
  ])('%s while it builds an index', (_what, statements) => {
    expect(longLocksOf({ name: 'v2-019-next', statements })).toHaveLength(1);
  });

  test('and it may add tables with rows, columns and indexes, and remove an index', () => {
    const statements = [
      'DROP INDEX sessions_by_user',
      'CREATE TABLE next (id TEXT PRIMARY KEY, at BIGINT NOT NULL)',
      "INSERT INTO next (id, at) VALUES ('a', 0)",
      'ALTER TABLE users ADD COLUMN next TEXT',
      "ALTER TABLE users ADD COLUMN kind TEXT NOT NULL DEFAULT 'plain'",
      'ALTER TABLE users ADD COLUMN seats INTEGER NOT NULL DEFAULT 0',
      'CREATE INDEX next_by_at ON next (at)',
    ];
    const step = { name: 'v2-019-next', statements };
    expect([...problemsOf(step), ...longLocksOf(step)]).toEqual([]);
  });

  test('and another one may build several indexes', () => {
    const step = {
      name: 'v2-020-more',
      statements: [index, 'CREATE INDEX more ON sessions (user_id)'],
    };
    expect([...problemsOf(step), ...longLocksOf(step)]).toEqual([]);
  });
});
