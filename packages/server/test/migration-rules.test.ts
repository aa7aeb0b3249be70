import { describe, expect, test } from 'vitest';
import { type Migration, migrations, versionOf } from '../src/store/migrations.ts';
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

test('every step from 013 on only adds, in a way that older servers need not know', () => {
  expect(migrations.length).toBeGreaterThanOrEqual(12);
  expect(migrations.filter(({ name }) => ruled(name)).flatMap(problemsOf)).toEqual([]);
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
  const notes = migrations.flatMap(({ statements }) => statements.map(noteOf));
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

  test('and it may add tables with rows, columns and indexes, and build an index anew', () => {
    const statements = [
      'DROP INDEX sessions_by_user',
      'CREATE INDEX sessions_by_user ON sessions (user_id)',
      'CREATE TABLE next (id TEXT PRIMARY KEY, at BIGINT NOT NULL)',
      "INSERT INTO next (id, at) VALUES ('a', 0)",
      'ALTER TABLE users ADD COLUMN next TEXT',
      "ALTER TABLE users ADD COLUMN kind TEXT NOT NULL DEFAULT 'plain'",
      'ALTER TABLE users ADD COLUMN seats INTEGER NOT NULL DEFAULT 0',
      'CREATE INDEX next_by_at ON next (at)',
      'CREATE INDEX users_by_next ON users (next)',
    ];
    expect(problemsOf({ name: 'v2-013-next', statements })).toEqual([]);
  });
});
