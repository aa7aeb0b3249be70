import { chmodSync, closeSync, openSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { syncFolder } from './sync-folder.ts';

/**
 * Writes a copy of a database as of one moment, beside the server that uses it and without
 * holding it up. The copy is one file, its owner's alone, and holds nothing that was deleted.
 * Throws `EEXIST` where the file is there already; an attempt that failed leaves nothing.
 */
export async function backUp(database: string, file: string): Promise<void> {
  closeSync(openSync(file, 'wx', 0o600));
  const draft = `${file}.partial`;
  try {
    rmSync(draft, { force: true });
    copyInto(database, draft);
    chmodSync(draft, 0o600);
    const handle = await open(draft, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
    await syncFolder(path.dirname(path.resolve(file)));
  } catch (error) {
    rmSync(draft, { force: true });
    rmSync(file, { force: true });
    throw error;
  }
}

function copyInto(database: string, draft: string): void {
  const reading = new DatabaseSync(database, { readOnly: true, timeout: 5000 });
  try {
    reading.prepare('VACUUM INTO ?').run(draft);
  } finally {
    reading.close();
  }
}
