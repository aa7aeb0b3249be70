import { DatabaseSync } from 'node:sqlite';

/** How many rows are put beside those that are there. */
export interface Rows {
  readonly tickets: number;
  readonly users: number;
  /** Each with a client of its own. */
  readonly sessions: number;
}

/** The rows that the others are copies of, by their ids. */
export interface Templates {
  readonly userId: string;
  readonly sessionId: string;
  readonly ticketId: string;
}

/** A number that no id made by the server has: 26 digits behind the prefix of its kind. */
export function copyId(prefix: string, number: number): string {
  return `${prefix}_${String(number).padStart(26, '0')}`;
}

/** Which tickets are pending: one in ten. The others were redeemed. */
const pendingEvery = 10;

/** One in twenty: redeemed so long ago that it may go. */
const spentEvery = 20;

const year = 365 * 86_400_000;

/** Rows of one block of an index: docs/decisions/031-blocks.md. */
const blockSize = 1024;

/** An expression for each column that differs from the template's; `i` is the number of the copy. */
type Changes = Readonly<Record<string, string>>;

/**
 * Copies rows inside the database of a server that does not run, with all columns that the
 * schema has. Copies have their template's secret behind ids of their own. Answers the
 * client of the template session.
 */
export function fill(file: string, templates: Templates, rows: Rows): { clientId: string } {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;');
  const one = (sql: string, id: string) =>
    String(Object.values(database.prepare(sql).get(id) ?? {})[0]);
  const clientId = one('SELECT client_id FROM sessions WHERE id = ?', templates.sessionId);
  const address = one('SELECT id FROM identifications WHERE user_id = ?', templates.userId);
  const copy = (table: string, id: string, count: number, changes: Changes) =>
    copyRows(database, table, id, count, changes);

  // As if they had been written one after the other, each for another user than the one before.
  const block = `CAST(i AS INTEGER) / ${blockSize}`;
  const user = numbered('user', `i % ${rows.users}`);
  copy('users', templates.userId, rows.users, {
    id: numbered('user', 'i'),
    primary_email_address_id: numbered('idn', 'i'),
  });
  copy('identifications', address, rows.users, {
    id: numbered('idn', 'i'),
    user_id: numbered('user', 'i'),
    value: "'copy' || i || '@example.com'",
    value_key: "'copy' || i || '@example.com'",
  });
  copy('clients', clientId, rows.sessions, {
    id: numbered('client', 'i'),
    last_active_session_id: numbered('sess', 'i'),
  });
  copy('sessions', templates.sessionId, rows.sessions, {
    id: numbered('sess', 'i'),
    client_id: numbered('client', 'i'),
    user_id: user,
    block,
  });
  const isRedeemed = `i % ${pendingEvery} <> 0`;
  copy('sign_in_tokens', templates.ticketId, rows.tickets, {
    id: numbered('sit', 'i'),
    user_id: user,
    block,
    expires_at: 'expires_at + i',
    status: `CASE WHEN ${isRedeemed} THEN 'accepted' ELSE status END`,
    redeemed_at: `CASE WHEN ${isRedeemed} THEN created_at END`,
    updated_at: `CASE WHEN i % ${spentEvery} = 1 THEN updated_at - ${year} ELSE updated_at END`,
  });
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  return { clientId };
}

function numbered(prefix: string, number: string): string {
  return `printf('${prefix}_%026d', ${number})`;
}

/** Copies in one transaction: so many of one kind take less than a gibibyte of log each time. */
const batch = 250_000;

function copyRows(
  database: DatabaseSync,
  table: string,
  templateId: string,
  count: number,
  changes: Changes,
): void {
  const columns = database
    .prepare('SELECT name FROM pragma_table_info(?)')
    .all(table)
    .map(({ name }) => String(name));
  const statement = database.prepare(
    `WITH RECURSIVE numbers (i) AS (SELECT ? UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < ?)
     INSERT INTO ${table} (${columns.join(', ')})
     SELECT ${columns.map((column) => changes[column] ?? column).join(', ')}
     FROM numbers, ${table} WHERE ${table}.id = ?`,
  );
  for (let from = 0; from < count; from += batch) {
    statement.run(from, Math.min(count, from + batch), templateId);
  }
}
