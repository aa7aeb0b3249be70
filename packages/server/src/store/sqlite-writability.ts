import { StoreUnavailable } from '../domain/store.ts';
import type { Engine, Transaction } from './engine.ts';

/** Whether the writes of a database work. */
export interface Writability {
  /** Heeds why a write failed. */
  readonly note: (reason: unknown) => void;
  /** Throws `StoreUnavailable` where the database could not write, and cannot yet. */
  readonly ask: () => Promise<void>;
}

/**
 * Knows whether writes work: from one that the database failed until it has written again, for
 * whoever asks. Another commit that works says nothing, since it may have changed nothing.
 */
export function watchWrites(write: Engine['write']): Writability {
  let failure: StoreUnavailable | undefined;
  let trying: Promise<void> | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;

  async function tryAgain(): Promise<void> {
    triedAt = performance.now();
    try {
      await write(writeNothing);
      failure = undefined;
    } finally {
      trying = undefined;
    }
  }

  return {
    note(reason) {
      if (reason instanceof StoreUnavailable) failure = reason;
    },
    async ask() {
      if (!failure) return;
      if (!trying && performance.now() - triedAt < tryEvery) throw failure;
      await (trying ??= tryAgain());
    },
  };
}

/** How often somebody who asks makes a database try to write that could not. Milliseconds. */
const tryEvery = 1000;

/** Writes the first page as it is. A row that is set to what it holds would not be written at all. */
async function writeNothing(tx: Transaction): Promise<void> {
  const { user_version: version } = (await tx.get('PRAGMA user_version')) ?? {};
  await tx.run(`PRAGMA user_version = ${Number(version)}`);
}
