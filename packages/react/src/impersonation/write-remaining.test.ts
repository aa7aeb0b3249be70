import { expect, test } from 'vitest';
import { writeRemaining } from './write-remaining.ts';

test.each([
  [1_800_000, '30:00'],
  [1_799_001, '30:00'],
  [65_000, '1:05'],
  [1, '0:01'],
  [0, '0:00'],
  [-5000, '0:00'],
  [3_723_000, '1:02:03'],
])('%i ms are %s', (milliseconds, text) => {
  expect(writeRemaining(milliseconds)).toBe(text);
});
