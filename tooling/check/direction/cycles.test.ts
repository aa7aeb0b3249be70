import { expect, test } from 'vitest';
import { findCycles } from './cycles.ts';

test.each([
  ['a line has none', { a: ['b'], b: ['c'], c: [] }, []],
  ['a diamond has none', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, []],
  ['a loop of two', { a: ['b'], b: ['a'] }, [['a', 'b', 'a']]],
  ['a file that loads itself', { a: ['a'] }, [['a', 'a']]],
  ['a loop behind a way in', { a: ['b'], b: ['c'], c: ['b'] }, [['b', 'c', 'b']]],
  [
    'two loops',
    { a: ['b'], b: ['a'], c: ['d'], d: ['c'] },
    [
      ['a', 'b', 'a'],
      ['c', 'd', 'c'],
    ],
  ],
])('%s', (_, graph, cycles) => {
  const entries = Object.entries<readonly string[]>(graph);
  expect(findCycles(new Map(entries))).toEqual(cycles);
});
