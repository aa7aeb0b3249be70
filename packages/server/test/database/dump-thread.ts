import { type MessagePort, workerData } from 'node:worker_threads';
import { Client, TypeOverrides, types } from 'pg';
import { type Dump, type DumpAnswer, isDumped } from './dump.ts';

const { url, signal, port } = workerData as { url: string; signal: Int32Array; port: MessagePort };

const overrides = new TypeOverrides();
overrides.setTypeParser(types.builtins.INT8, Number);
const client = new Client({ connectionString: url, types: overrides });
const connected = client.connect();
// The database goes away before this thread does.
client.on('error', () => {});

// One after another, since each answer tells what is other than at the one before.
let last: Promise<void> = Promise.resolve();
port.on('message', (question: number) => {
  last = last
    .then(answer)
    .then(
      (found): DumpAnswer => ({ question, answer: found }),
      (error: unknown): DumpAnswer => ({ question, error: String(error) }),
    )
    .then((message) => {
      port.postMessage(message);
      Atomics.add(signal, 0, 1);
      Atomics.notify(signal, 0);
    });
});

const latest = new Map<string, { readonly version: string; readonly rows: Dump[string] }>();
let names: readonly string[] | undefined;
let snapshot: string | undefined;

/** All tables, unless they are as they were. What nobody wrote to is not read again. */
async function answer(): Promise<Dump | undefined> {
  await connected;
  // Nobody at all wrote, in no database of the server.
  const now = await client.query<{ text: string }>('SELECT pg_current_snapshot()::text AS text');
  if (snapshot === now.rows[0]?.text) return undefined;
  snapshot = now.rows[0]?.text;
  names ??= await tableNames();
  // A row that is written has the number of its transaction, which none had before.
  const versions = names.map(
    (name) => `SELECT '${name}' AS name, concat(count(*), ' ', sum(xmin::text::bigint)) AS version
               FROM ${name}`,
  );
  const found = await client.query<{ name: string; version: string }>(
    `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${versions.join(' UNION ALL ')}`,
  );
  const rows = (found as unknown as (typeof found)[]).flatMap((each) => each.rows);
  const changed = rows.filter(({ name, version }) => latest.get(name)?.version !== version);
  let isOther = false;
  for (const { name, version } of changed) {
    const before = JSON.stringify(latest.get(name)?.rows);
    // By the primary key: where a row lies changes with each update of it.
    const { rows: after } = await client.query(`SELECT * FROM ${name} ORDER BY 1, 2`);
    latest.set(name, { version, rows: after as Dump[string][number][] });
    isOther ||= JSON.stringify(after) !== before;
  }
  await client.query('COMMIT');
  if (!isOther) return undefined;
  return Object.fromEntries([...latest].map(([name, { rows: all }]) => [name, all]));
}

async function tableNames(): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = current_schema() AND ${isDumped('table_name')} ORDER BY table_name`,
  );
  return rows.map(({ name }) => name);
}
