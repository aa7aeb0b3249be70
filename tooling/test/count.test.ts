import { expect, test } from 'vitest';
import { describeTotals, isGreen } from './count.ts';

test.each([
  [{ passed: 3, failed: 0, skipped: 0 }, '3 passed, 0 failed', true],
  [{ passed: 3, failed: 1, skipped: 0 }, '3 passed, 1 failed', false],
  [{ passed: 3, failed: 0, skipped: 2 }, '2 skipped\n3 passed, 0 failed', true],
  [{ passed: 0, failed: 0, skipped: 2 }, '2 skipped\n0 passed, 0 failed', false],
  [{ passed: 0, failed: 0, skipped: 0 }, '0 passed, 0 failed', false],
])('%o ends in %j', (count, lines, green) => {
  expect(describeTotals(count)).toBe(lines);
  expect(isGreen(count)).toBe(green);
});
