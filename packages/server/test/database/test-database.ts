import { createHash } from 'node:crypto';
import path from 'node:path';
import { inject } from 'vitest';
import { openPostgres } from '../../src/store/postgres-engine.ts';
import { openSqlite } from '../../src/store/sqlite-engine.ts';
import type { Engine } from '../../src/store/engine.ts';
import { addressOf, createDatabase, watchPostgres } from './postgres.ts';
import type { Dump } from './dump.ts';
import { watchSqlite } from './sqlite.ts';

/** The database of a test, on the engine that this run is about. */
export interface TestDatabase {
  /** Opens it; as often as there shall be processes. */
  open(): Engine;
  /** The same for a program of another process: statements that set `engine`. */
  readonly openingProgram: string;
  /** What the environment of a server says for it; `undefined` where it is a file. */
  readonly environment: Readonly<Record<string, string>> | undefined;
  /** Everything in it. The same object again while nobody has written. */
  dump(): Dump;
  /** Ends the watching. What is in it goes with its folder, or with the server of the run. */
  close(): Promise<void>;
}

/** Whether this run is about PostgreSQL. */
export const isOnPostgres = (): boolean => inject('postgresUrl') !== undefined;

/** The database that belongs to a folder: a file in it, or a database named after it. */
export async function testDatabase(folder: string): Promise<TestDatabase> {
  const server = inject('postgresUrl') as string | undefined;
  if (server === undefined) return sqliteIn(path.join(folder, 'willcall.db'));
  const name = `t_${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  await createDatabase(server, name);
  const url = addressOf(server, name);
  const watching = watchPostgres(url);
  const pooler = inject('poolerUrl');
  const address = pooler === undefined ? url : addressOf(pooler, name);
  const options = { url: address, poolSize: 8, isPooled: pooler !== undefined };
  return {
    environment: {
      DATABASE_URL: address,
      ...(pooler === undefined ? {} : { WILLCALL_DATABASE_POOLER: 'on' }),
    },
    open: () => openPostgres(options),
    openingProgram: `import { openPostgres } from '../src/store/postgres-engine.ts';
      const engine = openPostgres(${JSON.stringify(options)});`,
    dump: watching.dump,
    close: watching.close,
  };
}

/** A database in a file, whatever this run is about. */
export function sqliteIn(file: string): TestDatabase {
  let watching: ReturnType<typeof watchSqlite> | undefined;
  return {
    environment: undefined,
    open: () => openSqlite(file),
    openingProgram: `import { openSqlite } from '../src/store/sqlite-engine.ts';
      const engine = openSqlite(${JSON.stringify(file)});`,
    dump: () => (watching ??= watchSqlite(file)).dump(),
    async close() {
      watching?.close();
    },
  };
}
