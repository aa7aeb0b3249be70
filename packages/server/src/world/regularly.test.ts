import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { regularly } from './regularly.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a job runs again and again, after a failure too, and never once it is stopped', async () => {
  let count = 0;
  const errors: unknown[] = [];
  const stop = regularly(
    async () => {
      count += 1;
      if (count === 2) throw new Error('no');
    },
    1000,
    (error) => errors.push(error),
  );
  await vi.advanceTimersByTimeAsync(3500);
  expect([count, errors.length]).toEqual([3, 1]);
  await stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(count).toBe(3);
});

test('stopping tells the job that runs, and waits for it', async () => {
  const events: string[] = [];
  const stop = regularly(
    async (isStopped) => {
      while (!isStopped()) await Promise.resolve();
      events.push('job ended');
    },
    1000,
    () => {},
  );
  vi.advanceTimersByTime(1000);
  await stop();
  events.push('stopped');
  expect(events).toEqual(['job ended', 'stopped']);
});
