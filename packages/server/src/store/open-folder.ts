import { mkdirSync } from 'node:fs';
import type { Store } from '../domain/store.ts';
import { databaseOf } from './database-file.ts';
import type { Engine } from './engine.ts';
import { type FolderUse, holdFolder } from './folder-hold.ts';
import type { WhenBehind } from './migrations.ts';
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

/** Opens the database of a data folder, which this process holds until the store is closed. Throws `FolderHeld`. */
export async function openFolder(
  folder: string,
  use: FolderUse,
  whenBehind?: WhenBehind,
): Promise<OpenedStore> {
  const opened = openFolderEngine(folder, use);
  const aside = openReadingThread(databaseOf(folder));
  try {
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
