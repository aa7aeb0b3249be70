import { chmodSync, closeSync, linkSync, lstatSync, openSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inOwnFolder } from './own-folder.ts';
import { syncFile, syncFolder } from './sync.ts';

/**
 * Makes a file that its owner alone may read, as a whole and durably: `fill` writes a draft, which
 * then gets the name. Throws `EEXIST` where the file is there already; an attempt that failed
 * leaves nothing, and what one left that was killed is in nobody's way and goes with the next.
 */
export async function makeFile(
  file: string,
  fill: (draft: string) => Promise<void>,
): Promise<void> {
  if (lstatSync(file, { throwIfNoEntry: false })) throw thereAlready(file);
  // Of two at once each has its own, with all that SQLite puts beside a draft.
  await inOwnFolder(`${file}.partial-`, async (folder) => {
    const draft = path.join(folder, 'draft');
    await fill(draft);
    chmodSync(draft, 0o600);
    await syncFile(draft);
    giveName(draft, file);
  });
  await syncFolder(path.dirname(path.resolve(file))).catch((error: unknown) => {
    rmSync(file, { force: true });
    throw error;
  });
}

function thereAlready(file: string): Error {
  return Object.assign(new Error(`${file} is there already`), { code: 'EEXIST' });
}

/** A link fails where the name is taken, while a rename would overwrite what has it. */
function giveName(draft: string, file: string): void {
  try {
    linkSync(draft, file);
    return;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EEXIST') throw error;
  }
  // Some file systems have no links: there the name is taken first.
  closeSync(openSync(file, 'wx', 0o600));
  try {
    renameSync(draft, file);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}
