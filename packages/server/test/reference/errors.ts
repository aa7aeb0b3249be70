/** A code as its declaration tells it. */
interface DescribedError {
  readonly code: string;
  readonly status: number;
  readonly meaning: string;
}

export interface ErrorSection {
  readonly title: string;
  readonly errors: readonly DescribedError[];
}

/**
 * Reads the table `errorStatus` from its source: line comments are section titles, and each
 * code has the documentation comment above it. A code without one is left out, so that
 * whoever compares with the table sees it missing.
 */
export function describeErrors(source: string): readonly ErrorSection[] {
  const table = /export const errorStatus = \{\n([\s\S]*?)\n\} as const;/.exec(source)?.[1] ?? '';
  const [, ...sections] = table.split(/^ {2}\/\/ (.+)$/m);
  return sections.flatMap((title, at) =>
    at % 2 === 0 ? [{ title, errors: readErrors(sections[at + 1] ?? '') }] : [],
  );
}

function readErrors(section: string): DescribedError[] {
  const declared = section.matchAll(/\/\*\*([\s\S]*?)\*\/\s+(\w+): (\d+),/g);
  return [...declared].map(([, comment = '', code = '', status]) => ({
    code,
    status: Number(status),
    meaning: comment.replaceAll(/\s*\n\s*\*\s?/g, ' ').trim(),
  }));
}
