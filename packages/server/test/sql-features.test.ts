import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const store = path.join(import.meta.dirname, '../src/store');

/** What SQLite says to its own database, and no other, may be in its own dialect. */
const ofSqlite =
  /^(sqlite-|database-draft|new-file|folder-hold|holds-instance|backup|restore|open-folder|fence-mark|fence-keeper|sync-folder|migrations\/019-)/;

/** What PostgreSQL is told besides, and is known to it alone. */
const ofPostgres = /^postgres-/;

/**
 * Every word of SQL that the store writes for each engine. PostgreSQL and SQLite are run by the
 * tests; that CockroachDB and YugabyteDB know these is read in their manuals, and nobody has run
 * them. A new word needs a look there. Not in it, for they lack it or lock by it: SERIAL, LISTEN,
 * LOCK, TRIGGER, GENERATED, DEFERRABLE, advisory locks.
 */
const words = [
  ...[
    'ADD',
    'ALTER',
    'COLUMN',
    'CREATE',
    'DEFAULT',
    'DROP',
    'INDEX',
    'KEY',
    'PRIMARY',
    'REFERENCES',
  ],
  ...['TABLE', 'UNIQUE', 'CASCADE', 'EXISTS', 'IF', 'BIGINT', 'INTEGER', 'TEXT'],
  ...['CONFLICT', 'DELETE', 'DO', 'INSERT', 'INTO', 'NOTHING', 'ON', 'RETURNING', 'SET'],
  ...['UPDATE', 'VALUES'],
  ...['ALL', 'AND', 'AS', 'ASC', 'BY', 'CASE', 'CAST', 'COALESCE', 'CROSS', 'DESC', 'ELSE', 'END'],
  ...[
    'ESCAPE',
    'FIRST',
    'FROM',
    'GROUP',
    'IN',
    'IS',
    'JOIN',
    'LAST',
    'LEFT',
    'LIKE',
    'LIMIT',
    'MAX',
    'MIN',
  ],
  ...['NOT', 'NULL', 'NULLS', 'OFFSET', 'OR', 'ORDER', 'RECURSIVE', 'SELECT', 'THEN', 'UNION'],
  ...['WHEN', 'WHERE', 'WITH'],
];

const functions = ['cast', 'coalesce', 'count', 'lower', 'max', 'min', 'substr'];

/**
 * What the engine of PostgreSQL adds to those. COLLATE is not said to CockroachDB, which refuses it,
 * nor a WITH that changes rows of one table in several parts: docs/decisions/022-postgresql.md.
 */
const wordsOfPostgres = [
  ...['BEGIN', 'COMMIT', 'COMMITTED', 'ISOLATION', 'LEVEL', 'LOCAL', 'ONLY', 'READ', 'REPEATABLE'],
  ...['ROLLBACK', 'SERIALIZABLE', 'SHOW'],
  ...['COLLATE', 'EPOCH', 'EXTRACT', 'LATERAL'],
];

/** The log and the timeline are PostgreSQL's own; an engine without them has no fence by itself and no replicas. */
const functionsOfPostgres = [
  ...['clock_timestamp', 'concat', 'current_schema', 'current_setting', 'extract', 'floor'],
  ...['pg_control_system', 'pg_current_wal_lsn', 'pg_is_in_recovery', 'pg_last_wal_replay_lsn'],
  ...['pg_walfile_name', 'set_config', 'to_regclass', 'version'],
];

const settingsOfPostgres = [
  ...['idle_in_transaction_session_timeout', 'lock_timeout', 'server_encoding'],
  ...['server_version_num', 'statement_timeout', 'synchronous_commit', 'transaction_read_only'],
];

const common = textsOf((file) => !ofSqlite.test(file) && !ofPostgres.test(file));
const postgres = textsOf((file) => ofPostgres.test(file));

test('the store writes SQL of these words and functions alone', () => {
  expect(common.length).toBeGreaterThan(500);
  expect(sortedOnce(common.flatMap(wordsIn))).toEqual(words.toSorted());
  expect(sortedOnce(common.flatMap(functionsIn))).toEqual(functions);
});

test('the engine of PostgreSQL adds these, and no others', () => {
  expect(postgres.length).toBeGreaterThan(100);
  const added = (found: readonly string[], known: readonly string[]) =>
    sortedOnce(found).filter((each) => !known.includes(each));
  expect(added(postgres.flatMap(wordsIn), words)).toEqual(wordsOfPostgres.toSorted());
  expect(added(postgres.flatMap(functionsIn), functions)).toEqual(functionsOfPostgres.toSorted());
  expect(sortedOnce(postgres.flatMap(settingsIn))).toEqual(settingsOfPostgres.toSorted());
});

test('words of SQL are in capitals, where they are seen', () => {
  const hidden =
    /^\W*(?:(?:select|insert into|delete from|lock table|listen|notify|begin|with \w+ as)\b|update \w+ set\b|(?:create|alter|drop) (?:table|index)\b)/;
  expect(['`select 1`', "'lock table users'"].every((text) => hidden.test(text))).toBe(true);
  expect([...common, ...postgres].filter((text) => hidden.test(text))).toEqual([]);
});

test('the store writes nothing that SQLite alone has', () => {
  const own = /\b(rowid|sqlite_\w+|strftime|julianday|ifnull|json_\w+|glob)\b/i;
  expect([...common, ...postgres].filter((text) => own.test(text))).toEqual([]);
});

/** The texts in the sources of the store, without sentences, which are for people. */
function textsOf(isMeant: (file: string) => boolean): string[] {
  const files = readdirSync(store, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && isMeant(file),
  );
  return files.flatMap((file) => {
    const source = readFileSync(path.join(store, file), 'utf8');
    const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    const texts = code.match(/`[^`]*`|'[^'\n]*'|"[^"\n]*"/g) ?? [];
    return texts.filter((text) => !/\.['"`]$/.test(text));
  });
}

function wordsIn(text: string): readonly string[] {
  return text.match(/\b[A-Z]{2,}\b/g) ?? [];
}

/** A name with a bracket right behind it; behind that of a table stands a space. What is put into a text is none. */
function functionsIn(text: string): readonly string[] {
  const sql = text.replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, ' ');
  return [...sql.matchAll(/\b([a-z_]+|[A-Z_]+)\(/g)].map(([, name = '']) => name.toLowerCase());
}

function settingsIn(text: string): readonly string[] {
  const settings = /\b(?:current_setting\('|SET LOCAL |SHOW )(\w+)/g;
  return [...text.matchAll(settings)].map(([, name = '']) => name);
}

function sortedOnce(found: readonly string[]): string[] {
  return [...new Set(found)].toSorted();
}
