import { expect, test } from 'vitest';
import { stripTicket } from './strip.ts';

/** An address bar with a history of one entry. */
function openAt(path: string) {
  const url = new URL(`https://app.example${path}`);
  const visited: { state: unknown; url: string }[] = [];
  const history = {
    state: { place: 7 },
    replaceState: (state: unknown, _title: string, to?: string | URL | null) => {
      visited.push({ state, url: String(to) });
    },
  };
  stripTicket(history, url);
  return visited;
}

test.each([
  ['/sign-in?__clerk_ticket=T', '/sign-in'],
  ['/sign-in?__clerk_status=sign_in&__clerk_ticket=T', '/sign-in'],
  ['/sign-in?b=2&__clerk_ticket=T&a=1', '/sign-in?b=2&a=1'],
  ['/sign-in?next=%2Fa%20b+c&x&__clerk_ticket=T&y=', '/sign-in?next=%2Fa%20b+c&x&y='],
  ['/sign-in?__clerk_ticket=T#/step?x=1', '/sign-in#/step?x=1'],
  ['/sign-in#?__clerk_ticket=T', '/sign-in'],
  ['/sign-in#/?__clerk_ticket=T', '/sign-in#/'],
  ['/sign-in#/step?a=1&__clerk_ticket=T&b=2', '/sign-in#/step?a=1&b=2'],
  ['/sign-in?a=1#/?__clerk_ticket=T&__clerk_status=sign_up', '/sign-in?a=1#/'],
  ['/?__clerk_ticket=T#/?__clerk_ticket=U', '/#/'],
  ['/?__clerk_ticket=', '/'],
  ['//other.example/?__clerk_ticket=T', '//other.example/'],
  ['/?__clerk%5Fticket=T', '/'],
])('%s becomes %s', (before, after) => {
  expect(openAt(before)).toEqual([{ state: { place: 7 }, url: `https://app.example${after}` }]);
});

test.each(['/', '/?a=1', '/sign-in#/step?a=1', '/#section', '/?next=__clerk_ticket=T'])(
  '%s stays as it is',
  (path) => {
    expect(openAt(path)).toEqual([]);
  },
);
