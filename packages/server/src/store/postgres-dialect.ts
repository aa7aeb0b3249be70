import type { PoolClient } from 'pg';
import type { Row } from './engine.ts';

/**
 * What kind of server speaks. CockroachDB orders text byte by byte, and refuses to be told so; and
 * it changes a table once in a statement. cockroachdb/cockroach#108657, #70976.
 */
export type Dialect = 'postgresql' | 'cockroachdb';

/** Asks a server for its kind. */
export async function askDialect(client: PoolClient): Promise<Dialect> {
  const { rows } = await client.query<Row>('SELECT version() AS version');
  return String(rows[0]?.['version']).startsWith('CockroachDB') ? 'cockroachdb' : 'postgresql';
}
