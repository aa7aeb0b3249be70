import { setTimeout as pause } from 'node:timers/promises';
import { NewerDatabase, OlderDatabase, StoreUnavailable } from '../domain/store.ts';
import { number, text } from './columns.ts';
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
import { lighterIndexes } from './migrations/017-lighter-indexes.ts';
import { blocks } from './migrations/018-blocks.ts';
import { leanTail } from './migrations/019-lean-tail.ts';
import { sealedTogether } from './migrations/020-sealed-together.ts';
import { foundByOthers } from './migrations/021-found-by-others.ts';
import { shortKeys } from './migrations/022-short-keys.ts';
import { createOrganizations } from './migrations/012-create-organizations.ts';
import { retentionOfAll } from './migrations/013-retention-of-all.ts';
import { signUpIfMissing } from './migrations/011-sign-up-if-missing.ts';

/**
 * A step of the schema: statements that are run in order, once. From 013 on a step only adds, so
 * that servers of the version before go on beside it: docs/decisions/026-rolling-versions.md.
 */
export interface Migration {
  /** Its number; `v2-` and the like stand before it from the second version of the schema on. */
  readonly name: string;
  readonly statements: readonly string[];
  /**
   * What follows on an embedded database. One process serves it, and none of another version beside
   * it: these may do more than add, and leave the tables as code knows them.
   */
  readonly embedded?: readonly string[];
}

/** What a step does on an engine. */
export function statementsOn(
  { isShared }: Pick<Engine, 'isShared'>,
  { statements, embedded = [] }: Migration,
): readonly string[] {
  return isShared ? statements : [...statements, ...embedded];
}

/** All steps, oldest first. A published step is never changed. */
export const migrations: readonly Migration[] = [
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
  lighterIndexes,
  blocks,
  leanTail,
  sealedTogether,
  foundByOthers,
  shortKeys,
];

/** The names of all steps, oldest first. */
export const stepNames: readonly string[] = migrations.map(({ name }) => name);

/** What a process does about steps that have not run yet. */
export type WhenBehind = 'apply' | 'refuse';

/** How the schema of a database stands to this version. */
export interface SchemaState {
  /** What has run, with its time in epoch milliseconds. */
  readonly applied: readonly { readonly name: string; readonly appliedAt: number }[];
  /** What this version has and the database has not. */
  readonly pending: readonly Migration[];
  /** Steps of the next version, beside which this one works. */
  readonly ahead: readonly string[];
  /** Steps that this version knows nothing of. */
  readonly unknown: readonly string[];
}

/** Compares the schema of a database with the one of this version, or of a list of steps. */
export async function readSchema(
  reader: Reader,
  known: readonly Migration[] = migrations,
): Promise<SchemaState> {
  const applied = await readApplied(reader);
  const names = new Set(applied.map(({ name }) => name));
  const pending = known.filter(({ name }) => !names.has(name));
  const foreign = [...names].filter((name) => !known.some((step) => step.name === name));
  const next = Math.max(...known.map(({ name }) => versionOf(name))) + 1;
  // Steps run in their order: the next version begins where this one is complete.
  const isAhead = (name: string) => pending.length === 0 && versionOf(name) === next;
  return {
    applied,
    pending,
    ahead: foreign.filter(isAhead),
    unknown: foreign.filter((name) => !isAhead(name)),
  };
}

/** The version of the schema that a step belongs to: 2 for `v2-014-…`, 1 for those without. */
export function versionOf(name: string): number {
  return Number(/^v(\d+)-/.exec(name)?.[1] ?? 1);
}

/**
 * Brings the schema up to date. Answers the names of the steps it ran. Throws `NewerDatabase`
 * where the database is further than the next version, and `OlderDatabase` where steps are
 * pending that shall not be run.
 */
export async function migrate(
  engine: Engine,
  whenBehind: WhenBehind = 'apply',
): Promise<readonly string[]> {
  const schema = await readSchema(engine);
  refuseUnknown(schema);
  const { pending } = schema;
  if (pending.length > 0 && whenBehind === 'refuse')
    throw new OlderDatabase(pending.map(({ name }) => name));
  return applySteps(engine, pending);
}

/** Throws `NewerDatabase` where the database is further than the next version. */
export function refuseUnknown({ unknown }: Pick<SchemaState, 'unknown'>): void {
  if (unknown.length > 0) throw new NewerDatabase('the database has steps of a newer version');
}

/**
 * Brings the schema to where these steps lead, and no further: rows that were written on it can
 * be put in. Answers whether that is so; it is not where the database is further already.
 */
export async function migrateTo(engine: Engine, names: readonly string[]): Promise<boolean> {
  const wanted = migrations.filter(({ name }) => names.includes(name));
  const { pending, ahead, unknown } = await readSchema(engine, wanted);
  if (ahead.length + unknown.length > 0) return false;
  await applySteps(engine, pending);
  return true;
}

/** None where the database is empty. */
async function readApplied(reader: Reader): Promise<SchemaState['applied']> {
  try {
    const rows = await reader.all('SELECT * FROM migrations ORDER BY name');
    return rows.map((row) => ({ name: text(row, 'name'), appliedAt: number(row, 'applied_at') }));
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
  pending: readonly Migration[],
): Promise<readonly string[]> {
  if (pending.length === 0) return [];
  const lease = engine.isShared ? await holdLease(engine) : undefined;
  try {
    await engine.write((tx) => tx.run(ownTable));
    const ran: string[] = [];
    for (const migration of pending)
      if (await persist(() => apply(engine, migration))) ran.push(migration.name);
    return ran;
  } finally {
    await lease?.release();
  }
}

/** Milliseconds, and how often. */
const pauseBetween = 500;
const mostTries = 20;

/** A step gives way to whoever reads its table for long, and so to all who would wait behind it. */
async function persist<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || tries >= mostTries) throw error;
      await pause(pauseBetween);
    }
  }
}

/** The look and the step are one transaction: whoever comes at the same time does not run it again. */
function apply(engine: Engine, migration: Migration): Promise<boolean> {
  return engine.write(
    async (tx) => {
      if (await tx.get('SELECT name FROM migrations WHERE name = ?', migration.name)) return false;
      for (const statement of statementsOn(engine, migration)) await tx.run(statement);
      await tx.run(
        'INSERT INTO migrations (name, applied_at) VALUES (?, ?)',
        migration.name,
        Date.now(),
      );
      return true;
    },
    { isLong: true, changesSchema: true },
  );
}
