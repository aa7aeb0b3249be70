import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeNotices } from './licences/notices.ts';
import type { Outcome } from './outcome.ts';

/** The file that names the authors of what we hand on. */
export const noticesFile = 'THIRD_PARTY_NOTICES.md';

/** Whether THIRD_PARTY_NOTICES.md is what `node tooling/notices.ts` would write. */
export async function checkNotices(root: string): Promise<Outcome> {
  const { text, count } = await writeNotices(root);
  const present = await readFile(path.join(root, noticesFile), 'utf8').catch(() => undefined);
  const mend = 'write it with `node tooling/notices.ts`';
  const wrong = present === undefined ? 'does not exist' : 'is stale';
  const problems = present === text ? [] : [`${noticesFile}: ${wrong}; ${mend}.`];
  return { count, unit: 'packages that we hand on', problems };
}
