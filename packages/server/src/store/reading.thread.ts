import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Question } from './reading-thread.ts';
import { openSqliteReader } from './sqlite-engine.ts';

/** Reads what it is asked for, one question after another, and ends with its port. */
const reader = openSqliteReader(workerData as string);

parentPort?.on('message', (question: Question) => void answer(question));

async function answer({ id, sql, values }: Question): Promise<void> {
  let given: Answer;
  try {
    given = { id, rows: await reader.all(sql, ...values) };
  } catch (error) {
    const { code, errcode } = error as { code?: unknown; errcode?: unknown };
    given = { id, error: { message: String(error), code, errcode } };
  }
  parentPort?.postMessage(given, []);
}
