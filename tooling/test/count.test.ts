import { expect, test } from 'vitest';
import { describeTotals, isGreen } from './count.ts';

test.each([
  [{ passed: 3, failed: 0 }, '3 passed, 0 failed', true],
  [{ passed: 3, failed: 1 }, '3 passed, 1 failed', false],
  [{ passed: 3, failed: 0, skipped: 2 }, '2 skipped\n3 passed, 0 failed', true],
  [{ passed: 0, failed: 0, skipped: 2 }, '2 skipped\n0 passed, 0 failed', false],
  [{ passed: 0, failed: 0 }, '0 passed, 0 failed', false],
  [
    { passed: 3, failed: 0, retried: 1 },
    '1 passed only at the second try\n3 passed, 0 failed',
    true,
  ],
])('%o ends in %j', (some, lines, green) => {
  const count = { skipped: 0, retried: 0, ...some };
  expect(describeTotals(count)).toBe(lines);
  expect(isGreen(count)).toBe(green);
});
