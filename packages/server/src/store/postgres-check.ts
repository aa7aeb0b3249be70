import { isIPv6 } from 'node:net';
import { parse } from 'pg-connection-string';
import { DatabaseRefused } from '../domain/store.ts';
import type { Engine, Row } from './engine.ts';
import { ServerUnwritable } from './postgres-errors.ts';

/** The oldest version whose SQL is ours, as `server_version_num` has it. */
const oldestVersion = 130_000;

const settingsSql = `SELECT current_setting('server_version_num') AS version,
  current_setting('server_encoding') AS encoding,
  current_setting('synchronous_commit') AS durability,
  current_schema() AS schema_name`;

/** The schema of the table that statements would be about: another one where the first of the path has none. */
const migrationsSql = `SELECT relnamespace::regnamespace::text AS schema_name
  FROM pg_class WHERE oid = to_regclass('migrations')`;

/**
 * Says in one sentence why a database cannot be ours, before anything is written into it.
 * Throws `DatabaseRefused`.
 */
export async function checkPostgres(engine: Engine, url: string): Promise<void> {
  const place = placeOf(url);
  const settings = await explained(place, () => engine.get(settingsSql));
  const problem = settings && problemOf(settings);
  if (problem) throw new DatabaseRefused(`${place} ${problem}`);
  const tables = await engine.all(
    'SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()',
  );
  const names = new Set(tables.map((row) => row['table_name']));
  const isOurs = names.has('migrations');
  if (isOurs && names.has('signing_keys')) return;
  // A start that was cut off has made no more than these.
  names.delete('migrations');
  names.delete('migration_lease');
  if (names.size > 0) throw new DatabaseRefused(`${place} ${foreignTables}`);
  if (isOurs) return;
  const found = await engine.get(migrationsSql);
  if (!found) return;
  const [own, other] = [settings, found].map((row) => String(row?.['schema_name']));
  throw new DatabaseRefused(`${place} ${tablesElsewhere(own, other)}`);
}

const foreignTables =
  'holds tables of another program. Give Willcall a database of its own, or a schema: ?options=-csearch_path%3Dwillcall.';

/** They are another program's, or those of another Willcall. */
function tablesElsewhere(own = '', other = ''): string {
  return `has no tables in the schema ${own}, and would use those of ${other}, the next of the search_path. Let it name one schema alone: ?options=-csearch_path%3D${encodeURIComponent(own)}.`;
}

function problemOf(settings: Row): string | undefined {
  if (Number(settings['version']) < oldestVersion)
    return 'is older than PostgreSQL 13. Use a newer one.';
  if (settings['encoding'] !== 'UTF8')
    return `has the encoding ${settings['encoding']}. Make it with UTF8: CREATE DATABASE … ENCODING 'UTF8'.`;
  if (settings['durability'] === 'off')
    return 'acknowledges what is not yet on disk (synchronous_commit is off): a crash would bring used tickets back. Set it to on.';
  if (settings['schema_name'] === null)
    return 'has no schema for this account: the first of its search_path is not there. Make it: CREATE SCHEMA.';
  return undefined;
}

/** Runs a part of the start; what the server or the road to it refuses is told in a sentence. */
export async function explained<Result>(
  place: string,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const reason = reasonOf((error as { cause?: unknown }).cause ?? error);
    if (reason === undefined) throw error;
    throw new DatabaseRefused(`${place} ${reason}`, { cause: error });
  }
}

function reasonOf(error: unknown): string | undefined {
  const { code, message } = error as { code?: string; message?: string };
  if (error instanceof ServerUnwritable)
    return 'takes no writes: it is a replica, or read-only. DATABASE_URL must name the primary.';
  if (code !== undefined && code in reasons) return reasons[code];
  if (/SSL connections/.test(message ?? ''))
    return 'does not speak TLS. Turn it on there, or say sslmode=disable where the road is safe.';
  if (/CERT|TLS|SELF_SIGNED|UNABLE_TO/.test(code ?? ''))
    return `shows a certificate that is not trusted (${code}). Name its authority: sslmode=verify-full&sslrootcert=…`;
  if (/^E[A-Z]+/.test(code ?? '') || /timeout|terminated/.test(message ?? ''))
    return 'does not answer. Check DATABASE_URL, and that PostgreSQL runs and can be reached from here.';
  return undefined;
}

/** By SQLSTATE: postgresql.org/docs/current/errcodes-appendix.html. */
const reasons: Readonly<Record<string, string>> = {
  '28P01': 'refuses the name or the password. Check DATABASE_URL.',
  28000: 'refuses this account. Check DATABASE_URL and pg_hba.conf.',
  '3D000': 'has no database of this name. Make it: CREATE DATABASE … TEMPLATE template0.',
  42501:
    'does not let this account do what is needed: it must own the database, or the schema. GRANT it, or use the owner.',
  53300: 'has no connection left. Raise max_connections, or lower WILLCALL_DATABASE_POOL.',
  '57P03': 'is starting or stopping. Try again in a moment.',
};

/** `PostgreSQL at db.example.com:5432 (database willcall)`: nothing secret. */
export function placeOf(url: string): string {
  const { host, port, database } = parse(url);
  const shown = !host ? 'localhost' : isIPv6(host) ? `[${host}]` : host;
  const named = database ? ` (database ${database})` : '';
  return `PostgreSQL at ${shown}:${port ? port : '5432'}${named}`;
}
