import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newPage } from '../page/page.ts';
import { refreshToken } from './refresh-token.ts';

const nothing = { load: async () => {}, commit: () => {}, refetch: async () => {} };

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('document', { cookie: '' });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** How often the server is asked before the page gives up, and after how many milliseconds. */
async function giveUp(answer: () => Promise<Response>): Promise<{ asked: number; after: number }> {
  const fetch = vi.fn<() => Promise<Response>>(answer);
  vi.stubGlobal('fetch', fetch);
  const startedAt = Date.now();
  const refresh = refreshToken(newPage({ apiUrl: 'http://localhost' }, nothing), 'sess_1').then(
    () => 'got one',
    () => Date.now() - startedAt,
  );
  await vi.runAllTimersAsync();
  return { asked: fetch.mock.calls.length, after: Number(await refresh) };
}

test('a server that refuses connections is asked six times within 20 seconds', async () => {
  const { asked, after } = await giveUp(() => Promise.reject(new TypeError('refused')));
  expect(asked).toBe(6);
  expect(after).toBeGreaterThan(15_000);
  expect(after).toBeLessThan(20_000);
});

test('where packets vanish the page gives up after the first call that waited in vain', async () => {
  const vanish = () =>
    new Promise<Response>((_, reject) => {
      setTimeout(() => reject(new DOMException('late', 'TimeoutError')), 30_000);
    });
  expect(await giveUp(vanish)).toEqual({ asked: 1, after: 30_000 });
});

test('a server that asks to wait for minutes is asked once more after half a one', async () => {
  const headers = { 'retry-after': '600' };
  const busy = async () => new Response('{"errors":[{"code":"x"}]}', { status: 429, headers });
  const { asked, after } = await giveUp(busy);
  expect(asked).toBe(2);
  expect(after).toBeGreaterThanOrEqual(30_000);
});
