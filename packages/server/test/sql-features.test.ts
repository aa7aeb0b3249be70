import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const store = path.join(import.meta.dirname, '../src/store');

/** What an engine says to its own database, and no other, may be in its own dialect. */
const ofOneEngine =
  /^(sqlite-|postgres-|folder-hold|backup|restore|open-folder|fence-mark|fence-keeper|sync-folder)/;

/**
 * Every word of SQL that the store writes. PostgreSQL and SQLite are run by the tests; that
 * CockroachDB and YugabyteDB know these is read in their manuals. A new word needs a look there.
 * Not in it, for they lack it or lock by it: SERIAL, LISTEN, LOCK, TRIGGER, GENERATED, DEFERRABLE,
 * advisory locks. Nor WITH of a statement that writes, and VALUES joined LATERAL with a subquery,
 * which SQLite lacks: the engine of PostgreSQL puts them around steps and questions, and both
 * know them.
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
  ...['ESCAPE', 'FIRST', 'FROM', 'IN', 'IS', 'JOIN', 'LAST', 'LEFT', 'LIKE', 'LIMIT', 'MAX', 'MIN'],
  ...['NOT', 'NULL', 'NULLS', 'OFFSET', 'OR', 'ORDER', 'RECURSIVE', 'SELECT', 'THEN', 'UNION'],
  ...['WHEN', 'WHERE', 'WITH'],
];

test('the store writes SQL of these words alone', () => {
  expect(storeSources().length).toBeGreaterThan(20);
  const used = new Set(storeSources().flatMap(sqlWords));
  expect([...used].toSorted()).toEqual(words.toSorted());
});

test('the store writes nothing that SQLite alone has', () => {
  const own = /\b(rowid|sqlite_\w+|strftime|julianday|ifnull|json_\w+|glob)\b/i;
  expect(storeSources().filter((source) => own.test(source))).toEqual([]);
});

function storeSources(): string[] {
  return readdirSync(store, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !ofOneEngine.test(file))
    .map((file) => readFileSync(path.join(store, file), 'utf8'));
}

/** The words in capitals of the texts in a source, without comments. */
function sqlWords(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const texts = code.match(/`[^`]*`|'[^'\n]*'|"[^"\n]*"/g) ?? [];
  return texts.flatMap((text) => text.match(/\b[A-Z]{2,}\b/g) ?? []);
}
