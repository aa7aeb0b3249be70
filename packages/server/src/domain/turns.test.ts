import { expect, test } from 'vitest';
import { mapInTurns } from './turns.ts';

function workFor(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

/** How often others have their turn until something is done. */
async function countTurns(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isDone = false;
  const goRound = () => {
    turns += 1;
    if (!isDone) setImmediate(goRound);
  };
  setImmediate(goRound);
  await work();
  isDone = true;
  return turns;
}

test('items that take long let others have their turn after each of them', async () => {
  const map = (item: number) => {
    workFor(3);
    return item * 2;
  };
  let mapped: number[] = [];
  const turns = await countTurns(async () => {
    mapped = await mapInTurns([1, 2, 3, 4, 5, 6, 7, 8], map);
  });
  expect(mapped).toEqual([2, 4, 6, 8, 10, 12, 14, 16]);
  expect(turns).toBeGreaterThanOrEqual(8);
});

test('an item that fails ends it', async () => {
  const fail = (item: number) => {
    if (item === 2) throw new Error('the second');
    return item;
  };
  await expect(mapInTurns([1, 2, 3], fail)).rejects.toThrow('the second');
});
