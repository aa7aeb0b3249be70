import { NewerDatabase } from '../domain/store.ts';
import type { Engine } from './engine.ts';
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

/**
 * Brings the schema up to date. Answers the names of the steps it ran. Throws `NewerDatabase`
 * where the database knows steps that this version does not.
 */
export async function migrate(engine: Engine): Promise<readonly string[]> {
  const applied = await listApplied(engine);
  const known = new Set(migrations.map(({ name }) => name));
  if (applied.some((name) => !known.has(name)))
    throw new NewerDatabase('the database has steps of a newer version');
  if (migrations.every(({ name }) => applied.includes(name))) return [];
  if (!engine.isShared) return applyAll(engine);
  const lease = await holdLease(engine);
  try {
    return await applyAll(engine);
  } finally {
    await lease.release();
  }
}

/** An account that may not make tables can still serve a schema that is up to date. */
async function listApplied(engine: Engine): Promise<readonly string[]> {
  const list = () => engine.all('SELECT name FROM migrations');
  const rows = await list().catch(async () => {
    await engine.write((tx) =>
      tx.run(
        'CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)',
      ),
    );
    return list();
  });
  return rows.map(({ name }) => String(name));
}

async function applyAll(engine: Engine): Promise<readonly string[]> {
  const ran: string[] = [];
  for (const migration of migrations) if (await apply(engine, migration)) ran.push(migration.name);
  return ran;
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
