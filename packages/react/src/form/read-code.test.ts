import { expect, test } from 'vitest';
import { readCode } from './read-code.ts';

test.each([
  ['123456', '123456'],
  ['123 456', '123456'],
  ['  12-34-56\n', '123456'],
  ['Your code: 123456.', '123456'],
  ['1234567', '123456'],
  ['12a', '12'],
  ['', ''],
])('%j is the code %j', (text, code) => {
  expect(readCode(text)).toBe(code);
});
