import { extname } from 'node:path';
import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from 'node:worker_threads';
import { StoreUnavailable } from '../domain/store.ts';
import type { Reader, Row, SqlValue } from './engine.ts';
import { explain } from './sqlite-engine.ts';

export interface Question {
  readonly id: number;
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** What a thread starts with. It says on its own port that an answer lies at the other one. */
export interface ThreadData {
  readonly path: string;
  readonly answers: MessagePort;
}

/** What was found, in one part or several, or why nothing was. */
export type Answer =
  | {
      readonly id: number;
      readonly rows: readonly Row[];
      readonly isLast: boolean;
      readonly error?: undefined;
    }
  | { readonly id: number; readonly error: Failure };

interface Failure {
  readonly message: string;
  readonly code: unknown;
  readonly errcode: unknown;
  readonly errstr: unknown;
}

interface Asker extends PromiseWithResolvers<Row[]> {
  /** What is there of the answer. */
  rows: Row[];
}

/** A reader that ends with its thread. */
export interface ReadingThread extends Reader {
  close(): Promise<void>;
}

// Beside this file, in the sources and in what is built of them.
const place = new URL(`./reading.thread${extname(import.meta.url)}`, import.meta.url);

/** How long answers are given out in one turn of the event loop. Milliseconds. */
const atOnce = 2;

/** After what somebody does at once with an answer that was just given. */
function afterAsker(work: () => void): void {
  queueMicrotask(() => process.nextTick(work));
}

/**
 * Reads an embedded database in a thread of its own: a list of many rows takes a while, and
 * sign-ins do not wait for it. It sees all that is committed. The thread starts with the first
 * read, and anew after one that ended it. Of answers that are there together one after the other is
 * given out, and after a large list, with which its asker has much to do, others have their turn.
 */
export function openReadingThread(path: string): ReadingThread {
  let thread: Worker | undefined;
  let isClosed = false;
  let asked = 0;
  const waiting = new Map<number, Asker>();

  function start(): Worker {
    const { port1, port2 } = new MessageChannel();
    const started = new Worker(place, {
      workerData: { path, answers: port2 } satisfies ThreadData,
      transferList: [port2],
    });
    let lying = 0;
    const take = (until: number) => {
      const taken = receiveMessageOnPort(port1);
      lying -= 1;
      if (taken) give(taken.message as Answer);
      if (lying > 0) afterAsker(() => (performance.now() < until ? take(until) : takeInTurn()));
      if (waiting.size === 0) started.unref();
    };
    const takeInTurn = () => setImmediate(() => take(performance.now() + atOnce));
    started.on('message', () => {
      lying += 1;
      if (lying === 1) takeInTurn();
    });
    started.on('error', (cause) => end(started, cause));
    started.on('exit', () => {
      port1.close();
      end(started, undefined);
    });
    return started;
  }

  function give(answer: Answer): void {
    const asker = waiting.get(answer.id);
    if (!asker) return;
    if (!answer.error) {
      asker.rows = asker.rows.concat(answer.rows);
      if (!answer.isLast) return;
    }
    waiting.delete(answer.id);
    if (!answer.error) return asker.resolve(asker.rows);
    asker.reject(explain(Object.assign(new Error(answer.error.message), answer.error)));
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
    waiting.set(id, { ...asker, rows: [] });
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
