import { urlParameters } from '@willcall/contract';
import { expect, test } from 'vitest';
import { Secret } from '../secret.ts';
import { newSecret } from '../world.ts';
import { addTicket } from './link.ts';
import { writeTicket } from './ticket.ts';

const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
const ticket = writeTicket('sign_in_token', `sit_${'0'.repeat(26)}`, newSecret({ randomBytes }));

test.each([
  'https://app.example.com',
  'https://app.example.com/',
  'HTTPS://App.Example.com:443/sign-in',
  'https://app.example.com/sign in',
  'https://app.example.com/?',
  'https://app.example.com/?tab=2',
  `https://app.example.com/?${urlParameters.ticket}=older&tab=2`,
  'https://app.example.com/#/sign-in',
  'https://app.example.com/?tab=2#/sign-in',
])('the link to %s carries the ticket and is the address that browsers make of it', (page) => {
  const expected = new URL(page);
  expected.searchParams.set(urlParameters.ticket, ticket.reveal());
  // Twice: the page is known then.
  expect([1, 2].map(() => addTicket(page, undefined, ticket))).toEqual([
    expected.href,
    expected.href,
  ]);
});

test.each(['', 'a b', 'a&b=c', 'a#b', 'a\nb', 'ticket–1', 'тicket', '%', '+'])(
  'what is no ticket of ours is escaped: %j',
  (text) => {
    const link = addTicket('https://app.example.com/sign-in', undefined, new Secret(text));
    const { href, searchParams, pathname } = new URL(link);
    expect([link, searchParams.get(urlParameters.ticket), pathname]).toEqual([
      href,
      text,
      '/sign-in',
    ]);
  },
);

test('a page that is known goes on to each place by its own link', () => {
  const page = 'https://app.example.com/sign-in';
  const placesOf = (redirectUrl?: string) =>
    new URL(addTicket(page, { redirectUrl, signInUrl: undefined }, ticket)).searchParams.getAll(
      urlParameters.redirectUrl,
    );
  expect([placesOf('https://app.example.com/a?b=c&d'), placesOf(), placesOf('/e')]).toEqual([
    ['https://app.example.com/a?b=c&d'],
    [],
    ['/e'],
  ]);
});

test('of more pages than are remembered each has its own link', () => {
  const pages = Array.from({ length: 250 }, (_, at) => `https://app.example.com/${at}`);
  const pathsOf = (links: readonly string[]) => links.map((link) => new URL(link).pathname);
  const links = [...pages, ...pages].map((page) => addTicket(page, undefined, ticket));
  expect(pathsOf(links)).toEqual(pathsOf([...pages, ...pages]));
});
