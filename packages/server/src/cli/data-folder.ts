import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { databaseOf } from '../store/database-file.ts';

/** Where an instance lies when nobody says. */
export const defaultDataFolder = '.willcall';

/** Whether an instance was ever started in this folder. */
export function hasDatabase(dataFolder: string): boolean {
  return existsSync(databaseOf(dataFolder));
}

/** A folder that is gone when the process ends, whichever way it ends by itself or by a signal. */
export function temporaryDataFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'willcall-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
