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

/** A window that is over begins anew. */
function addSql(rows: number): string {
  return `INSERT INTO rate_limits (id, calls, ends_at)
    VALUES ${Array.from({ length: rows }, () => '(?, ?, ?)').join(', ')}
    ON CONFLICT (id) DO UPDATE SET
      calls = excluded.calls + CASE WHEN rate_limits.ends_at > ? THEN rate_limits.calls ELSE 0 END,
      ends_at = CASE WHEN rate_limits.ends_at > ? THEN rate_limits.ends_at ELSE excluded.ends_at END
    RETURNING id, calls, ends_at`;
}

function valuesOf(wanted: readonly Wanted[]): SqlValue[] {
  return wanted.flatMap(({ id, calls, endsAt }) => [id, calls, endsAt]);
}
