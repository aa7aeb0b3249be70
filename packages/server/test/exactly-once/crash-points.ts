import { copyFileSync, existsSync, mkdtempSync } from 'node:fs';
import path from 'node:path';
import { StoreUnavailable } from '../../src/domain/store.ts';
import type { Engine, Transaction } from '../../src/store/engine.ts';

/** Stands before the engine and strikes at one point of what is asked of it. */
export interface Striker {
  readonly before: (engine: Engine) => Engine;
  /** Strikes at the point of this number from now on, 0 the first. */
  arm(point: number, strike: (isCommitted: boolean) => void): void;
  /** Disarms; answers whether it struck. */
  disarm(): boolean;
}

/**
 * The points of a write: before each of its statements, after the last one, and after the
 * commit, when the caller does not know yet.
 */
export function openStriker(): Striker {
  let left = -1;
  let strike: (isCommitted: boolean) => void = () => {};
  let hasStruck = false;

  function pass(isCommitted = false): void {
    left -= 1;
    if (left !== -1) return;
    hasStruck = true;
    strike(isCommitted);
  }

  return {
    before: (engine) => ({
      ...engine,
      async write(job) {
        const result = await engine.write(async (tx) => {
          const done = await job(watch(tx, pass));
          pass();
          return done;
        });
        try {
          pass(true);
        } catch (cause) {
          throw new StoreUnavailable('the commit was not heard of', { cause });
        }
        return result;
      },
    }),
    arm(point, next) {
      left = point;
      strike = next;
      hasStruck = false;
    },
    disarm() {
      left = -1;
      return hasStruck;
    },
  };
}

function watch(tx: Transaction, pass: () => void): Transaction {
  return {
    async run(sql, ...values) {
      pass();
      return tx.run(sql, ...values);
    },
    async get(sql, ...values) {
      pass();
      return tx.get(sql, ...values);
    },
    async all(sql, ...values) {
      pass();
      return tx.all(sql, ...values);
    },
  };
}

/**
 * What `kill -9` at this moment leaves: the files as they are. The index of the log is no part
 * of it, since whoever opens the database next builds it anew.
 */
export function takeImage(folder: string): string {
  const image = mkdtempSync(path.join(folder, 'image-'));
  for (const name of ['willcall.db', 'willcall.db-wal'])
    if (existsSync(path.join(folder, name)))
      copyFileSync(path.join(folder, name), path.join(image, name));
  return image;
}
