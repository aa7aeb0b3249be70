import { createHash } from 'node:crypto';
import type { Dialect } from './postgres-dialect.ts';

/** A statement as PostgreSQL wants it. */
export interface PostgresStatement {
  readonly text: string;
  /** By which a connection knows the prepared statement again; absent where it is not worth one. */
  readonly name?: string;
}

/** Lists of values make ever new texts, and each connection keeps all that have a name. */
const mostNamed = 500;

/**
 * Translates the store's statements, each text once.
 *
 * @param hasNames `false` behind a pooler that gives each transaction another connection.
 */
export function postgresStatements(
  hasNames: boolean,
): (sql: string, dialect?: Dialect) => PostgresStatement {
  const known = new Map<string, PostgresStatement>();
  return (sql, dialect) => {
    const translated = known.get(sql);
    if (translated) return translated;
    const text = toPostgres(sql, dialect);
    if (!hasNames || known.size >= mostNamed) return { text };
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    const statement = { text, name: `willcall_${name}` };
    known.set(sql, statement);
    return statement;
  };
}

/**
 * The dialects differ in three things: places for values are numbered; text is compared byte by
 * byte (SQLite does so by itself, a database in some language does not, and then ids would not
 * be in the order of their time); whole numbers have 64 bits.
 */
export function toPostgres(sql: string, dialect: Dialect = 'postgresql'): string {
  let places = 0;
  const numbered = sql.replaceAll(/'[^']*'|\?/g, (found) => {
    if (found !== '?') return found;
    places += 1;
    return `$${places}`;
  });
  if (!/^\s*(CREATE|ALTER) TABLE\b/.test(numbered)) return numbered;
  const columns = numbered.replaceAll(/\bINTEGER\b/g, 'BIGINT');
  return dialect === 'cockroachdb' ? columns : columns.replaceAll(/\bTEXT\b/g, 'TEXT COLLATE "C"');
}
