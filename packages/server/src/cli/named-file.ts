import { readFileSync } from 'node:fs';
import { Failure } from './failure.ts';

/** The text of a file that an option names. Throws `Failure` where there is no such file. */
export function readNamedFile(place: string, option: string): string {
  try {
    return readFileSync(place, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new Failure(`There is no file ${place}. Check ${option}.`);
    if (code === 'EISDIR') throw new Failure(`${place} is a folder and no file. Check ${option}.`);
    throw error;
  }
}
