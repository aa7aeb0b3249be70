import type { DatabaseAddress } from '../config.ts';
import type { InstanceRecord } from '../domain/instance/instance.ts';
import { hasDatabase } from './data-folder.ts';

/** Where the data of a process lies: the database that the environment names, else the folder. */
export interface PlaceOfData {
  readonly dataFolder: string;
  readonly database: DatabaseAddress | undefined;
}

/** Whether there is an instance. A database is asked for it, and must answer. */
export async function hasInstance(place: PlaceOfData): Promise<boolean> {
  if (!place.database) return hasDatabase(place.dataFolder);
  return (await findInstance(place.database)) !== undefined;
}

/** The instance of a database. Throws `DatabaseRefused`. */
export async function findInstance(database: DatabaseAddress): Promise<InstanceRecord | undefined> {
  const { openDatabase } = await import('../store/open-database.ts');
  const { store } = await openDatabase(database);
  try {
    return await store.instance.find();
  } finally {
    await store.close();
  }
}

/** The place in a sentence, without anything secret. */
export async function describePlace({ dataFolder, database }: PlaceOfData): Promise<string> {
  if (!database) return dataFolder;
  const { placeOf } = await import('../store/postgres-check.ts');
  return placeOf(database.url);
}
