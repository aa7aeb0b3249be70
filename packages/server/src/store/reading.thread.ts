import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Question, ThreadData } from './reading-thread.ts';
import { openSqliteReader } from './sqlite-engine.ts';

/** Reads what it is asked for, one question after another, and ends with its port. */
const { path, answers } = workerData as ThreadData;
const reader = openSqliteReader(path);

parentPort?.on('message', (question: Question) => void answer(question));

async function answer({ id, sql, values }: Question): Promise<void> {
  let given: Answer;
  try {
    given = { id, rows: await reader.all(sql, ...values) };
  } catch (error) {
    const { code, errcode, errstr } = error as Partial<Record<string, unknown>>;
    given = { id, error: { message: String(error), code, errcode, errstr } };
  }
  answers.postMessage(given, []);
  parentPort?.postMessage('answered', []);
}
