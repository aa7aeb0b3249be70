let isLost = false;

/** Whether something that was printed could not be written. */
export function isOutputLost(): boolean {
  return isLost;
}

/**
 * Writes a result: the output proper, which a script may read.
 *
 * @param ifLost what to do about what is done already, for a result that nobody can be told again
 */
export function print(text: string, ifLost?: string): void {
  // The write that fails tells it; without a listener the event would end the process.
  if (process.stdout.listenerCount('error') === 0) process.stdout.on('error', () => {});
  process.stdout.write(`${text}\n`, (error) => {
    if (error) tellLost(error, ifLost);
  });
}

function tellLost({ code }: NodeJS.ErrnoException, ifLost: string | undefined): void {
  process.exitCode = 1;
  if (isLost) return;
  isLost = true;
  const reasons: Record<string, string> = {
    ENOSPC: 'the disk is full',
    EPIPE: 'nobody takes it any more',
  };
  const sentence = `The output could not be written: ${reasons[code ?? ''] ?? code}.`;
  tell(ifLost === undefined ? sentence : `${sentence} ${ifLost}`);
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
