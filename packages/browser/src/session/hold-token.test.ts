import { afterEach, expect, test, vi } from 'vitest';
import { newPage, type Page } from '../page/page.ts';
import { holdToken, isBefore, readClaims, receiveToken } from './hold-token.ts';

const nothing = { load: async () => {}, commit: () => {}, refetch: async () => {} };

afterEach(() => vi.useRealTimers());

function mint(claims: object): string {
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `e30.${payload}.c2ln`;
}

function held(page: Page) {
  return page.tokens.get('sess_1');
}

test('a token is stale fifteen seconds before its end, and spent five seconds before', () => {
  const page = newPage({}, nothing);
  holdToken(page, mint({ sid: 'sess_1', iat: 100, exp: 160 }), 1_000_000);
  expect(held(page)).toMatchObject({ staleAt: 1_045_000, spentAt: 1_055_000 });
});

test('the clock of this machine counts, however wrong it is', () => {
  const page = newPage({}, nothing);
  const farAhead = 4_000_000_000;
  holdToken(page, mint({ sid: 'sess_1', iat: farAhead, exp: farAhead + 60 }), 1000);
  expect(held(page)?.spentAt).toBe(56_000);
});

test.each([
  ['when it comes', 0, true],
  ['44 seconds later', 44_000, true],
  ['45 seconds later', 45_000, false],
  ['on a clock that was set back since', -1, false],
])('%s a token is fresh or not', (_when, passed, isFresh) => {
  vi.useFakeTimers({ now: 1_000_000 });
  const page = newPage({}, nothing);
  holdToken(page, mint({ sid: 'sess_1', iat: 100, exp: 160 }));
  vi.setSystemTime(1_000_000 + passed);
  const token = held(page);
  expect(token && isBefore(token, 'staleAt')).toBe(isFresh);
});

test('an estimate never says that a token comes later than now', () => {
  vi.useFakeTimers({ now: 1_000_000 });
  const page = newPage({}, nothing);
  holdToken(page, mint({ sid: 'sess_1', iat: 100, exp: 160 }), 1_000_900);
  expect(held(page)?.receivedAt).toBe(1_000_000);
});

test('a short token keeps most of its life', () => {
  const page = newPage({}, nothing);
  holdToken(page, mint({ sid: 'sess_1', iat: 100, exp: 112 }), 0);
  expect(held(page)).toMatchObject({ staleAt: 9000, spentAt: 11_000 });
});

test.each([
  ['not a fresh one that is newer', 0, false],
  ['a stale one, after the clock of the server was set back', 45_000, true],
])('an older token replaces %s', (_which, passed, isReplaced) => {
  vi.useFakeTimers({ now: 1_000_000 });
  const page = newPage({}, nothing);
  const newer = mint({ sid: 'sess_1', iat: 200, exp: 260 });
  const older = mint({ sid: 'sess_1', iat: 100, exp: 160 });
  holdToken(page, newer);
  vi.setSystemTime(1_000_000 + passed);
  holdToken(page, older, 999_000);
  expect(held(page)?.jwt).toBe(newer);
  holdToken(page, older);
  expect(held(page)?.jwt).toBe(isReplaced ? older : newer);
});

test('a token that another tab sends for a session that is not ours is not kept', () => {
  const page = newPage({}, nothing);
  receiveToken(page, { jwt: mint({ sid: 'sess_1', iat: 100, exp: 160 }), receivedAt: 0 });
  expect(page.tokens.size).toBe(0);
});

test.each(['', 'a.b', 'a.b.c', mint({ sub: 'user_1' }), mint({ sid: 7 }), 'e30.bnVsbA.c2ln'])(
  '"%s" says nothing',
  (jwt) => {
    expect(readClaims(jwt)).toBeUndefined();
  },
);

test('letters beyond ASCII in a token do not matter to its claims', () => {
  expect(readClaims(mint({ sid: 'sess_1', iat: 1, exp: 2, name: 'Żółć' }))).toMatchObject({
    sid: 'sess_1',
  });
});
