import type { Environment } from '../config.ts';
import type { Store } from '../domain/store.ts';
import type { Engine } from '../store/engine.ts';
import { defaultDataFolder } from './data-folder.ts';
import { readEnvironmentSource } from './environment-source.ts';
import { Failure } from './failure.ts';
import { explainMissing, type instanceOptions } from './instance-source.ts';
import { loadServer } from './load-server.ts';
import { hasInstance, type PlaceOfData } from './place-of-data.ts';
import type { Values } from './command.ts';

/** Where a data folder is, and what else the environment says. */
export interface NamedFolder {
  readonly dataFolder: string;
  readonly environment: Environment;
}

/** The data folder of a command that needs no instance secret. */
export function nameFolder(values: Values<typeof instanceOptions>): NamedFolder {
  const environment = readEnvironmentSource(values['env-file']);
  return { dataFolder: values.data ?? environment.data ?? defaultDataFolder, environment };
}

/** The same, where an instance must lie in it. */
export async function requireFolder(values: Values<typeof instanceOptions>): Promise<NamedFolder> {
  const named = nameFolder(values);
  refuseDatabase(named);
  const place = { dataFolder: named.dataFolder, database: undefined };
  if (!(await hasInstance(place))) throw new Failure(await explainMissing(place));
  return named;
}

/** Backup and restore are about files. Throws `Failure` where there is none. */
export function refuseDatabase({ environment }: NamedFolder): void {
  if (environment.database) throw new Failure(foreignBackup);
}

const foreignBackup =
  "DATABASE_URL is set: the data lies in PostgreSQL, whose own tools back it up and restore it. Run 'willcall fence raise' after a restore.";

/** Opens the store beside the server, lets `work` use it, and closes it. */
export async function withStore<Result>(
  values: Values<typeof instanceOptions>,
  work: (folder: NamedFolder & { readonly store: Store }) => Promise<Result>,
): Promise<Result> {
  const named = nameFolder(values);
  const place = { dataFolder: named.dataFolder, database: named.environment.database };
  if (!(await hasInstance(place))) throw new Failure(await explainMissing(place));
  const { openDataStore } = await loadServer();
  const { store } = await openDataStore(
    { ...place, whenBehind: named.environment.whenBehind },
    'beside',
  );
  try {
    return await work({ ...named, store });
  } finally {
    await store.close();
  }
}

/** A database whose schema is as it was found. */
export interface OpenedPlace extends NamedFolder {
  readonly engine: Engine;
  readonly place: PlaceOfData;
}

/** Opens the database beside the server without touching its schema, lets `work` use it, and closes it. */
export async function withEngine<Result>(
  values: Values<typeof instanceOptions>,
  work: (opened: OpenedPlace) => Promise<Result>,
): Promise<Result> {
  const named = nameFolder(values);
  const place = { dataFolder: named.dataFolder, database: named.environment.database };
  if (!place.database && !(await hasInstance(place)))
    throw new Failure(await explainMissing(place));
  const { openDataEngine } = await loadServer();
  const engine = await openDataEngine(place, 'beside');
  try {
    return await work({ ...named, place, engine });
  } finally {
    await engine.close();
  }
}
