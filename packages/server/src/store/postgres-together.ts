import type { NumberedStep, SqlValue, Statement, Step, Steps } from './engine.ts';
import { sizeOfBatch } from './postgres-batches.ts';
import type { Lane } from './lanes.ts';
import { rowsOf } from './postgres-rows.ts';

/** Begins what an error says when a step changed no row. */
const mark = 'willcall:';

/**
 * One statement that runs the steps of one call, or of several whose steps have the same texts:
 * they see the database as it was before them, and it is undone by its own error where a step did
 * not change, or find, exactly one row. Rows that are added are one step for all calls; rows that
 * are changed or found are a step for each, in the order of the calls, so that all lock in one order.
 * postgresql.org/docs/current/queries-with.html, "Data-Modifying Statements in WITH".
 */
export function writeTogether(calls: readonly (readonly Step<string>[])[]): {
  sql: string;
  values: SqlValue[];
} {
  const [first = []] = calls;
  const kind = `${calls.length}\n${first.map(({ sql }) => sql).join('\n')}`;
  const sql = texts.get(kind) ?? writeText(first, calls.length);
  texts.set(kind, sql);
  return {
    sql,
    values: first.flatMap((_, at) => calls.flatMap((steps) => steps[at]?.values ?? [])),
  };
}

const texts = new Map<string, string>();

interface Part {
  readonly text: string;
  readonly rows: number;
  readonly otherwise: string | undefined;
}

/**
 * The cast fails on purpose; since its text depends on the steps, no planner works it out before
 * they ran.
 */
function writeText(steps: readonly Step<string>[], count: number): string {
  const all = steps.flatMap((step) => partsOf(step, count));
  const parts = all.map(
    ({ text }, at) => `step_${at} AS (${text}${text.startsWith('SELECT') ? '' : ' RETURNING 1'})`,
  );
  const failures = all.flatMap(({ rows, otherwise }, at) =>
    otherwise === undefined
      ? []
      : [`WHEN (SELECT count(*) FROM step_${at}) <> ${rows} THEN '${mark}${otherwise}'`],
  );
  const judged =
    failures.length === 0 ? '1' : `CAST(CASE ${failures.join(' ')} ELSE '1' END AS INTEGER)`;
  return `WITH ${parts.join(', ')} SELECT ${judged} AS done`;
}

function partsOf({ sql, otherwise }: Step<string>, count: number): Part[] {
  const [, start, row, end] = /^(INSERT .* VALUES )(\([?, ]+\))([^?]*)$/.exec(sql) ?? [];
  if (row === undefined)
    return Array.from({ length: count }, () => ({ text: sql, rows: 1, otherwise }));
  const rows = Array<string>(count).fill(row).join(', ');
  return [{ text: `${start}${rows}${end}`, rows: count, otherwise }];
}

/** A step, with the number that it draws. */
export function numberStep(step: Step<string> | NumberedStep, lane: Lane): Step<string> {
  return 'valuesAt' in step ? { sql: step.sql, values: step.valuesAt(lane.draw()) } : step;
}

/** Calls by the first rows that they change: two processes lock what both change in one order. */
export function inOneOrder(calls: readonly Steps<string>[]): Steps<string>[] {
  const keyed = calls.map((steps) => ({ steps, row: rowsOf(steps)[0] ?? '' }));
  return keyed
    .toSorted((one, other) => (one.row < other.row ? -1 : Number(one.row > other.row)))
    .map(({ steps }) => steps);
}

/** Runs statements, those of one text that follow one another in as few as may be. */
export async function runAll(
  statements: readonly Statement[],
  run: (sql: string, values: SqlValue[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < statements.length;) {
    const text = statements[at]?.sql;
    const other = statements.findIndex(({ sql }, each) => each > at && sql !== text);
    const same = (other === -1 ? statements.length : other) - at;
    const some = statements.slice(at, at + sizeOfBatch(same));
    const { sql, values } = writeTogether(some.map((statement) => [statement]));
    await run(sql, values);
    at += some.length;
  }
}

/** What the step that failed means; `undefined` for any other error. */
export function failedStep(error: unknown): string | undefined {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code !== '22P02' || typeof message !== 'string') return undefined;
  return new RegExp(`${mark}(\\w+)`).exec(message)?.[1];
}
