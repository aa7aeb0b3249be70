/** What a check has found. It is good when it looked at something and nothing is wrong. */
export interface Outcome {
  /** How much it looked at. */
  readonly count: number;
  /** What it counts, after the number: `files in 9 projects`. */
  readonly unit: string;
  /** One sentence for each violation, the file first. */
  readonly problems: readonly string[];
}

/** Judges a folder that is laid out like this repository. */
export type Check = (root: string) => Promise<Outcome>;

/** Whether a check is content: it saw something, and nothing wrong. */
export function isGood({ count, problems }: Outcome): boolean {
  return count > 0 && problems.length === 0;
}

/** The line that tells of a check, and below it what is wrong. */
export function describe(name: string, outcome: Outcome): string {
  const { count, unit, problems } = outcome;
  const looked = `${name.padEnd(14)} ${String(count).padStart(5)} ${unit}`;
  if (isGood(outcome)) return `${looked}: good`;
  if (problems.length === 0) return `${looked}: failed, there was nothing to look at`;
  const listed = problems.map((problem) => `  ${problem.trimEnd().replaceAll('\n', '\n  ')}`);
  return [`${looked}: ${problems.length} wrong`, ...listed].join('\n');
}
