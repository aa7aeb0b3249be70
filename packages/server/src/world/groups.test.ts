import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { type InGroup, openGroups } from './groups.ts';

let inGroup: InGroup;
let answered: number[];

beforeEach(() => {
  inGroup = openGroups(3);
  answered = [];
});

/** So many pieces of work that are under way, each to be ended by its number. */
function begin(count: number) {
  const works = Array.from({ length: count }, () => Promise.withResolvers<number>());
  for (const [at, { promise }] of works.entries())
    inGroup(promise).then(
      (result) => answered.push(result),
      () => answered.push(-at),
    );
  return async (at: number, error?: Error) => {
    if (error) works[at]?.reject(error);
    else works[at]?.resolve(at);
    await nextTurn();
  };
}

test('what is alone is answered at once', async () => {
  const end = begin(1);
  await end(0);
  expect(answered).toEqual([0]);
});

test('of many, groups are answered, in the order in which they were done', async () => {
  const end = begin(8);
  await end(5);
  await end(2);
  expect(answered).toEqual([]);
  await end(7);
  expect(answered).toEqual([5, 2, 7]);
  await end(0);
  await end(1);
  expect(answered).toEqual([5, 2, 7]);
  await end(3);
  expect(answered).toEqual([5, 2, 7, 0, 1, 3]);
});

test('nobody is left behind, however many there are', async () => {
  for (const count of [1, 2, 3, 4, 5, 6, 7, 20]) {
    answered = [];
    const end = begin(count);
    for (let at = 0; at < count; at += 1) await end(at);
    expect(answered).toHaveLength(count);
  }
});

test('what fails does so for itself, and holds nobody up', async () => {
  const end = begin(3);
  await end(1, new Error('no key'));
  await end(0);
  expect(answered).toEqual([-1, 0]);
  await end(2);
  expect(answered).toEqual([-1, 0, 2]);
});
