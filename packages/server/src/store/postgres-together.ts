import type { SqlValue, Step } from './engine.ts';

/** Begins what an error says when a step changed no row. */
const mark = 'willcall:';

/**
 * One statement that runs all steps: they see the database as it was before them, and it is
 * undone by its own error where a step did not change exactly one row. The cast fails on
 * purpose; since its text depends on the steps, no planner works it out before they ran.
 * postgresql.org/docs/current/queries-with.html, "Data-Modifying Statements in WITH".
 */
export function writeTogether(steps: readonly Step<string>[]): { sql: string; values: SqlValue[] } {
  const parts = steps.map(({ sql }, at) => `step_${at} AS (${sql} RETURNING 1)`);
  const failures = steps.flatMap(({ otherwise }, at) =>
    otherwise === undefined
      ? []
      : [`WHEN (SELECT count(*) FROM step_${at}) <> 1 THEN '${mark}${otherwise}'`],
  );
  const judged =
    failures.length === 0 ? '1' : `CAST(CASE ${failures.join(' ')} ELSE '1' END AS INTEGER)`;
  return {
    sql: `WITH ${parts.join(', ')} SELECT ${judged} AS done`,
    values: steps.flatMap(({ values }) => values),
  };
}

/** What the step that failed means; `undefined` for any other error. */
export function failedStep(error: unknown): string | undefined {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code !== '22P02' || typeof message !== 'string') return undefined;
  return new RegExp(`${mark}(\\w+)`).exec(message)?.[1];
}
