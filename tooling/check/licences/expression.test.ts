import { expect, test } from 'vitest';
import { isCovered } from './expression.ts';

test.each([
  ['MIT', true],
  ['GPL-3.0', false],
  ['MIT OR GPL-3.0', true],
  ['GPL-3.0 OR MIT', true],
  ['MIT AND ISC', true],
  ['MIT AND GPL-3.0', false],
  ['(GPL-3.0 OR MIT) AND ISC', true],
  ['GPL-3.0 OR MIT AND ISC', true],
  ['MIT AND (GPL-3.0 OR AGPL-3.0)', false],
  ['SEE LICENSE IN MIT', false],
  ['(MIT', false],
  ['MIT)', false],
  ['', false],
])('%j is covered by MIT and ISC: %s', (expression, covered) => {
  expect(isCovered(expression, ['MIT', 'ISC'])).toBe(covered);
});
