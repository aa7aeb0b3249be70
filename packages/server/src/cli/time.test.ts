import { expect, test } from 'vitest';
import { UsageError } from './failure.ts';
import { duration, writeTime } from './time.ts';

const read = (written: string) => duration('').read(written, 'expires');

test.each([
  ['30s', 30],
  ['10m', 600],
  ['2h', 7200],
  ['7d', 604_800],
  ['45', 45],
  ['1', 1],
])('%s is %i seconds', (written, seconds) => {
  expect(read(written)).toBe(seconds);
});

test.each([
  '0',
  '0m',
  '-5',
  '1.5h',
  '10 m',
  '10M',
  'ten',
  'm',
  '1e3',
  '7w',
  '',
  '99999999999d',
  '31536000001',
])('the time %j is refused', (written) => {
  expect(() => read(written)).toThrow(UsageError);
});

test('a time that is not given stays undefined', () => {
  expect(duration('').read(undefined, 'expires')).toBeUndefined();
});

test('tables show times in UTC, to the second', () => {
  expect(writeTime(Date.UTC(2026, 2, 1, 12, 30, 5, 678))).toBe('2026-03-01 12:30:05Z');
});

test('a time that no calendar has is shown as it is, and does not end the table', () => {
  expect(writeTime(8_640_000_000_000_001)).toBe('8640000000000001');
});
