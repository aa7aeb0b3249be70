import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { StoreUnavailable } from '../domain/store.ts';
import type { Reader, Row, SqlValue } from './engine.ts';
import { explain } from './sqlite-engine.ts';

export interface Question {
  readonly id: number;
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

export type Answer =
  | { readonly id: number; readonly rows: Row[]; readonly error?: undefined }
  | { readonly id: number; readonly rows?: undefined; readonly error: Failure };

interface Failure {
  readonly message: string;
  readonly code: unknown;
  readonly errcode: unknown;
}

/** A reader that ends with its thread. */
export interface ReadingThread extends Reader {
  close(): Promise<void>;
}

// Beside this file, in the sources and in what is built of them.
const place = new URL(`./reading.thread${extname(import.meta.url)}`, import.meta.url);

/**
 * Reads an embedded database in a thread of its own: a list of many rows takes a while, and
 * sign-ins do not wait for it. It sees all that is committed. The thread starts with the first
 * read, and anew after one that ended it.
 */
export function openReadingThread(path: string): ReadingThread {
  let thread: Worker | undefined;
  let isClosed = false;
  let asked = 0;
  const waiting = new Map<number, PromiseWithResolvers<Row[]>>();

  function start(): Worker {
    const started = new Worker(place, { workerData: path });
    started.on('message', ({ id, rows, error }: Answer) => {
      const asker = waiting.get(id);
      waiting.delete(id);
      if (waiting.size === 0) started.unref();
      if (error) asker?.reject(explain(Object.assign(new Error(error.message), error)));
      else asker?.resolve(rows);
    });
    started.on('error', (cause) => end(started, cause));
    started.on('exit', () => end(started, undefined));
    return started;
  }

  /** A thread that failed tells its exit later, when another one may be at work. */
  function end(ended: Worker, cause: unknown): void {
    if (thread !== ended) return;
    thread = undefined;
    for (const { reject } of waiting.values())
      reject(new StoreUnavailable('the thread that reads lists ended', { cause }));
    waiting.clear();
  }

  async function all(sql: string, ...values: SqlValue[]): Promise<Row[]> {
    if (isClosed) throw new StoreUnavailable('the database is closed');
    thread ??= start();
    const id = (asked += 1);
    const asker = Promise.withResolvers<Row[]>();
    waiting.set(id, asker);
    thread.ref();
    thread.postMessage({ id, sql, values } satisfies Question, []);
    return asker.promise;
  }

  return {
    all,
    get: async (sql, ...values) => (await all(sql, ...values))[0],
    async close() {
      isClosed = true;
      await thread?.terminate();
    },
  };
}
