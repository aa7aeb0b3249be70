import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { FolderHeld } from '../domain/store.ts';
import { backUp } from './backup.ts';
import { databaseOf } from './database-file.ts';
import { holdFolder } from './folder-hold.ts';

/**
 * Makes a copy of a database as of one moment and lets `open` open it, beside the server that uses
 * it. What reads it then, however slowly, keeps nothing in the log of the database. The copy has no
 * name any more when this answers: its room is free once it is closed, or its process has ended.
 */
export async function openCopy<Opened>(
  database: string,
  open: (copy: string) => Opened,
): Promise<Opened> {
  removeLeftovers(database);
  const folder = mkdtempSync(`${database}.copy-`);
  const hold = holdFolder(folder, 'replace');
  const forget = beforeTheEnd(() => remove(folder));
  try {
    const copy = databaseOf(folder);
    await backUp(database, copy);
    return open(copy);
  } finally {
    forget();
    remove(folder);
    hold.release();
  }
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** What processes left that were killed. Whoever is still at it holds its folder. */
function removeLeftovers(database: string): void {
  const parent = path.dirname(path.resolve(database));
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(`${path.basename(database)}.copy-`)) continue;
    const folder = path.join(parent, name);
    try {
      const hold = holdFolder(folder, 'replace');
      remove(folder);
      hold.release();
    } catch (error) {
      if (!(error instanceof FolderHeld)) throw error;
    }
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Does something when the process ends before it is told to forget it. Answers how to tell it. */
function beforeTheEnd(work: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    work();
    forget();
    // Whoever else listens decides what comes of it.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const forget = (): void => {
    process.off('exit', work);
    for (const signal of signals) process.off(signal, onSignal);
  };
  process.once('exit', work);
  for (const signal of signals) process.on(signal, onSignal);
  return forget;
}
