import { readdir } from 'node:fs/promises';
import path from 'node:path';

const skipped = new Set(['node_modules', 'dist', '.git', '.build', '.willcall']);

/**
 * All files below a folder, relative to it, sorted; without what is installed or built.
 * A folder that is not there has no files.
 */
export async function filesBelow(folder: string, ...leftOut: string[]): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (skipped.has(entry.name) || leftOut.includes(entry.name)) continue;
    if (!entry.isDirectory()) found.push(entry.name);
    else {
      const below = await filesBelow(path.join(folder, entry.name), ...leftOut);
      found.push(...below.map((file) => `${entry.name}/${file}`));
    }
  }
  return found.toSorted();
}
