import { StoreUnavailable } from '../domain/store.ts';

/** What went wrong with a statement or a connection, as far as the next step depends on it. */
export type PostgresTrouble =
  /** Another transaction was in the way; the job may win when it runs again. */
  | 'conflict'
  /** A unique key or a name is taken, which was free when the job looked: on its next run it sees that. */
  | 'taken'
  /** The connection or the server is gone, or it cannot write; another one may work soon. */
  | 'away'
  /** The schema has changed under a prepared statement; another connection prepares it anew. */
  | 'stale'
  /** It took longer than the database or we allow. */
  | 'slow'
  /** The statement is wrong, or our rules refused. */
  | 'none';

/**
 * Serialization failure, deadlock, and a unique key, which may stand for the former; a table and
 * its type, which `CREATE TABLE IF NOT EXISTS` meets where another one makes them at the same time.
 * postgresql.org/docs/current/mvcc-serialization-failure-handling.html
 */
const conflicts: Readonly<Record<string, PostgresTrouble>> = {
  40001: 'conflict',
  '40P01': 'conflict',
  23505: 'taken',
  '42P07': 'taken',
  42710: 'taken',
};

/**
 * Classes 08 (connection), 53 (resources), 57P (shutdown, crash, not yet started), 58 (system),
 * 28 (the account is not let in: its password was changed, it may not log in), a database that is
 * not there (3D000), a transaction that idled (25P03), and a server that takes no writes (25006):
 * it is a replica now, or was made one, or its disk is full.
 */
const away = /^(08|28|53|57P|58|25006|25P03|3D000|XX00)/;

/**
 * What was cut off: a statement by `statement_timeout`, a wait by `lock_timeout`, a transaction by
 * `transaction_timeout`.
 */
const slow = new Set(['57014', '55P03', '25P04']);

/** Tells what an error of the driver means. */
export function troubleOf(error: unknown): PostgresTrouble {
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  if (severity !== undefined && typeof code === 'string') {
    if (slow.has(code)) return 'slow';
    if (isStale(error)) return 'stale';
    return conflicts[code] ?? (away.test(code) ? 'away' : 'none');
  }
  // No answer of a server: the network, or what the driver says of it.
  if (error instanceof ServerUnwritable) return 'away';
  if (typeof code === 'string' && /^E[A-Z]+/.test(code) && !code.startsWith('ERR_')) return 'away';
  const { message } = error as { message?: unknown };
  if (typeof message !== 'string') return 'none';
  if (isUnanswered(error) || message.startsWith('timeout exceeded')) return 'slow';
  return wasNotSent(error) || message.startsWith('Connection terminated') ? 'away' : 'none';
}

/**
 * The code means any feature that is missing. PostgreSQL says it in its own language, and where in
 * its source; CockroachDB says it in these words.
 */
function isStale(error: unknown): boolean {
  const { code, message, routine } = error as Readonly<Record<string, unknown>>;
  const isOfPlan =
    routine === 'RevalidateCachedQuery' || message === 'cached plan must not change result type';
  return code === '0A000' && isOfPlan;
}

/** Whether the driver gave up waiting for an answer. */
export function isUnanswered(error: unknown): boolean {
  return (error as { message?: unknown } | undefined)?.message === 'Query read timeout';
}

/** Whether the driver knew that the connection was broken before it sent anything. */
export function wasNotSent(error: unknown): boolean {
  const { message } = error as { message?: unknown };
  return typeof message === 'string' && message.endsWith('is not queryable');
}

/** A server that takes no writes was reached: a replica, or one that is being replaced. */
export class ServerUnwritable extends Error {}

/** The same error, or the one by which everybody knows that storage does not work. */
export function explainPostgres(error: unknown): unknown {
  return ['none', 'taken'].includes(troubleOf(error))
    ? error
    : new StoreUnavailable('the database does not work', { cause: error });
}
