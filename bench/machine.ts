import { generateKeyPairSync, sign } from 'node:crypto';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { median } from './report.ts';

/** What the figures hang on. */
export interface Machine {
  readonly node: string;
  readonly cores: number;
  readonly processor: string;
  readonly loadAverage: readonly number[];
  /** A commit of one row, synced to the disk that the databases lay on. */
  readonly commitMicroseconds: number;
  /** An RS256 signature. */
  readonly signatureMicroseconds: number;
}

/**
 * Measures the machine, when nothing else is to do. The dearer a commit is beside a signature, the
 * more those gain that commit together.
 *
 * @param folder for a database
 */
export function describeMachine(folder: string): Machine {
  return {
    node: process.version,
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    loadAverage: loadavg(),
    commitMicroseconds: timeCommit(path.join(folder, 'machine.db')),
    signatureMicroseconds: timeSignature(),
  };
}

/** Repeated until the log of the database does not grow any more, as in a server that runs for long. */
function timeCommit(file: string): number {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 100;
    CREATE TABLE commits (number INTEGER PRIMARY KEY) STRICT;
  `);
  const insertion = database.prepare('INSERT INTO commits DEFAULT VALUES');
  const times = timeEach(1000, () => insertion.run());
  database.close();
  return median(times.slice(500));
}

function timeSignature(): number {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const data = Buffer.from('a token');
  return median(timeEach(200, () => sign('RSA-SHA256', data, privateKey)));
}

/** Microseconds of each call. */
function timeEach(count: number, call: () => unknown): number[] {
  return Array.from({ length: count }, () => {
    const begun = performance.now();
    call();
    return (performance.now() - begun) * 1000;
  });
}
