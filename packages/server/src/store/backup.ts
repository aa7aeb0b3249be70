import { DatabaseSync } from 'node:sqlite';
import { makeFile } from './new-file.ts';

/**
 * Writes a copy of a database as of one moment, beside the server that uses it and without
 * holding it up. The copy is one file, its owner's alone, and holds nothing that was deleted.
 * Throws `EEXIST` where the file is there already; an attempt that failed leaves nothing.
 */
export function backUp(database: string, file: string): Promise<void> {
  return makeFile(file, async (draft) => copyInto(database, draft));
}

function copyInto(database: string, draft: string): void {
  const reading = new DatabaseSync(database, { readOnly: true, timeout: 5000 });
  try {
    reading.prepare('VACUUM INTO ?').run(draft);
  } finally {
    reading.close();
  }
}
