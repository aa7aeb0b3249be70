import { expect, test } from 'vitest';
import { readArguments } from './arguments.ts';

test.each([
  [[], false, [], []],
  [['--nightly'], true, [], []],
  [['redeem'], false, [], ['redeem']],
  [['unit', 'redeem'], false, ['unit'], ['redeem']],
  [['unit', 'e2e'], false, ['unit', 'e2e'], []],
  [['unit', '-t', 'e2e', '--nightly'], true, ['unit'], ['-t', 'e2e']],
])('%j', (given, isNightly, projects, rest) => {
  expect(readArguments(given)).toEqual({ isNightly, projects, rest });
});
