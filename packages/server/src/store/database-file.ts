import { rmSync } from 'node:fs';
import path from 'node:path';

/** The database file of a data folder. */
export function databaseOf(folder: string): string {
  return path.join(folder, 'willcall.db');
}

/** What the names of the files of a SQLite database end in: itself, its log, the index of that, its journal. */
export const databaseParts: readonly string[] = ['', '-wal', '-shm', '-journal'];

/** Removes a database that nobody has open, if it is there. */
export function removeDatabase(file: string): void {
  for (const part of databaseParts) rmSync(`${file}${part}`, { force: true });
}
