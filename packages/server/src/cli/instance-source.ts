import type { Environment } from '../config.ts';
import type { InstanceType } from '../domain/instance/instance.ts';
import type { World } from '../domain/world.ts';
import { databaseOf } from '../store/database-file.ts';
import { defaultDataFolder, hasDatabase } from './data-folder.ts';
import { type DevelopmentFile, readDevelopmentFile } from './development/secrets-file.ts';
import { envFileOption, readEnvironmentSource } from './environment-source.ts';
import { Failure } from './failure.ts';
import { loadServer } from './load-server.ts';
import { describePlace, findInstance, hasInstance, type PlaceOfData } from './place-of-data.ts';
import { dataOption, serverDefaults } from './server-options.ts';

/** The options of commands that work on the database beside the running server. */
export const instanceOptions = { data: dataOption, 'env-file': envFileOption };

/** An instance whose database is open. */
export interface OpenInstance {
  readonly world: World;
  /** The instance secret. */
  readonly secret: string;
  readonly environment: Environment;
}

/**
 * Opens the instance of a data folder, lets `work` use it, and closes it. A development
 * instance has its secret beside it; for a production one the environment must give it.
 */
export async function withInstance<Result>(
  values: { readonly data: string | undefined; readonly 'env-file': string | undefined },
  work: (instance: OpenInstance) => Promise<Result>,
): Promise<Result> {
  const environment = readEnvironmentSource(values['env-file']);
  const { database } = environment;
  const place = { dataFolder: values.data ?? environment.data ?? defaultDataFolder, database };
  const development = await requireInstance(place);
  const secret = development ? development.secret : environment.secret;
  if (secret === undefined) throw new Failure(await explainSecret(place));
  const { openData } = await loadServer();
  const { world, close } = await openData(
    {
      instanceType: development ? 'development' : 'production',
      ...place,
      whenBehind: environment.whenBehind,
      secret,
      port: serverDefaults.port,
    },
    'beside',
  );
  try {
    return await work({ world, secret, environment });
  } finally {
    await close();
  }
}

/** The secrets that lie beside a development instance; `undefined` for one of production. */
async function requireInstance(place: PlaceOfData): Promise<DevelopmentFile | undefined> {
  if (!(await hasInstance(place))) throw new Failure(await explainMissing(place));
  const isProduction =
    place.database && (await findInstance(place.database))?.type === 'production';
  return isProduction ? undefined : readDevelopmentFile(place.dataFolder);
}

const waysToMake = "'willcall dev' for development, 'willcall init --production' for production.";

/** What to do about a place without an instance. */
export async function explainMissing(
  place: PlaceOfData,
  waysToMakeOne: string = waysToMake,
): Promise<string> {
  const { dataFolder, database } = place;
  if (!database && hasDatabase(dataFolder)) {
    return (
      `${databaseOf(dataFolder)} holds no instance: it is empty, or was cut off. ` +
      "Put a backup in its place with 'willcall restore', or name another folder with --data."
    );
  }
  const other = database ? 'Check DATABASE_URL' : 'Name its folder with --data';
  return `There is no instance in ${await describePlace(place)}. ${other}, or make one: ${waysToMakeOne}`;
}

/** The secret of an instance whose kind is known: from beside it, or from the environment. */
export async function requireSecret(
  place: PlaceOfData,
  environment: Environment,
  type: InstanceType,
): Promise<string> {
  const isProduction = type === 'production';
  const secret = isProduction ? environment.secret : readDevelopmentFile(place.dataFolder)?.secret;
  if (secret !== undefined) return secret;
  throw new Failure(await (isProduction ? explainSecret : explainDevelopmentFile)(place));
}

async function explainDevelopmentFile({ dataFolder }: PlaceOfData): Promise<string> {
  return `This is a development instance, and ${dataFolder} has no development.json with its secret. Put it there, or name another folder with --data.`;
}

async function explainSecret(place: PlaceOfData): Promise<string> {
  return (
    `${await describePlace(place)} holds a production instance, and WILLCALL_SECRET is not set. ` +
    'Give it in the environment, or name the file that holds it: --env-file willcall.env.'
  );
}
