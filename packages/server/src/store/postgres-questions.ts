import { number } from './columns.ts';
import type { Row, SqlValue } from './engine.ts';
import { openKinds } from './postgres-batches.ts';

/** A statement that reads, with its values. */
export interface Question {
  readonly sql: string;
  readonly values: SqlValue[];
}

/** The column that says which of the questions a row answers. */
const place = 'question_place';

/** By which questions that can be asked as one are alike; `undefined` where one is asked by itself. */
export function openQuestionKinds(): (question: Question) => object | undefined {
  const kindOf = openKinds();
  const bySingle = new Map<string, boolean>();
  return ({ sql, values }) => {
    if (values.length === 0 || values.length > mostValues) return undefined;
    const isSingle = bySingle.get(sql) ?? isAskedAlone(sql);
    bySingle.set(sql, isSingle);
    const types = values.map(typeOf);
    if (isSingle || types.includes(undefined)) return undefined;
    return kindOf([sql, types.join(' ')]);
  };
}

/** Lists of values make ever new texts, and nobody asks the same again. */
const mostValues = 4;

/** What is no mere reading, and lists, which may be long. */
function isAskedAlone(sql: string): boolean {
  return !sql.startsWith('SELECT') || / LIMIT /.test(sql);
}

/** Where values stand in a list nobody sees of what type their columns are. */
function typeOf(value: SqlValue): string | undefined {
  if (typeof value === 'string') return 'TEXT';
  return Number.isSafeInteger(value) ? 'BIGINT' : undefined;
}

/** One statement for questions of one kind. */
export function askTogether(questions: readonly Question[]): Question {
  const [first] = questions;
  if (!first) throw new TypeError('there is no question');
  const key = `${questions.length} ${first.values.map(typeOf).join(' ')} ${first.sql}`;
  const sql = texts.get(key) ?? writeQuestions(first, questions.length);
  texts.set(key, sql);
  return { sql, values: questions.flatMap(({ values }) => values) };
}

const texts = new Map<string, string>();

/**
 * OFFSET keeps the planner from joining the questions with a table as a whole: each looks its rows
 * up as it does by itself. postgresql.org/docs/current/queries-table-expressions.html, "LATERAL
 * Subqueries".
 */
function writeQuestions({ sql, values }: Question, count: number): string {
  const marks = values.map((value) => `CAST(? AS ${typeOf(value)})`).join(', ');
  const given = Array.from({ length: count }, (_, at) => `(${at}, ${marks})`).join(', ');
  let at = -1;
  const asked = sql.replaceAll(/'[^']*'|\?/g, (found) => {
    if (found !== '?') return found;
    at += 1;
    return `given.value_${at}`;
  });
  const names = values.map((_, each) => `value_${each}`).join(', ');
  return `SELECT given.${place}, found.* FROM (VALUES ${given}) AS given (${place}, ${names})
    CROSS JOIN LATERAL (${asked} OFFSET 0) AS found`;
}

/** The rows of each question. */
export function shareOut(rows: readonly Row[], count: number): Row[][] {
  const answers = Array.from({ length: count }, (): Row[] => []);
  for (const given of rows) {
    const { [place]: at, ...row } = given;
    const answer = answers[number(given, place)];
    if (!answer) throw new TypeError(`a row answers question ${at} of ${count}`);
    answer.push(row);
  }
  return answers;
}
