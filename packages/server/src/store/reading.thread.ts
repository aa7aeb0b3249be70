import { parentPort, workerData } from 'node:worker_threads';
import type { Row } from './engine.ts';
import type { Answer, Question, ThreadData } from './reading-thread.ts';
import { openSqliteReader } from './sqlite-engine.ts';

/**
 * Reads what it is asked for, one question after another, and ends with its port. A large answer
 * goes in parts: whoever takes it copies it, and others have their turn between two of them.
 */
const { path, answers } = workerData as ThreadData;
const reader = openSqliteReader(path);

parentPort?.on('message', (question: Question) => void answer(question));

async function answer({ id, sql, values }: Question): Promise<void> {
  try {
    let part: Row[] = [];
    let length = 0;
    for (const row of await reader.all(sql, ...values)) {
      part.push(row);
      length += lengthOf(row);
      if (length < mostLength) continue;
      give({ id, rows: part, isLast: false });
      part = [];
      length = 0;
    }
    give({ id, rows: part, isLast: true });
  } catch (error) {
    const { code, errcode, errstr } = error as Partial<Record<string, unknown>>;
    give({ id, error: { message: String(error), code, errcode, errstr } });
  }
}

/** Of the values of a part. Characters. */
const mostLength = 250_000;

function lengthOf(row: Row): number {
  let length = 0;
  for (const value of Object.values(row)) length += typeof value === 'string' ? value.length : 8;
  return length;
}

function give(given: Answer): void {
  answers.postMessage(given, []);
  parentPort?.postMessage('answered', []);
}
