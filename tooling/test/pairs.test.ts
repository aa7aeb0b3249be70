import { expect, test } from 'vitest';
import { pairsOf } from './pairs.ts';

const table = {
  story: ['reload', 'back', 'tabs', 'slow'],
  step: ['code', 'password'],
  page: ['hosted', 'embedded'],
  part: ['query', 'hash'],
} as const;

const names = Object.keys(table) as (keyof typeof table)[];

test('by day each value meets each value of every other dimension, in a quarter of the cells', () => {
  const cells = pairsOf(table, false);
  let met = 0;
  for (const [at, one] of names.entries())
    for (const other of names.slice(at + 1))
      for (const value of table[one])
        for (const partner of table[other]) {
          expect(cells.some((cell) => cell[one] === value && cell[other] === partner)).toBe(true);
          met += 1;
        }
  expect(met).toBe(3 * 8 + 3 * 4);
  expect(cells).toHaveLength(8);
});

test('at night all cells are there, the last dimension changing first', () => {
  const cells = pairsOf(table, true);
  expect(new Set(cells.map((cell) => Object.values(cell).join())).size).toBe(32);
  expect(cells[1]).toEqual({ story: 'reload', step: 'code', page: 'hosted', part: 'hash' });
});

test('two dimensions have no cell to spare', () => {
  expect(pairsOf({ story: ['reload', 'back'], page: ['hosted', 'embedded'] }, false)).toHaveLength(
    4,
  );
});
