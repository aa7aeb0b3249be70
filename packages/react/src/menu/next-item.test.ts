import { expect, test } from 'vitest';
import { nextItem } from './next-item.ts';

test.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 2, 0],
  ['ArrowDown', -1, 0],
  ['ArrowUp', 2, 1],
  ['ArrowUp', 0, 2],
  ['ArrowUp', -1, 2],
  ['Home', 2, 0],
  ['End', 0, 2],
  ['a', 0, undefined],
  ['Enter', 0, undefined],
])('%s at item %i of three goes to %s', (key, present, next) => {
  expect(nextItem(key, present, 3)).toBe(next);
});
