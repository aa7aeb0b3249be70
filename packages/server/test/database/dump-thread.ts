import { type MessagePort, workerData } from 'node:worker_threads';
import { Client, TypeOverrides, types } from 'pg';
import { isDumped } from './dump.ts';

const { url, signal, port } = workerData as { url: string; signal: Int32Array; port: MessagePort };

const overrides = new TypeOverrides();
overrides.setTypeParser(types.builtins.INT8, Number);
const client = new Client({ connectionString: url, types: overrides });
const connected = client.connect();
// The database goes away before this thread does.
client.on('error', () => {});

port.on('message', () => {
  void answer()
    .then((found) => ({ answer: found }))
    .catch((error: unknown) => ({ error: String(error) }))
    .then((message) => {
      port.postMessage(message);
      Atomics.store(signal, 0, 1);
      Atomics.notify(signal, 0);
    });
});

let version: string | undefined;
let written: string | undefined;

/** All tables, unless they are as they were. Other databases of the server change the version too. */
async function answer() {
  await connected;
  const snapshot = await client.query<{ version: string }>(
    'SELECT pg_current_snapshot()::text AS version',
  );
  if (version === snapshot.rows[0]?.version) return undefined;
  version = snapshot.rows[0]?.version;
  const names = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = current_schema() AND ${isDumped('table_name')} ORDER BY table_name`,
  );
  const tables: Record<string, unknown[]> = {};
  for (const { name } of names.rows)
    tables[name] = (await client.query(`SELECT * FROM ${name}`)).rows as unknown[];
  const now = JSON.stringify(tables);
  if (now === written) return undefined;
  written = now;
  return tables;
}
