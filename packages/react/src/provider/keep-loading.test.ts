import type { Willcall } from '@willcall/browser';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepLoading } from './keep-loading.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', { visibilityState: 'visible' });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A connection whose server does not answer, and how often it was asked. */
function connect() {
  let asked = 0;
  const load = async () => {
    asked += 1;
    throw new Error('no answer');
  };
  return { willcall: { loaded: false, load } as unknown as Willcall, asked: () => asked };
}

/** What a provider says about the connection that it uses. */
function use(willcall: Willcall): { current: Willcall | undefined } {
  return { current: willcall };
}

/** How often a connection is asked within ten minutes from now. */
async function askedFromNow(asked: () => number): Promise<number> {
  const before = asked();
  await vi.advanceTimersByTimeAsync(600_000);
  return asked() - before;
}

test('a connection of two providers is asked until both are gone, less and less often', async () => {
  const { willcall, asked } = connect();
  const [first, second] = [use(willcall), use(willcall)];
  void keepLoading(first);
  void keepLoading(second);
  // After 2, 4, 8, 16 and 32 seconds, then each minute.
  expect(await askedFromNow(asked)).toBe(13);
  first.current = undefined;
  expect(await askedFromNow(asked)).toBe(10);
  second.current = undefined;
  expect(await askedFromNow(asked)).toBe(0);
});

test('a provider that comes back, or goes to another server, starts anew', async () => {
  const [one, other] = [connect(), connect()];
  const moving = use(one.willcall);
  void keepLoading(moving);
  moving.current = other.willcall;
  void keepLoading(moving);
  expect(await askedFromNow(one.asked)).toBe(0);
  expect(other.asked()).toBe(13);
  moving.current = one.willcall;
  void keepLoading(moving);
  expect(await askedFromNow(one.asked)).toBe(13);
});
