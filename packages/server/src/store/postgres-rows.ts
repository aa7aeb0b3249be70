import type { Steps } from './engine.ts';

/** The rows that steps change, as others may at the same time. */
export function rowsOf(steps: Steps<string>): string[] {
  return steps.flatMap((step) => {
    if (/^(?:INSERT|SELECT)/.test(step.sql)) return [];
    if ('row' in step && step.row !== undefined) return [step.row];
    throw new TypeError(`a step does not say which row it changes: ${step.sql}`);
  });
}

/**
 * Keeps calls apart that change the same rows: the first is free to go with others, and who comes
 * while it is under way goes alone, after it. One of them may well be refused for what the other
 * did, and a statement that is refused is one that its other calls run again.
 */
export function openRows(): <Result>(
  rows: readonly string[],
  go: { readonly withOthers: () => Promise<Result>; readonly alone: () => Promise<Result> },
) => Promise<Result> {
  const underWay = new Map<string, Promise<unknown>>();
  return async (rows, { withOthers, alone }) => {
    const earlier = rows.flatMap((row) => underWay.get(row) ?? []);
    if (earlier.length > 0) {
      await Promise.allSettled(earlier);
      return alone();
    }
    const mine = withOthers();
    for (const row of rows) underWay.set(row, mine);
    try {
      return await mine;
    } finally {
      for (const row of rows) underWay.delete(row);
    }
  };
}
