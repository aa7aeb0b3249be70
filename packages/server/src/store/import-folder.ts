import { closeSync, existsSync, openSync, renameSync } from 'node:fs';
import { databaseOf, databaseParts, removeDatabase } from './database-file.ts';
import { MoveError } from './export-lines.ts';
import { importData, type Imported, type ImportRequest, type OpenExport } from './import.ts';
import { openSqlite } from './sqlite-engine.ts';
import { syncFile, syncFolder } from './sync.ts';

/**
 * Puts an export into a data folder that has no database, and that this process holds to replace
 * it. It is written and fenced under another name first; one rename makes it the database.
 */
export async function importIntoFolder(
  folder: string,
  opened: OpenExport,
  request: ImportRequest,
): Promise<Imported> {
  const database = databaseOf(folder);
  if (databaseParts.some((part) => existsSync(`${database}${part}`)))
    throw new MoveError(`${folder} holds a database already. Name another folder with --data.`);
  const draft = `${database}.importing`;
  removeDatabase(draft);
  try {
    closeSync(openSync(draft, 'wx', 0o600));
    const imported = await fill(draft, opened, request);
    await syncFile(draft);
    renameSync(draft, database);
    await syncFolder(folder);
    return imported;
  } catch (error) {
    removeDatabase(draft);
    throw error;
  }
}

/** Closing it brings its log into the file. */
async function fill(draft: string, opened: OpenExport, request: ImportRequest): Promise<Imported> {
  const engine = openSqlite(draft);
  try {
    return await importData(engine, opened, request);
  } finally {
    await engine.close();
  }
}
