import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FolderHeld } from '../domain/store.ts';

/**
 * What a process wants of a data folder. One may serve it; commands work beside the server
 * and beside each other; whoever replaces its database is alone.
 */
export type FolderUse = 'serve' | 'beside' | 'replace';

/** A data folder that this process holds. */
export interface FolderHold {
  release(): void;
}

/**
 * The locks of an empty database beside the real one: reserved goes together with shared ones,
 * exclusive with none. The operating system lets go of them when the process ends, `kill -9`
 * included, so that nothing is ever left to clean up.
 */
const lockSql: Readonly<Record<FolderUse, string>> = {
  serve: 'BEGIN IMMEDIATE',
  beside: 'BEGIN; SELECT count(*) FROM sqlite_master',
  replace: 'BEGIN EXCLUSIVE',
};

/** A server that is being replaced by the next one may need a moment to go. Milliseconds. */
const patience = 500;

/** SQLITE_BUSY, sqlite.org/rescode.html. */
const busyCode = 5;

/** What processes lock in a folder. It stays there. */
export function lockOf(folder: string): string {
  return path.join(folder, 'willcall.lock');
}

/** Holds a data folder until it is released or the process ends. Throws {@link FolderHeld}. */
export function holdFolder(folder: string, use: FolderUse): FolderHold {
  const lock = new DatabaseSync(lockOf(folder), { timeout: patience });
  try {
    lock.exec(lockSql[use]);
  } catch (error) {
    lock.close();
    throw (error as { errcode?: unknown }).errcode === busyCode ? new FolderHeld(folder) : error;
  }
  return { release: () => lock.close() };
}
