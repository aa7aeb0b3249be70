import { parseEnv } from 'node:util';
import { type Environment, readEnvironment } from '../config.ts';
import { readNamedFile } from './named-file.ts';
import { text } from './option.ts';

/**
 * Reading the file here works in every shell, and keeps the secret out of the command line. Node
 * knows an option of this name and looks for its file before it runs anything, wherever the option
 * stands, unless `--` comes before the name of the program. No first line of a script can say that
 * on Linux, macOS and Windows alike (`env -S` is missing in Alpine), so that it is documented.
 */
export const envFileOption = text(
  'file',
  'A file of NAME=value lines to read the environment from, such as willcall.env. What is set already counts more.',
);

/** The environment of the process, completed from a file where one is named. */
export function readEnvironmentSource(envFile: string | undefined): Environment {
  if (envFile === undefined) return readEnvironment(process.env);
  const written = readNamedFile(envFile, '--env-file');
  return readEnvironment({ ...parseEnv(written), ...process.env });
}
