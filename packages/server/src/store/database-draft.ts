import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { DatabaseRefused } from '../domain/store.ts';
import { databaseParts, removeDatabase } from './database-file.ts';
import { syncFile } from './sync.ts';

/**
 * Makes a database under another name than it will have. `fill` makes, opens and closes it; then
 * all of it is in the one file, on disk, so that a rename takes all of it along. What an earlier
 * attempt left is removed first, and an attempt that failed leaves nothing. Throws
 * `DatabaseRefused` where somebody else has it open.
 */
export async function draftDatabase<Result>(
  draft: string,
  fill: () => Promise<Result>,
): Promise<Result> {
  // A journal or log of another draft would be played into this one.
  removeDatabase(draft);
  try {
    const result = await fill();
    bringLogIn(draft);
    await syncFile(draft);
    return result;
  } catch (error) {
    removeDatabase(draft);
    throw error;
  }
}

/** How long another program may read the draft, one that looks for viruses for example. Milliseconds. */
const patience = 1000;

/**
 * The close of a database does so as well, and says nothing where it could not: on a full disk the
 * log stays beside a file that lacks what is in it (sqlite.org/wal.html#ckpt).
 */
function bringLogIn(draft: string): void {
  const database = new DatabaseSync(draft, { timeout: patience });
  let outcome: Record<string, unknown> | undefined;
  try {
    outcome = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
  } finally {
    database.close();
  }
  const isIn = outcome?.['busy'] === 0 && outcome['log'] === outcome['checkpointed'];
  if (isIn && !databaseParts.some((part) => part !== '' && existsSync(`${draft}${part}`))) return;
  throw new DatabaseRefused(
    `${draft} could not be completed: another program has it open. Nothing was changed. Stop that one, and try again.`,
  );
}
