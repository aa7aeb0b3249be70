import { chmodSync, closeSync, openSync, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { syncFile, syncFolder } from './sync.ts';

/**
 * Makes a file that its owner alone may read, as a whole and durably: `fill` writes a draft, which
 * then gets the name. Throws `EEXIST` where the file is there already; an attempt that failed
 * leaves nothing.
 */
export async function makeFile(
  file: string,
  fill: (draft: string) => Promise<void>,
): Promise<void> {
  closeSync(openSync(file, 'wx', 0o600));
  const draft = `${file}.partial`;
  try {
    rmSync(draft, { force: true });
    await fill(draft);
    chmodSync(draft, 0o600);
    await syncFile(draft);
    await rename(draft, file);
    await syncFolder(path.dirname(path.resolve(file)));
  } catch (error) {
    rmSync(draft, { force: true });
    rmSync(file, { force: true });
    throw error;
  }
}
