import { copyFileSync, existsSync, renameSync, statSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { type Fence, furthest, type RaisedFence } from '../domain/instance/fence.ts';
import type { InstanceRecord, InstanceType } from '../domain/instance/instance.ts';
import { text } from './columns.ts';
import { draftDatabase } from './database-draft.ts';
import { databaseOf, databaseParts } from './database-file.ts';
import type { Engine } from './engine.ts';
import { fenceStore } from './fence.ts';
import { readSchema } from './migrations.ts';
import { openStore } from './open.ts';
import { openSqlite } from './sqlite-engine.ts';
import { isDamage, isOfTheMachine, reasonOf } from './sqlite-errors.ts';
import { syncFolder } from './sync.ts';

/** A backup that cannot be restored here. The message says why; nothing was changed. */
export class BackupUnusable extends Error {}

export interface RestoreRequest {
  /** The folder, which this process holds to replace its database. */
  readonly dataFolder: string;
  readonly backup: string;
  /** What the folder is for. */
  readonly instanceType: InstanceType;
  /** Where the history of this instance is known to have been, by its mark. */
  readonly findMark: (instanceId: string) => Promise<Fence | undefined>;
  readonly now: number;
}

export interface Restored {
  readonly instanceId: string;
  readonly fence: RaisedFence;
  /** Where the database lies now that was there before. */
  readonly former: string | undefined;
}

/**
 * Puts a backup in the place of a folder's database. It is copied, checked, brought up to date
 * and fenced under another name first, so that nothing can serve it with its tickets and
 * sessions alive; a crash on the way leaves the old database, the new one, or none.
 * Throws {@link BackupUnusable}.
 */
export async function restoreBackup(request: RestoreRequest): Promise<Restored> {
  const { dataFolder, backup } = request;
  const database = databaseOf(dataFolder);
  const draft = `${database}.restoring`;
  refuseTorn(backup);
  const former = await readFormer(database);
  const { record, fence } = await draftDatabase(draft, () => prepare(draft, request, former));
  const aside = setAside(database, request.now);
  renameSync(draft, database);
  await syncFolder(dataFolder);
  return { instanceId: record.id, fence, former: aside };
}

/** The database file alone of a server that was running lacks what its log holds. */
function refuseTorn(backup: string): void {
  if (!statSync(backup, { throwIfNoEntry: false })?.isFile())
    throw new BackupUnusable(`There is no file ${backup}.`);
  const log = `${backup}-wal`;
  if (!existsSync(log) || statSync(log).size === 0) return;
  throw new BackupUnusable(
    `${log} lies beside it: this is a part of a database in use and no backup. Make one with 'willcall backup'.`,
  );
}

/** What the present database says, if there is one that is whole and has a history. */
async function readFormer(database: string): Promise<{ id: string; fence: Fence } | undefined> {
  if (!existsSync(database)) return undefined;
  let engine: Engine | undefined;
  try {
    // Closing it brings its log into the file, so that one file is all that is set aside.
    engine = openSqlite(database);
    const { applied } = await readSchema(engine);
    if (!applied.some(({ name }) => name === '006-fence')) return undefined;
    const row = await engine.get('SELECT id FROM instance');
    return row && { id: text(row, 'id'), fence: await fenceStore(engine).find() };
  } catch (error) {
    // A database that is damaged is a reason to restore one.
    if (isDamage(error)) return undefined;
    // Of any other the history counts: the fence must come to stand above it.
    throw new BackupUnusable(
      `${database} cannot be read, so that nobody knows what it ended: ${reasonOf(error)}. Mend that, or move the file away if it is lost.`,
      { cause: error },
    );
  } finally {
    await engine?.close();
  }
}

/** Copies the backup, checks it, brings it up to date and raises its fence above all that is known. */
async function prepare(
  draft: string,
  { backup, instanceType, findMark, now }: RestoreRequest,
  former: { id: string; fence: Fence } | undefined,
): Promise<{ record: InstanceRecord; fence: RaisedFence }> {
  copyFileSync(backup, draft);
  await chmod(draft, 0o600);
  const engine = await openWhole(draft, backup);
  try {
    const store = await openStore(engine);
    const record = await store.instance.find();
    if (!record) throw new BackupUnusable(`${backup} holds no instance.`);
    refuseOther(backup, record, instanceType, former?.id);
    const own = former?.fence ?? { epoch: 0, mark: 0 };
    const above = furthest(own, await findMark(record.id));
    return { record, fence: await store.fence.raise({ reason: 'restore', now, above }) };
  } finally {
    await engine.close();
  }
}

/** Opens the copy if every page of it is sound and it is a database of ours. */
async function openWhole(draft: string, backup: string): Promise<Engine> {
  let engine: Engine | undefined;
  try {
    engine = openSqlite(draft);
    const check = await engine.get('PRAGMA integrity_check');
    if (check?.['integrity_check'] !== 'ok') throw new Error('pages are damaged');
    await engine.get('SELECT name FROM migrations');
    return engine;
  } catch (error) {
    await engine?.close();
    if (isOfTheMachine(error)) throw error;
    throw new BackupUnusable(`${backup} is damaged, or no backup of Willcall.`, { cause: error });
  }
}

function refuseOther(
  backup: string,
  record: InstanceRecord,
  instanceType: InstanceType,
  presentId: string | undefined,
): void {
  if (record.type === 'development' && instanceType === 'production') {
    throw new BackupUnusable(
      `${backup} holds a development instance. Put its development.json into the data folder first.`,
    );
  }
  if (record.type !== instanceType) {
    throw new BackupUnusable(
      `${backup} holds a ${record.type} instance, and the data folder a ${instanceType} one. Name another folder with --data.`,
    );
  }
  if (presentId !== undefined && presentId !== record.id) {
    throw new BackupUnusable(
      `${backup} holds another instance than the data folder. Name another folder with --data.`,
    );
  }
}

/**
 * Takes the database away before the next one comes, log included: a log that stayed would be
 * played into a database that it does not belong to.
 */
function setAside(database: string, now: number): string | undefined {
  const time = new Date(now).toISOString().replaceAll(/[-:.]/g, '');
  const aside = path.join(path.dirname(database), `willcall-replaced-${time}.db`);
  const present = databaseParts.filter((part) => existsSync(`${database}${part}`));
  for (const part of present) renameSync(`${database}${part}`, `${aside}${part}`);
  return present.includes('') ? aside : undefined;
}
