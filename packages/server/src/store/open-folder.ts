import { mkdirSync } from 'node:fs';
import { DatabaseRefused, FolderHeld, type Store } from '../domain/store.ts';
import { databaseOf } from './database-file.ts';
import type { Engine } from './engine.ts';
import { type FolderHold, type FolderUse, holdFolder } from './folder-hold.ts';
import { migrate, readSchema, type WhenBehind } from './migrations.ts';
import { openStore } from './open.ts';
import { openReadingThread } from './reading-thread.ts';
import { openSqlite } from './sqlite-engine.ts';
import { countWrites } from './write-count.ts';

/** A store that is open. */
export interface OpenedStore {
  /** Closing it lets a data folder go. */
  readonly store: Store;
  /** How many writes were asked of it so far. */
  readonly countWrites: () => number;
}

/**
 * Opens the database of a data folder, which this process holds until the store is closed. Throws
 * `FolderHeld`, and `DatabaseRefused` where steps are pending beside a server.
 */
export async function openFolder(
  folder: string,
  use: FolderUse,
  whenBehind?: WhenBehind,
): Promise<OpenedStore> {
  const opened = openFolderEngine(folder, use);
  const aside = openReadingThread(databaseOf(folder));
  try {
    if (use === 'beside' && whenBehind !== 'refuse') await bringUpToDate(opened, folder);
    const { engine, count } = countWrites({
      ...opened,
      async close() {
        await aside.close();
        await opened.close();
      },
    });
    return { store: await openStore(engine, whenBehind, { aside }), countWrites: count };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/**
 * Runs what is pending where no server holds the folder, and keeps one from starting meanwhile: one
 * that is of an older version would go on with a schema that it does not know.
 */
async function bringUpToDate(engine: Engine, folder: string): Promise<void> {
  if (!(await isBehind(engine))) return;
  let hold: FolderHold;
  try {
    hold = holdFolder(folder, 'serve');
  } catch (error) {
    if (!(error instanceof FolderHeld)) throw error;
    // Another command was at it.
    if (!(await isBehind(engine))) return;
    throw new DatabaseRefused(explainBehind(folder));
  }
  try {
    await migrate(engine);
  } finally {
    hold.release();
  }
}

async function isBehind(engine: Engine): Promise<boolean> {
  const { pending } = await readSchema(engine);
  return pending.length > 0;
}

function explainBehind(folder: string): string {
  return (
    `A server works on ${folder}, whose schema is of an older version. Restart the server with this one, ` +
    "which brings it up to date, or stop it and run 'willcall migrate apply'."
  );
}

/** The same with its schema as it is. */
export function openFolderEngine(folder: string, use: FolderUse): Engine {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const hold = holdFolder(folder, use);
  try {
    const engine = openSqlite(databaseOf(folder));
    const close = async () => {
      await engine.close();
      hold.release();
    };
    return { ...engine, close };
  } catch (error) {
    hold.release();
    throw error;
  }
}
