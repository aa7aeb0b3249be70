import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { holdFolder, lockOf } from './folder-hold.ts';

/**
 * Works in a new folder of this account alone, whose name begins with the prefix, and removes it.
 * What an earlier process left there that was killed goes first: whoever is still at it holds its
 * folder, so that several work at the same time.
 */
export async function inOwnFolder<Result>(
  prefix: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  removeLeftovers(prefix);
  const folder = mkdtempSync(prefix);
  try {
    const hold = holdFolder(folder, 'replace');
    try {
      return await work(folder);
    } finally {
      hold.release();
    }
  } finally {
    removeFolder(folder);
  }
}

/** Removes a folder with all that is in it, if it is there. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

function removeLeftovers(prefix: string): void {
  const { dir, base } = path.parse(path.resolve(prefix));
  for (const name of readdirSync(dir)) {
    const folder = path.join(dir, name);
    // One without a lock was made a moment ago.
    if (!name.startsWith(base) || !existsSync(lockOf(folder))) continue;
    try {
      const hold = holdFolder(folder, 'replace');
      removeFolder(folder);
      hold.release();
    } catch {
      // It is being written, or belongs to another account: it is in nobody's way.
    }
  }
}
