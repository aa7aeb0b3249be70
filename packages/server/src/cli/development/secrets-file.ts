import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Failure } from '../failure.ts';

const fileName = 'development.json';

const schema = z.strictObject({
  secret: z.string().min(32),
  secret_key: z.string().optional(),
  url: z.string().optional(),
});

/** What a development instance keeps beside its database, for its owner's eyes only. */
export interface DevelopmentFile {
  /** The instance secret. */
  readonly secret: string;
  /** A live secret key, for the other commands and the start page. */
  readonly secret_key?: string | undefined;
  /** Where the server was reached when it started last. */
  readonly url?: string | undefined;
}

/** The file of a data folder, `undefined` where there is none. */
export function readDevelopmentFile(dataFolder: string): DevelopmentFile | undefined {
  const place = path.join(dataFolder, fileName);
  if (!existsSync(place)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(place, 'utf8')));
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError) {
      throw new Failure(
        `${place} cannot be read as the secrets of a development instance. Name another folder with --data.`,
      );
    }
    throw error;
  }
}

/** Writes the file as a whole, mode 0600: a reader sees the old one or the new one. */
export function writeDevelopmentFile(dataFolder: string, file: DevelopmentFile): void {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const place = path.join(dataFolder, fileName);
  const draft = `${place}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(file, undefined, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, place);
}
