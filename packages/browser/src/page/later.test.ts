import { expect, test, vi } from 'vitest';
import { WillcallNetworkError } from '../request/errors.ts';
import { later } from './later.ts';

const part = {
  add: async (a: number, b: number, c: number) => a + b + c,
  fail: async (a: number) => {
    throw new TypeError(`not ${a}`);
  },
};

test('the part arrives with the first call, and gets what was given before the rest', async () => {
  const load = vi.fn<() => Promise<typeof part>>(async () => part);
  const { add, fail } = later([1], load, ['add', 'fail']);
  expect(load).not.toHaveBeenCalled();
  expect(await add(2, 3)).toBe(6);
  await expect(fail()).rejects.toThrow('not 1');
  expect(load).toHaveBeenCalled();
});

test('a part that does not arrive is a failure of the network, and is asked for again', async () => {
  const lost = new TypeError('Failed to fetch dynamically imported module');
  const load = vi.fn<() => Promise<typeof part>>(async () => part).mockRejectedValueOnce(lost);
  const { add } = later([1, 2], load, ['add']);
  await expect(add(3)).rejects.toSatisfy(
    (error) => error instanceof WillcallNetworkError && error.cause === lost,
  );
  expect(await add(3)).toBe(6);
});
