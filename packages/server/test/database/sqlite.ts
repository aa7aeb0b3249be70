import { DatabaseSync } from 'node:sqlite';
import { type Dump, isDumped } from './dump.ts';

/** Reads all tables of a file; the same object again while nobody has written. */
export function watchSqlite(file: string): { dump(): Dump; close(): void } {
  const database = new DatabaseSync(file, { readOnly: true });
  const names = database
    .prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND ${isDumped('name')} ORDER BY name`,
    )
    .all();
  const readVersion = database.prepare('PRAGMA data_version');
  let version: unknown;
  let tables: Dump = {};
  return {
    dump() {
      const now = readVersion.get()?.['data_version'];
      if (now === version) return tables;
      version = now;
      tables = Object.fromEntries(
        names.map(({ name }) => [
          String(name),
          database.prepare(`SELECT * FROM ${String(name)}`).all(),
        ]),
      );
      return tables;
    },
    close: () => database.close(),
  };
}
