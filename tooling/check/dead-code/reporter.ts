import path from 'node:path';
import type { ReporterOptions } from 'knip';

/** What the reporter writes, as one line of JSON. */
export interface DeadCodeReport {
  /** How many files knip read. */
  readonly count: number;
  readonly problems: readonly string[];
}

const sentences: Readonly<Record<string, string>> = {
  files: 'nobody uses this file',
  dependencies: 'is a dependency that nobody uses',
  devDependencies: 'is a development dependency that nobody uses',
  unlisted: 'is used, but declared in no package.json',
  unresolved: 'cannot be resolved',
  exports: 'is exported, but nobody imports it',
  types: 'is an exported type that nobody imports',
};

/** A reporter for knip that tells also how much knip has seen. */
export default function report({ counters, issues, cwd }: ReporterOptions): void {
  const found = Object.entries(issues).flatMap(([kind, byFile]) =>
    Object.values(byFile)
      .flatMap((bySymbol) => Object.values(bySymbol))
      .map(({ filePath, symbol, line }) => {
        const place = `${path.relative(cwd, filePath)}${line === undefined ? '' : `:${line}`}`;
        const subject = kind === 'files' ? '' : `${symbol} `;
        return `${place}: ${subject}${sentences[kind] ?? `is a case of ${kind}`}.`;
      }),
  );
  const answer: DeadCodeReport = { count: counters.total, problems: found };
  console.log(JSON.stringify(answer));
}
