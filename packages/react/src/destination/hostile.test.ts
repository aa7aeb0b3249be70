import { expect, test } from 'vitest';
import { hostileUrls } from '../../../../tooling/hostile-urls.ts';
import { afterSignOut } from './after-sign-out.ts';
import { chooseDestination, type Destination } from './choose.ts';

const origin = 'https://app.example.com';
const hostile = hostileUrls();

/** Own pages, and pages that the server is asked about. */
function isHarmless({ url, mustAsk }: Destination): boolean {
  return /^https?:$/.test(url.protocol) && (url.origin === origin) !== mustAsk;
}

test.each([
  ['the query', '/sign-in?redirect_url='],
  ['the hash', '/sign-in#/?redirect_url='],
  ['a step in the hash', '/sign-in#/methods?redirect_url='],
])('no hostile address in %s leads away without the word of the server', (_place, path) => {
  let passed = 0;
  for (const address of hostile) {
    const page = new URL(path + encodeURIComponent(address), origin);
    const destination = chooseDestination({ page, fallbackRedirectUrl: '/fallback' });
    expect([address, isHarmless(destination)]).toEqual([address, true]);
    if (destination.mustAsk) passed += 1;
  }
  // Whole addresses of other origins are for the server, which refuses each of them.
  expect(passed).toBeGreaterThan(50);
  expect(hostile.length - passed).toBeGreaterThan(100);
});

test('no hostile address that is left as it stands in the address leads away either', () => {
  for (const address of hostile) {
    const page = new URL(`${origin}/sign-in?redirect_url=${address}`);
    expect([address, isHarmless(chooseDestination({ page }))]).toEqual([address, true]);
  }
});

test('an address after signing out is one of the web, or none', () => {
  const page = new URL('/account', origin);
  const taken = hostile.flatMap((address) => afterSignOut(address, page) ?? []);
  for (const { url } of taken) expect(url.protocol).toMatch(/^https?:$/);
  expect(hostile.length - taken.length).toBeGreaterThan(50);
  expect(afterSignOut('/bye', page)?.url.href).toBe(`${origin}/bye`);
  expect(afterSignOut('javascript:alert(1)', page)).toBeUndefined();
  expect(afterSignOut(undefined, page)).toBeUndefined();
});
