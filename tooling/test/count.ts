/** How a part of the run ended. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** Left out on purpose; neither passed nor failed. */
  readonly skipped: number;
}

/** The sum of all parts. */
export function totalOf(counts: readonly Count[]): Count {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of counts) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/** Whether a run may count as good: something passed, and nothing failed. */
export function isGreen({ passed, failed }: Count): boolean {
  return passed > 0 && failed === 0;
}

/** The last lines of a run; the very last says `N passed, N failed`, whoever reads it. */
export function describeTotals({ passed, failed, skipped }: Count): string {
  const left = skipped > 0 ? `${skipped} skipped\n` : '';
  return `${left}${passed} passed, ${failed} failed`;
}
