import { expect, test } from 'vitest';
import { readTicket } from './read.ts';

const found = { ticket: 'T', ticketStatus: undefined };

test.each([
  ['the query', '?__clerk_ticket=T', '', found],
  ['the query, between others', '?a=1&__clerk_ticket=T&b=2', '', found],
  ['a bare hash', '', '#?__clerk_ticket=T', found],
  ['the root of a hash route', '', '#/?__clerk_ticket=T', found],
  ['a step of a hash route', '', '#/factor-one?x=1&__clerk_ticket=T', found],
  ['the query before the hash', '?__clerk_ticket=T', '#/?__clerk_ticket=other', found],
  ['the first of two', '?__clerk_ticket=T&__clerk_ticket=other', '', found],
  ['an encoded name', '?__clerk%5Fticket=T', '', found],
  ['beside a broken parameter', '?bad=%E0%A4%A&__clerk_ticket=T', '', found],
  [
    'with its status',
    '?__clerk_status=sign_up&__clerk_ticket=T',
    '',
    { ticket: 'T', ticketStatus: 'sign_up' },
  ],
  [
    'an encoded value',
    '?__clerk_ticket=a%2Bb%20c',
    '',
    { ticket: 'a+b c', ticketStatus: undefined },
  ],
])('a ticket is found in %s', (_name, search, hash, expected) => {
  expect(readTicket({ search, hash })).toEqual(expected);
});

test.each([
  ['no query', '', ''],
  ['another name', '?ticket=T', '#/?clerk_ticket=T'],
  ['an empty ticket', '?__clerk_ticket=', '#?__clerk_ticket'],
  ['a hash without a query', '', '#__clerk_ticket=T'],
  ['a name inside a value', '?next=__clerk_ticket=T', ''],
])('%s holds none', (_name, search, hash) => {
  expect(readTicket({ search, hash })).toBeUndefined();
});
