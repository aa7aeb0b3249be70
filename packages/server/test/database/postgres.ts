import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { Client } from 'pg';
import type { Dump, DumpAnswer } from './dump.ts';

/** The address of another database of the same server. */
export function addressOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** What a statement answers, on a connection of its own. */
export async function ask(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Makes a database with the schema, unless it is there. */
export async function createDatabase(server: string, name: string): Promise<void> {
  const client = new Client(server);
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE willcall_template`);
  } catch (error) {
    // duplicate_database; unique_violation where another process makes it at this moment.
    if (!['42P04', '23505'].includes(String((error as { code?: unknown }).code))) throw error;
  } finally {
    await client.end();
  }
}

/**
 * Reads all tables, and waits for the answer without letting anything else run, as the embedded
 * database does: a thread of its own asks. It starts with the first question.
 */
export function watchPostgres(url: string): { dump(): Dump; close(): Promise<void> } {
  let asking: ReturnType<typeof startAsking> | undefined;
  let latest: Dump = {};
  return {
    dump() {
      asking ??= startAsking(url);
      latest = asking.ask() ?? latest;
      return latest;
    },
    async close() {
      await asking?.end();
    },
  };
}

/** How long a dump is waited for, beside whatever else the machine does. Milliseconds. */
const longestDump = 60_000;

function startAsking(url: string) {
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const { port1: mine, port2: theirs } = new MessageChannel();
  const worker = new Worker(new URL('dump-thread.ts', import.meta.url), {
    workerData: { url, signal, port: theirs },
    transferList: [theirs],
  });
  worker.unref();
  let asked = 0;
  return {
    /** What is other than at the question before; `undefined` where nothing is. */
    ask(): Dump | undefined {
      mine.postMessage((asked += 1), []);
      let found: Dump | undefined;
      for (;;) {
        const answered = Atomics.load(signal, 0);
        const received: { message: DumpAnswer } | undefined = receiveMessageOnPort(mine);
        if (received) {
          const { question, answer, error } = received.message;
          // That of a question which nobody waited for tells what is other as well.
          found = answer ?? found;
          if (question < asked) continue;
          if (error !== undefined) throw new Error(error);
          return found;
        }
        if (Atomics.wait(signal, 0, answered, longestDump) === 'timed-out')
          throw new Error('the database was not read within a minute');
      }
    },
    async end() {
      mine.close();
      await worker.terminate();
    },
  };
}
