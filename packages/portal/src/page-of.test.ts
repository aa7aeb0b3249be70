import { expect, test } from 'vitest';
import { pageOf } from './page-of.ts';

test.each([
  ['/', 'home'],
  ['//', 'home'],
  ['/sign-in', 'sign-in'],
  ['/sign-in/', 'sign-in'],
  ['/sign-in/reset-code', 'sign-in'],
  ['/sign-up/verify', 'sign-up'],
  ['/user', 'user'],
  ['/user/security', 'user'],
  ['/users', 'not-found'],
  ['/mailbox', 'mailbox'],
  ['/mailbox/messages', 'not-found'],
  ['/sign-in-here', 'not-found'],
  ['/SIGN-IN', 'not-found'],
])('at %s is the page %s', (pathname, page) => {
  expect(pageOf(pathname)).toBe(page);
});
