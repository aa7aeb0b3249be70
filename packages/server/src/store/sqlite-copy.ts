import { backUp } from './backup.ts';
import { databaseOf } from './database-file.ts';
import { inOwnFolder, removeFolder } from './own-folder.ts';

/**
 * Makes a copy of a database as of one moment and lets `open` open it, beside the server that uses
 * it. What reads it then, however slowly, keeps nothing in the log of the database. The copy has no
 * name any more when this answers: its room is free once it is closed, or its process has ended.
 */
export async function openCopy<Opened>(
  database: string,
  open: (copy: string) => Opened,
): Promise<Opened> {
  return inOwnFolder(`${database}.copy-`, async (folder) => {
    const forget = beforeTheEnd(() => removeFolder(folder));
    try {
      const copy = databaseOf(folder);
      await backUp(database, copy);
      return open(copy);
    } finally {
      forget();
    }
  });
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
