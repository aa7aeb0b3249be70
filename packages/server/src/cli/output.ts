/** Writes a result: the output proper, which a script may read. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes what is no result, such as warnings and explanations, to the error output. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Rows under their headings, columns aligned; one sentence instead when there are none. */
export function printTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  empty: string,
): void {
  if (rows.length === 0) {
    tell(empty);
    return;
  }
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  for (const row of [headings, ...rows]) {
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}
