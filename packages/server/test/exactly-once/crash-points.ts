import { copyFileSync, existsSync, mkdtempSync } from 'node:fs';
import path from 'node:path';
import { StoreUnavailable } from '../../src/domain/store.ts';
import type { Engine, Steps, Transaction } from '../../src/store/engine.ts';

/** Stands before the engine and strikes at one point of what is asked of it. */
export interface Striker {
  readonly before: (engine: Engine) => Engine;
  /**
   * Strikes at the point of this number from now on, 0 the first; with `isForGood` at every later
   * one as well. What is still being written when nobody waits for it, the note of a refusal, is
   * let go by.
   */
  arm(point: number, strike: (isCommitted: boolean) => void, isForGood?: boolean): Promise<void>;
  /** Disarms; answers whether it struck. */
  disarm(): boolean;
}

/**
 * The points of a write: before each of its statements, after the last one, and after the
 * commit, when the caller does not know yet. One that is a single statement has two.
 */
export function openStriker(): Striker {
  let left = -1;
  let strike: (isCommitted: boolean) => void = () => {};
  let staysArmed = false;
  let hasStruck = false;
  const underWay = new Set<Promise<unknown>>();

  function pass(isCommitted = false): void {
    if (left > 0) left -= 1;
    else if (left === 0) {
      if (!staysArmed) left = -1;
      hasStruck = true;
      strike(isCommitted);
    }
  }

  /** Waits for a write, and strikes after its commit. */
  async function finish<Result>(writing: Promise<Result>): Promise<Result> {
    underWay.add(writing);
    const result = await writing.finally(() => underWay.delete(writing));
    try {
      pass(true);
    } catch (cause) {
      throw new StoreUnavailable('the commit was not heard of', { cause });
    }
    return result;
  }

  return {
    before: ({ runTogether, ...engine }) => ({
      ...engine,
      write: (job, options) =>
        finish(
          engine.write(async (tx) => {
            const done = await job(watch(tx, pass));
            pass();
            return done;
          }, options),
        ),
      ...(runTogether && {
        runTogether: (steps) => finish(runTogether(steps.map((step) => striking(step, pass)))),
      }),
    }),
    async arm(point, next, isForGood = false) {
      while (underWay.size > 0) await Promise.allSettled(underWay);
      left = point;
      strike = next;
      staysArmed = isForGood;
      hasStruck = false;
    },
    disarm() {
      left = -1;
      return hasStruck;
    },
  };
}

/** A step that is passed when it is numbered, each time that it is run. */
function striking<Outcome extends string>(
  step: Steps<Outcome>[number],
  pass: () => void,
): Steps<Outcome>[number] {
  if (!('valuesAt' in step)) return step;
  return {
    ...step,
    valuesAt(place) {
      pass();
      return step.valuesAt(place);
    },
  };
}

function watch(tx: Transaction, pass: () => void): Transaction {
  return {
    ...tx,
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
