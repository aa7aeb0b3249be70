import { expect, test } from 'vitest';
import { StoreUnavailable } from '../domain/store.ts';
import { openTurns } from './postgres-turns.ts';

test('as many run at once as there are places, the others in the order in which they came', async () => {
  const takeTurn = openTurns(2, 60_000);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const all = [0, 1, 2, 3].map((each) =>
    takeTurn(async () => {
      begun.push(each);
      await new Promise<void>((resolve) => ends.push(resolve));
    }),
  );
  await turn();
  expect(begun).toEqual([0, 1]);
  ends[1]?.();
  await turn();
  expect(begun).toEqual([0, 1, 2]);
  ends[0]?.();
  await turn();
  expect(begun).toEqual([0, 1, 2, 3]);
  for (const end of ends) end();
  await Promise.all(all);
});

test('who waits too long is told that storage does not work, and keeps no place', async () => {
  const takeTurn = openTurns(1, 10);
  let end = () => {};
  const first = takeTurn(() => new Promise<void>((resolve) => (end = resolve)));
  let hasRun = false;
  const late = takeTurn(async () => {
    hasRun = true;
  });
  await expect(late).rejects.toBeInstanceOf(StoreUnavailable);
  end();
  await first;
  await takeTurn(async () => {});
  expect(hasRun).toBe(false);
});

test('who fails gives the place on', async () => {
  const takeTurn = openTurns(1, 60_000);
  const failing = takeTurn(() => Promise.reject(new Error('no')));
  const next = takeTurn(async () => 'yes');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('yes');
});

/** Lets everything happen that is not waited for. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
