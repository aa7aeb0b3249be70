import { afterEach, expect, test, vi } from 'vitest';
import type { Environment } from '../environment/environment.ts';
import { decorateUrl } from './decorate-url.ts';
import { newPage } from './page.ts';

const nothing = { load: async () => {}, commit: () => {}, refetch: async () => {} };

afterEach(() => vi.unstubAllGlobals());

/** A page on `localhost`, where the server is as well unless it is said otherwise. */
function decorate(url: string, { type = 'development', apiUrl = 'http://localhost:4000' } = {}) {
  vi.stubGlobal('location', new URL('http://localhost:4000/sign-in'));
  const page = newPage({ apiUrl }, nothing);
  page.environment = { instanceType: type } as Environment;
  return decorateUrl(page, url);
}

test.each([
  ['http://127.0.0.1:5173/', 'http://127.0.0.1:5173/?__willcall_handover=start'],
  [
    'http://127.0.0.1:5173/desk?a=1#b',
    'http://127.0.0.1:5173/desk?a=1&__willcall_handover=start#b',
  ],
])('%s on another site gets its mark', (url, marked) => {
  expect(decorate(url)).toBe(marked);
});

test.each(['/desk', 'desk?a=1', 'http://localhost:5173/', 'mailto:ada@example.com'])(
  '%s stays as it is',
  (url) => {
    expect(decorate(url)).toBe(url);
  },
);

test('a production instance marks nothing', () => {
  const url = 'http://127.0.0.1:5173/';
  expect(decorate(url, { type: 'production' })).toBe(url);
});

test('a page that is itself on another site has no session to hand over', () => {
  const url = 'http://[::1]:5173/';
  expect(decorate(url, { apiUrl: 'http://127.0.0.1:4000' })).toBe(url);
});
