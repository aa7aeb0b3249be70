import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { databaseOf } from '../store/database-file.ts';

/** Where an instance lies when nobody says. */
export const defaultDataFolder = '.willcall';

/** Whether a database file lies in this folder. Throws where the folder may not be entered: who sees nothing does not know. */
export function hasDatabase(dataFolder: string): boolean {
  try {
    statSync(databaseOf(dataFolder));
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** A folder that is gone when the process ends, whichever way it ends by itself or by a signal. */
export function temporaryDataFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'willcall-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
