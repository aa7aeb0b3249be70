import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../../../tooling/postgresql.ts';
import { openStore } from '../../src/store/open.ts';
import { openPostgres } from '../../src/store/postgres-engine.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL server of this run, in the project that has one: its maintenance database. */
    readonly postgresUrl: string;
  }
}

/** One server for the run, with a database that has the schema: each test gets a copy of it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  const client = new Client(server.url('postgres'));
  await client.connect();
  await client.query('CREATE DATABASE willcall_template');
  await client.end();
  const store = await openStore(openPostgres({ url: server.url('willcall_template') }));
  await store.close();
  project.provide('postgresUrl', server.url('postgres'));
  return () => server.stop();
}
