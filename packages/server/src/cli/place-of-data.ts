import type { DatabaseAddress } from '../config.ts';
import type { InstanceRecord } from '../domain/instance/instance.ts';
import { databaseOf } from '../store/database-file.ts';
import type { Engine } from '../store/engine.ts';
import { hasDatabase } from './data-folder.ts';

/** Where the data of a process lies: the database that the environment names, else the folder. */
export interface PlaceOfData {
  readonly dataFolder: string;
  readonly database: DatabaseAddress | undefined;
}

/** Whether there is an instance. A database is asked for it, and must answer. */
export async function hasInstance(place: PlaceOfData): Promise<boolean> {
  if (place.database) return (await findInstance(place.database)) !== undefined;
  // A file that was cut off, or that only a start made which failed, is there and holds none.
  if (!hasDatabase(place.dataFolder)) return false;
  const { holdsInstance } = await import('../store/holds-instance.ts');
  return holdsInstance(databaseOf(place.dataFolder));
}

/** The instance of a database, whose schema stays as it is. Throws `DatabaseRefused`. */
export async function findInstance(database: DatabaseAddress): Promise<InstanceRecord | undefined> {
  const { openDatabaseEngine } = await import('../store/open-database.ts');
  const engine = await openDatabaseEngine(database);
  try {
    return await findInstanceOn(engine);
  } finally {
    await engine.close();
  }
}

/** The same where it is open; `undefined` where nothing is in it, too. */
export async function findInstanceOn(engine: Engine): Promise<InstanceRecord | undefined> {
  const { readInstance } = await import('../store/instances.ts');
  const { readSchema } = await import('../store/migrations.ts');
  const { applied } = await readSchema(engine);
  return applied.length === 0 ? undefined : readInstance(engine);
}

/** The place in a sentence, without anything secret. */
export async function describePlace({ dataFolder, database }: PlaceOfData): Promise<string> {
  if (!database) return dataFolder;
  const { placeOf } = await import('../store/postgres-check.ts');
  return placeOf(database.url);
}
