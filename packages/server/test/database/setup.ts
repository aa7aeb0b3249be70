import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { findProgram } from '../../../../tooling/foreign-program.ts';
import { startPgbouncer } from '../../../../tooling/pgbouncer.ts';
import { startPostgres } from '../../../../tooling/postgresql.ts';
import { openStore } from '../../src/store/open.ts';
import { openPostgres } from '../../src/store/postgres-engine.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL server of this run, in the project that has one: its maintenance database. */
    readonly postgresUrl: string;
    /** The same by way of a pooler in transaction mode, in the run that has one. */
    readonly poolerUrl: string | undefined;
  }
}

/** One server for the run, with a database that has the schema: each test gets a copy of it. `WILLCALL_TEST_POSTGRES` says `serializable` or `pgbouncer`. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const variant = process.env['WILLCALL_TEST_POSTGRES'];
  const isSerializable = variant === 'serializable';
  const server = await startPostgres(
    isSerializable ? { default_transaction_isolation: 'serializable' } : {},
  );
  const client = new Client(server.url('postgres'));
  await client.connect();
  await client.query('CREATE DATABASE willcall_template');
  await client.end();
  const store = await openStore(openPostgres({ url: server.url('willcall_template') }));
  await store.close();
  const direct = server.url('postgres');
  const program = variant === 'pgbouncer' ? findProgram('pgbouncer') : undefined;
  const pooler = program === undefined ? undefined : await startPgbouncer(program, direct);
  project.provide('postgresUrl', direct);
  project.provide('poolerUrl', pooler?.url(direct));
  return async () => {
    await pooler?.stop();
    await server.stop();
  };
}
