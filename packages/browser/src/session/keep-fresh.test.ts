import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newPage, type Page } from '../page/page.ts';
import { holdToken } from './hold-token.ts';
import { keepFresh } from './keep-fresh.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('document', { cookie: '', visibilityState: 'visible' });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const jwt = `e30.${Buffer.from('{"sid":"sess_1","iat":100,"exp":160}').toString('base64url')}.c2ln`;

/** A loaded page that has just got its token, and looks again at who is signed in as pages do. */
function newLoadedPage(): Page {
  const commit = () => void setTimeout(() => keepFresh(page));
  const refetch = async () => page.commit();
  const page = newPage({ apiUrl: 'http://localhost' }, { load: async () => {}, commit, refetch });
  Object.assign(page, { loaded: true, activeSessionId: 'sess_1' });
  holdToken(page, jwt);
  keepFresh(page);
  return page;
}

/** The seconds between the calls of half an hour, while each is answered so. */
async function secondsBetween(answer: () => Promise<Response>): Promise<number[]> {
  const times: number[] = [Date.now()];
  vi.stubGlobal('fetch', () => {
    times.push(Date.now());
    // A page that asks without a pause would never end.
    return times.length > 100 ? new Promise(() => {}) : answer();
  });
  newLoadedPage();
  await vi.advanceTimersByTimeAsync(1_800_000);
  return times.slice(1).map((time, index) => Math.round((time - (times[index] ?? 0)) / 1000));
}

test('a refusal that lasts is asked about less and less, and never given up', async () => {
  const refusal = '{"errors":[{"code":"authentication_invalid"}]}';
  const seconds = await secondsBetween(async () => new Response(refusal, { status: 401 }));
  expect(seconds.slice(0, 4)).toEqual([45, 15, 30, 60]);
  expect(seconds.length).toBe(31);
  expect(new Set(seconds.slice(3))).toEqual(new Set([60]));
});

test('a token that comes after refusals ends the pauses', async () => {
  const answers = [401, 401, 200, 401, 401];
  const answer = async () => {
    const status = answers.shift() ?? 401;
    const body = status === 200 ? { jwt } : { errors: [{ code: 'authentication_invalid' }] };
    return Response.json(body, { status });
  };
  expect((await secondsBetween(answer)).slice(0, 5)).toEqual([45, 15, 30, 45, 15]);
});

test('whoever is online again does not wait for the end of a pause', async () => {
  let calls = 0;
  vi.stubGlobal('fetch', async () => {
    calls += 1;
    throw new TypeError('no network');
  });
  const page = newLoadedPage();
  await vi.advanceTimersByTimeAsync(70_000);
  expect(calls).toBe(6);
  page.commit();
  await vi.advanceTimersByTimeAsync(10);
  expect(calls).toBe(7);
});
