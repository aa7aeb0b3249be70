import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { rewriteRequest } from './request-url.ts';

test.each([
  ['/__clerk/v1/client?a=b', '/v1/client?a=b'],
  ['/__clerk', '/'],
  ['/__clerks/v1/client', '/__clerks/v1/client'],
  // As the official SDK writes it.
  ['/__clerk/v1/me/backup_codes/?a=b/', '/v1/me/backup_codes?a=b/'],
  ['/v1/me/backup_codes/', '/v1/me/backup_codes'],
  ['/sign-in/', '/sign-in/'],
  ['/__clerk/v1/organizations?a=b', '/v1/client/organizations?a=b'],
  ['/v1/organizations/org_1/memberships', '/v1/organizations/org_1/memberships'],
])('%s is %s', (url, expected) => {
  expect(rewriteRequest({ method: 'POST', url, headers: {} } as IncomingMessage)).toBe(expected);
});

test.each([
  ['POST', 'PATCH', 'PATCH'],
  ['POST', 'delete', 'DELETE'],
  ['POST', 'GET', 'POST'],
  ['GET', 'DELETE', 'GET'],
])('a %s with _method %s counts as %s', (method, named, expected) => {
  const url = `/v1/me?_method=${named}`;
  const request = { method, url, headers: {} } as IncomingMessage;
  rewriteRequest(request);
  expect(request.method).toBe(expected);
});

test.each([
  ['POST', '/v1/organizations', 'Bearer sk_test_x', '/v1/organizations'],
  ['GET', '/v1/organizations', undefined, '/v1/organizations'],
  [
    'POST',
    '/v1/organizations?_is_native=1',
    'a client token',
    '/v1/client/organizations?_is_native=1',
  ],
])('%s %s with the authorization %s is %s', (method, url, authorization, expected) => {
  const headers = authorization === undefined ? {} : { authorization };
  expect(rewriteRequest({ method, url, headers } as IncomingMessage)).toBe(expected);
});
