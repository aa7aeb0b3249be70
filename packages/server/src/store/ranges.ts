import type { Engine, SqlValue } from './engine.ts';

/** Rows of a table that are walked through by a column that has an index. */
export interface Walked {
  readonly table: string;
  readonly column: string;
  /** Which rows of the table the index has. Default: all. */
  readonly condition?: string;
  /** Lower than any value of the column. */
  readonly before: SqlValue;
}

/** Ranges of some `most` rows each, one behind the other, as conditions: no commit looks at all rows. */
export async function* rangesOf(
  engine: Engine,
  { table, column, condition = '1 = 1', before }: Walked,
  most: number,
): AsyncGenerator<{ readonly sql: string; readonly values: readonly SqlValue[] }> {
  const nextSql = `SELECT ${column} AS next FROM ${table}
    WHERE ${condition} AND ${column} > ? ORDER BY ${column} LIMIT 1 OFFSET ?`;
  for (let after = before; ;) {
    const until = (await engine.get(nextSql, after, most - 1))?.['next'];
    if (until === undefined) {
      yield { sql: `${column} > ?`, values: [after] };
      return;
    }
    yield { sql: `${column} > ? AND ${column} <= ?`, values: [after, until] };
    after = until;
  }
}
