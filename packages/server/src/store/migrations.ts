import { NewerDatabase } from '../domain/store.ts';
import type { Engine, Reader } from './engine.ts';
import { holdLease } from './migration-lease.ts';
import { initial } from './migrations/001-initial.ts';
import { steps } from './migrations/002-steps.ts';
import { issuing } from './migrations/003-issuing.ts';
import { retention } from './migrations/005-retention.ts';
import { fence } from './migrations/006-fence.ts';
import { nobody } from './migrations/007-nobody.ts';
import { links } from './migrations/004-links.ts';
import { auditLog } from './migrations/008-audit-log.ts';
import { freshProofs } from './migrations/009-fresh-proofs.ts';
import { sameBrowser } from './migrations/010-same-browser.ts';
import { rateLimits } from './migrations/014-rate-limits.ts';
import { auditTail } from './migrations/015-audit-tail.ts';
import { timeline } from './migrations/016-timeline.ts';
import { createOrganizations } from './migrations/012-create-organizations.ts';
import { retentionOfAll } from './migrations/013-retention-of-all.ts';
import { signUpIfMissing } from './migrations/011-sign-up-if-missing.ts';

/** A step of the schema: statements that are run in order, once. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/** All steps, oldest first. A published step is never changed. */
const migrations: readonly Migration[] = [
  initial,
  steps,
  issuing,
  links,
  retention,
  fence,
  nobody,
  auditLog,
  freshProofs,
  sameBrowser,
  signUpIfMissing,
  createOrganizations,
  retentionOfAll,
  rateLimits,
  auditTail,
  timeline,
];

/** The names of all steps, oldest first. */
export const stepNames: readonly string[] = migrations.map(({ name }) => name);

/**
 * Brings the schema up to date. Answers the names of the steps it ran. Throws `NewerDatabase`
 * where the database knows steps that this version does not.
 */
export async function migrate(engine: Engine): Promise<readonly string[]> {
  const applied = await readSteps(engine);
  if (applied.some((name) => !stepNames.includes(name)))
    throw new NewerDatabase('the database has steps of a newer version');
  return applySteps(engine, applied, stepNames);
}

/**
 * Brings the schema to where these steps lead, and no further: rows that were written on it can
 * be put in. Answers whether that is so; it is not where the database is further already.
 */
export async function migrateTo(engine: Engine, names: readonly string[]): Promise<boolean> {
  const applied = await readSteps(engine);
  if (applied.some((name) => !names.includes(name))) return false;
  await applySteps(engine, applied, names);
  return true;
}

/** The steps that a database has behind it; none where it is empty. */
export async function readSteps(reader: Reader): Promise<readonly string[]> {
  try {
    const rows = await reader.all('SELECT name FROM migrations ORDER BY name');
    return rows.map(({ name }) => String(name));
  } catch (error) {
    if (isMissingTable(error)) return [];
    throw error;
  }
}

/** By the SQLSTATE of PostgreSQL (undefined_table), by the words of SQLite. */
function isMissingTable(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === '42P01' || String(message).startsWith('no such table');
}

/** Not made before a step is pending: an account that may not make tables can still serve. */
const ownTable =
  'CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)';

async function applySteps(
  engine: Engine,
  applied: readonly string[],
  wanted: readonly string[],
): Promise<readonly string[]> {
  const pending = migrations.filter(({ name }) => wanted.includes(name) && !applied.includes(name));
  if (pending.length === 0) return [];
  const lease = engine.isShared ? await holdLease(engine) : undefined;
  try {
    await engine.write((tx) => tx.run(ownTable));
    const ran: string[] = [];
    for (const migration of pending) if (await apply(engine, migration)) ran.push(migration.name);
    return ran;
  } finally {
    await lease?.release();
  }
}

/** The look and the step are one transaction: whoever comes at the same time does not run it again. */
function apply(engine: Engine, migration: Migration): Promise<boolean> {
  return engine.write(
    async (tx) => {
      if (await tx.get('SELECT name FROM migrations WHERE name = ?', migration.name)) return false;
      for (const statement of migration.statements) await tx.run(statement);
      await tx.run(
        'INSERT INTO migrations (name, applied_at) VALUES (?, ?)',
        migration.name,
        Date.now(),
      );
      return true;
    },
    { isLong: true },
  );
}
