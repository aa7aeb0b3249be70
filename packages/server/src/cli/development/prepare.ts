import { randomBytes } from 'node:crypto';
import { createSecretKey, isLiveSecretKey } from '../../domain/key/secret-key.ts';
import type { World } from '../../domain/world.ts';
import { hasDatabase } from '../data-folder.ts';
import { Failure } from '../failure.ts';
import { loadServer } from '../load-server.ts';
import { describePlace, hasInstance, type PlaceOfData } from '../place-of-data.ts';
import { readDevelopmentFile, writeDevelopmentFile } from './secrets-file.ts';

export interface DevelopmentSecrets {
  /** The instance secret. */
  readonly secret: string;
  readonly secretKey: string;
}

/**
 * The secrets of a development instance, made at its first start. Refuses a folder whose
 * database belongs to other secrets.
 */
export async function prepareDevelopment(place: PlaceOfData): Promise<DevelopmentSecrets> {
  const { dataFolder } = place;
  const known = readDevelopmentFile(dataFolder);
  if (!known && (await isTaken(place))) throw new Failure(await explainUnknown(place));
  const file = known ?? { secret: randomBytes(32).toString('base64url') };
  // The secret is kept before anything is sealed with it.
  if (!known) writeDevelopmentFile(dataFolder, file);
  const { openData } = await loadServer();
  const { world, close } = await openData(
    {
      instanceType: 'development',
      ...place,
      secret: file.secret,
      port: 0,
    },
    'beside',
  );
  try {
    const secretKey = await liveSecretKey(world, file.secret_key);
    if (secretKey !== file.secret_key)
      writeDevelopmentFile(dataFolder, { ...file, secret_key: secretKey });
    return { secret: file.secret, secretKey };
  } finally {
    await close();
  }
}

/** A database file that holds no instance may be a production one that was cut off: nothing is made in it. */
async function isTaken(place: PlaceOfData): Promise<boolean> {
  return place.database ? hasInstance(place) : hasDatabase(place.dataFolder);
}

async function explainUnknown(place: PlaceOfData): Promise<string> {
  const { dataFolder, database } = place;
  return database
    ? `${await describePlace(place)} holds an instance, and ${dataFolder} no development.json with its secrets: it is ` +
        'a production instance, or was started from another folder. Name that one with --data, or another DATABASE_URL.'
    : `${dataFolder} holds a database and no development.json: it is a production instance, or its development ` +
        'secrets were deleted. Name another folder with --data.';
}

/** The key that is known, or a new one where it was revoked. */
async function liveSecretKey(world: World, known: string | undefined): Promise<string> {
  if (known !== undefined && (await isLiveSecretKey(world, known))) return known;
  return (await createSecretKey(world, 'development')).secret.reveal();
}
