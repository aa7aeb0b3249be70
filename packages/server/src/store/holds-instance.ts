import { DatabaseSync } from 'node:sqlite';

/** Whether there is an instance in a database file, which stays as it is. A server may have it open. */
export function holdsInstance(database: string): boolean {
  const reading = new DatabaseSync(database, { readOnly: true, timeout: 5000 });
  try {
    const table = reading
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'instance'")
      .get();
    return table !== undefined && reading.prepare('SELECT id FROM instance').get() !== undefined;
  } finally {
    reading.close();
  }
}
