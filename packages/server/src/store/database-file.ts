import { rmSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** What the names of the files of a SQLite database end in: itself, its log, the index of that. */
export const databaseParts: readonly string[] = ['', '-wal', '-shm'];

/** Removes a database that nobody has open, if it is there. */
export function removeDatabase(file: string): void {
  for (const part of databaseParts) rmSync(`${file}${part}`, { force: true });
}

/** Waits until a file is on disk. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
