import { expect, test } from 'vitest';
import { chooseDestination } from './choose.ts';

const origin = 'https://app.example';
const page = (search: string) => new URL(`/sign-in${search}`, origin);
const named = (url: string) => page(`?redirect_url=${encodeURIComponent(url)}`);

test('the order is force, the address, fallback, start page', () => {
  const both = { forceRedirectUrl: '/forced', fallbackRedirectUrl: '/fallback' };
  const { forceRedirectUrl: _, ...fallback } = both;
  expect(chooseDestination({ page: named('/named'), ...both }).url.pathname).toBe('/forced');
  expect(chooseDestination({ page: named('/named'), ...fallback }).url.pathname).toBe('/named');
  expect(chooseDestination({ page: page(''), ...fallback }).url.pathname).toBe('/fallback');
  expect(chooseDestination({ page: page('') }).url.href).toBe(`${origin}/`);
});

test('the address is read from the hash as well', () => {
  const { url } = chooseDestination({ page: page('#/?redirect_url=%2Fnamed%3Fa%3Db') });
  expect(url.href).toBe(`${origin}/named?a=b`);
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,x',
  '//evil.example',
  '///evil.example',
  String.raw`/\evil.example`,
  String.raw`\\evil.example`,
  String.raw`https:\\evil.example`,
  ' https://evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  'https://user:word@evil.example/',
  'https://app.example@evil.example/',
  'https:evil.example',
  'evil.example',
  'ftp://evil.example',
  'https://',
  '',
])('redirect_url %j is passed over', (text) => {
  const destination = chooseDestination({ page: named(text), fallbackRedirectUrl: '/fallback' });
  expect(destination).toEqual({ url: new URL('/fallback', origin), mustAsk: false });
});

test.each(['https://other.example/x', 'http://app.example/x', 'https://app.example:8443/'])(
  'redirect_url %s is on another origin, so the server must allow it',
  (text) => {
    expect(chooseDestination({ page: named(text) })).toEqual({ url: new URL(text), mustAsk: true });
  },
);

test('redirect_url on the own origin needs nobody', () => {
  const destination = chooseDestination({ page: named(`${origin}/x?y=z`) });
  expect(destination).toEqual({ url: new URL(`${origin}/x?y=z`), mustAsk: false });
});

test('what the developer names may be on another origin, but must be http(s)', () => {
  const foreign = { page: page(''), forceRedirectUrl: 'https://other.example/' };
  expect(chooseDestination(foreign)).toEqual({
    url: new URL(foreign.forceRedirectUrl),
    mustAsk: false,
  });
  const script = { page: page(''), forceRedirectUrl: 'javascript:alert(1)' };
  expect(chooseDestination(script).url.href).toBe(`${origin}/`);
});
