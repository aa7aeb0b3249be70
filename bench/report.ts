import { operations } from './contestant.ts';
import type { Sample } from './measure.ts';

/** The figures of one contestant at one operation, each the median over the rounds. */
export interface Figure {
  readonly contestant: string;
  readonly operation: string;
  readonly concurrency: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /**
   * Multiple of the first contestant's calls per second. The multiple is formed within each
   * round, because only slices that ran next to each other can be compared.
   */
  readonly multiple: number;
  /** Of the server's process, for a call. */
  readonly processorMicroseconds: number;
}

/** The middle of the values; of an even number the lower one. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value below or at which this share of the values lies. */
function percentile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).toSorted();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Sums the samples up; multiples are those of the contestant `base`. */
export function sumUp(samples: readonly Sample[], base: string): Figure[] {
  const groups = Map.groupBy(
    samples,
    (each) => `${each.operation} ${each.concurrency} ${each.contestant}`,
  );
  return [...groups.values()].map((rounds) => {
    const { contestant, operation, concurrency } = rounds[0] as Sample;
    const bases = groups.get(`${operation} ${concurrency} ${base}`) ?? [];
    const baseOf = new Map(bases.map(({ round, perSecond }) => [round, perSecond]));
    const [p50, p99] = [0.5, 0.99].map((share) =>
      median(rounds.map(({ latencies }) => percentile(latencies, share))),
    );
    return {
      contestant,
      operation,
      concurrency,
      perSecond: median(rounds.map((each) => each.perSecond)),
      p50: p50 as number,
      p99: p99 as number,
      multiple: median(
        rounds.map(({ round, perSecond }) => perSecond / (baseOf.get(round) ?? Number.NaN)),
      ),
      processorMicroseconds: median(rounds.map((each) => each.processorMicroseconds)),
    };
  });
}

/**
 * One table in Markdown for each operation. A cell is `calls per second (p50 / p99 in ms)
 * ×multiple`; the last column is the processor time of the server's process for a call, at the
 * highest concurrency.
 */
export function writeTables(figures: readonly Figure[], names: readonly string[]): string {
  const columns = [...new Set(figures.map(({ concurrency }) => concurrency))];
  return operations
    .map((operation) => {
      const lines = names.flatMap((name) => {
        const row = figures.filter(
          (each) => each.operation === operation && each.contestant === name,
        );
        const last = row.at(-1);
        if (!last) return [];
        return [`| ${[name, ...row.map(writeCell), writeMicroseconds(last)].join(' | ')} |`];
      });
      const head = [operation, ...columns.map((count) => `${count} at once`), 'processor'];
      return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...lines].join('\n');
    })
    .join('\n\n');
}

function writeCell({ perSecond, p50, p99, multiple }: Figure): string {
  return `${Math.round(perSecond)} (${write(p50)} / ${write(p99)}) ×${multiple.toFixed(2)}`;
}

function writeMicroseconds({ processorMicroseconds }: Figure): string {
  return Number.isNaN(processorMicroseconds) ? '–' : `${Math.round(processorMicroseconds)} µs`;
}

function write(milliseconds: number): string {
  return milliseconds < 10 ? milliseconds.toFixed(2) : milliseconds.toFixed(0);
}
