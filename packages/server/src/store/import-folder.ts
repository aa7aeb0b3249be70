import { closeSync, existsSync, openSync, renameSync } from 'node:fs';
import { draftDatabase } from './database-draft.ts';
import { databaseOf, databaseParts } from './database-file.ts';
import { MoveError } from './export-lines.ts';
import { importData, type Imported, type ImportRequest, type OpenExport } from './import.ts';
import { openSqlite } from './sqlite-engine.ts';
import { syncFolder } from './sync.ts';

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
  const imported = await draftDatabase(draft, () => fill(draft, opened, request));
  renameSync(draft, database);
  await syncFolder(folder);
  return imported;
}

async function fill(draft: string, opened: OpenExport, request: ImportRequest): Promise<Imported> {
  closeSync(openSync(draft, 'wx', 0o600));
  const engine = openSqlite(draft);
  try {
    return await importData(engine, opened, request);
  } finally {
    await engine.close();
  }
}
