import { Failure } from './failure.ts';

/** What to tell about a file that could not be made: a `Failure` where it was foreseen. */
export function explainNewFile(error: unknown, file: string): unknown {
  const { code } = error as { code?: unknown };
  if (code === 'EEXIST')
    return new Failure(`${file} is there already and stays as it is. Name another file.`);
  if (code === 'ENOENT') return new Failure(`There is no folder for ${file}. Make it first.`);
  return error;
}
