import {
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { holdFolder } from './folder-hold.ts';
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
  removeLeftovers(file);
  // Of two at once each has its own, with all that SQLite puts beside a draft.
  const folder = mkdtempSync(`${file}${folderSuffix}`);
  try {
    await fillIn(folder, file, fill);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  await syncFolder(path.dirname(path.resolve(file))).catch((error: unknown) => {
    rmSync(file, { force: true });
    throw error;
  });
}

const folderSuffix = '.partial-';
const lockName = 'willcall.lock';

function thereAlready(file: string): Error {
  return Object.assign(new Error(`${file} is there already`), { code: 'EEXIST' });
}

/** Removes the folders of processes that were killed: whoever is still at it holds its own. */
function removeLeftovers(file: string): void {
  const { dir, base } = path.parse(path.resolve(file));
  for (const name of readdirSync(dir)) {
    const folder = path.join(dir, name);
    if (!name.startsWith(`${base}${folderSuffix}`) || !existsSync(path.join(folder, lockName)))
      continue;
    try {
      const hold = holdFolder(folder, 'replace');
      rmSync(folder, { recursive: true, force: true });
      hold.release();
    } catch {
      // It is being written, or belongs to another account: it is in nobody's way.
    }
  }
}

async function fillIn(
  folder: string,
  file: string,
  fill: (draft: string) => Promise<void>,
): Promise<void> {
  const hold = holdFolder(folder, 'replace');
  try {
    const draft = path.join(folder, 'draft');
    await fill(draft);
    chmodSync(draft, 0o600);
    await syncFile(draft);
    giveName(draft, file);
  } finally {
    hold.release();
  }
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
