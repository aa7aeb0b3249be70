/** How a part of the run ended. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** Left out on purpose; neither passed nor failed. */
  readonly skipped: number;
  /** Passed, but not at the first try: a bug that still has to be found. */
  readonly retried: number;
}

/** Of a part in which no test ran. */
export const nothing: Count = { passed: 0, failed: 0, skipped: 0, retried: 0 };

/** The sum of all parts. */
export function totalOf(counts: readonly Count[]): Count {
  const total = { ...nothing };
  for (const { passed, failed, skipped, retried } of counts) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    total.retried += retried;
  }
  return total;
}

/** Whether a run may count as good: something passed, and nothing failed. */
export function isGreen({ passed, failed }: Count): boolean {
  return passed > 0 && failed === 0;
}

/** The last lines of a run; the very last says `N passed, N failed`, whoever reads it. */
export function describeTotals({ passed, failed, skipped, retried }: Count): string {
  const left = skipped > 0 ? `${skipped} skipped\n` : '';
  const again = retried > 0 ? `${retried} passed only at the second try\n` : '';
  return `${left}${again}${passed} passed, ${failed} failed`;
}
