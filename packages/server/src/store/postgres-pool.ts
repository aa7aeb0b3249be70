import {
  type CustomTypesConfig,
  Pool,
  type PoolConfig,
  type QueryConfig,
  types,
  TypeOverrides,
} from 'pg';
import type { SqlValue } from './engine.ts';
import type { PostgresStatement } from './postgres-sql.ts';

/** Connections to a server, with what is the same for each of them. */
export function openPool(config: PoolConfig): Pool {
  const pool = new Pool({
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    types: numbersAsNumbers(),
    ...config,
  });
  // A connection that breaks leaves the pool, and whoever waits for an answer is told by it. The
  // event comes besides; without a listener it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** A statement with its values, as the driver takes it. */
export function toQuery(statement: PostgresStatement, values: SqlValue[]): QueryConfig {
  return { ...statement, values };
}

/** 64-bit numbers come as text, since not all of them are numbers of JavaScript; ours are. */
function numbersAsNumbers(): CustomTypesConfig {
  const overrides = new TypeOverrides();
  overrides.setTypeParser(types.builtins.INT8, Number);
  overrides.setTypeParser(types.builtins.NUMERIC, Number);
  return overrides;
}
