import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { type Environment, readEnvironment } from '../config.ts';
import { Failure } from './failure.ts';
import { text } from './option.ts';

/** Reading the file here works in every shell, and keeps the secret out of the command line. */
export const envFileOption = text(
  'file',
  'A file of NAME=value lines to read the environment from, such as willcall.env. What is set already counts more.',
);

/** The environment of the process, completed from a file where one is named. */
export function readEnvironmentSource(envFile: string | undefined): Environment {
  if (envFile === undefined) return readEnvironment(process.env);
  return readEnvironment({ ...parseEnv(readText(envFile)), ...process.env });
}

function readText(place: string): string {
  try {
    return readFileSync(place, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Failure(`There is no file ${place}. Check --env-file.`);
  }
}
