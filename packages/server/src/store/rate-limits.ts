import type { RateLimitStore, Tally, Wanted } from '../domain/rate-limit/rate-limit.ts';
import { number, text } from './columns.ts';
import type { Engine, SqlValue } from './engine.ts';

/** Counts calls in the database where several processes share it; alone nobody need be told. */
export function rateLimitStore(engine: Engine): RateLimitStore {
  const { count } = engine;
  if (!count) return { isShared: false, add: async (wanted) => wanted };
  return {
    isShared: true,
    async add(wanted, now) {
      // In one order: two processes that wait for rows of one another would wait for ever.
      const sorted = wanted.toSorted((one, other) => (one.id < other.id ? -1 : 1));
      const rows = await count(addSql(sorted.length), ...valuesOf(sorted), now, now);
      return rows.map((row): Tally => ({
        id: text(row, 'id'),
        calls: number(row, 'calls'),
        endsAt: number(row, 'ends_at'),
      }));
    },
  };
}

/** By how much the clocks of processes that count together may differ. Milliseconds. */
const tolerance = 1000;

/**
 * A window that is over begins anew, and so does one that ends later than one that begins now: it
 * was begun while a clock was ahead.
 */
function addSql(rows: number): string {
  const isOpen = `rate_limits.ends_at > ? AND rate_limits.ends_at <= excluded.ends_at + ${tolerance}`;
  return `INSERT INTO rate_limits (id, calls, ends_at)
    VALUES ${Array.from({ length: rows }, () => '(?, ?, ?)').join(', ')}
    ON CONFLICT (id) DO UPDATE SET
      calls = excluded.calls + CASE WHEN ${isOpen} THEN rate_limits.calls ELSE 0 END,
      ends_at = CASE WHEN ${isOpen} THEN rate_limits.ends_at ELSE excluded.ends_at END
    RETURNING id, calls, ends_at`;
}

function valuesOf(wanted: readonly Wanted[]): SqlValue[] {
  return wanted.flatMap(({ id, calls, endsAt }) => [id, calls, endsAt]);
}
