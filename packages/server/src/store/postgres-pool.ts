import {
  type CustomTypesConfig,
  Pool,
  type PoolClient,
  type PoolConfig,
  type QueryConfig,
  types,
  TypeOverrides,
} from 'pg';
import type { SqlValue } from './engine.ts';
import { isUnanswered } from './postgres-errors.ts';
import type { PostgresStatement } from './postgres-sql.ts';

/** How a pool is opened. */
export interface PoolOptions extends Omit<PoolConfig, 'verify' | 'onConnect'> {
  /**
   * The server cuts off what runs longer, since it does not notice that nobody waits any more.
   * Milliseconds. Default: as the server is set.
   */
  readonly statementTimeout?: number | undefined;
  /** Looks at a new connection before it is used. Rejects where it must not be. */
  readonly admit?: ((client: PoolClient) => Promise<void>) | undefined;
}

/** Connections to a server, with what is the same for each of them. */
export function openPool({ statementTimeout, admit, ...config }: PoolOptions): Pool {
  async function prepare(client: PoolClient): Promise<void> {
    // No parameter of the start: a pooler that nobody told us of refuses those it does not know.
    if (statementTimeout !== undefined)
      await client.query(`SET statement_timeout = ${statementTimeout}`);
    await admit?.(client);
  }

  const pool = new Pool({
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    // As long as the system waits by itself, it is two hours.
    keepAliveInitialDelayMillis: 10_000,
    types: numbersAsNumbers(),
    verify: (client, done) => void prepare(client).then(() => done(), done),
    ...config,
  });
  // A connection that breaks leaves the pool, and whoever waits for an answer is told by it. The
  // event comes besides; without a listener it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('release', (error) => {
    // Of a commit, what went wrong is the cause.
    if (isUnanswered(error) || isUnanswered((error as Error | undefined)?.cause)) letIdleGo(pool);
  });
  return pool;
}

/**
 * Where one connection has no answer the others may lead nowhere either: to a server that vanished.
 * Whoever comes next gets a new one.
 */
function letIdleGo(pool: Pool): void {
  for (let left = pool.idleCount; left > 0; left -= 1)
    void pool.connect().then(
      (client) => client.release(true),
      () => {},
    );
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
