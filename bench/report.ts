import type { Operation } from './contestant.ts';

/** What one contestant did in one round. */
export interface Sample {
  readonly contestant: string;
  readonly operation: Operation;
  readonly concurrency: number;
  readonly perSecond: number;
  readonly latencies: Float64Array;
}

/** The middle of the values; of an even number the lower one. */
function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value below or at which this share of the values lies. */
function percentile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).toSorted();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/**
 * A table in Markdown: each cell `calls per second (p50 / p99 in ms) [× of the first
 * contestant]`. Each figure is the median over the rounds, the multiple too: it compares
 * slices that ran next to each other.
 */
export function writeTable(samples: readonly Sample[]): string {
  const names = [...new Set(samples.map(({ contestant }) => contestant))];
  const rows = Map.groupBy(samples, (each) => `${each.operation} ${each.concurrency}`);
  const lines = [...rows].map(([row, of]) => {
    const rounds = (name: string) => of.filter(({ contestant }) => contestant === name);
    const first = rounds(names[0] ?? '');
    return `| ${[row, ...names.map((name) => writeCell(rounds(name), first))].join(' | ')} |`;
  });
  return [
    `| operation, at once | ${names.join(' | ')} |`,
    `| --- |${' --- |'.repeat(names.length)}`,
    ...lines,
  ].join('\n');
}

function writeCell(rounds: readonly Sample[], first: readonly Sample[]): string {
  const perSecond = median(rounds.map((round) => round.perSecond));
  const multiple = median(rounds.map((round, at) => round.perSecond / (first[at]?.perSecond ?? 0)));
  const [p50, p99] = [0.5, 0.99].map((share) =>
    median(rounds.map(({ latencies }) => percentile(latencies, share))),
  );
  return `${Math.round(perSecond)} (${write(p50)} / ${write(p99)}) [${multiple.toFixed(2)}]`;
}

function write(milliseconds = Number.NaN): string {
  return milliseconds < 10 ? milliseconds.toFixed(2) : milliseconds.toFixed(0);
}
