import { expect, test } from 'vitest';
import { findCode } from './messages.ts';

test.each([
  ['Your code to sign in:\n\n    123456\n\nIt is good for 10 minutes.', '123456'],
  ['000000 is your code', '000000'],
  ['number 1234567, code 654321.', '654321'],
  ['number 12345', undefined],
  ['', undefined],
])('in %j the code is %s', (text, code) => {
  expect(findCode(text)).toBe(code);
});
