import { expect, test } from 'vitest';
import type { SignInParams } from './page/attempt.ts';
import { checkSignInParams } from './sign-in-params.ts';

test.each<SignInParams>([
  { strategy: 'ticket', ticket: 't' },
  { strategy: 'password', identifier: 'ada', password: 'p' },
  { strategy: 'email_code', identifier: 'ada+clerk_test@example.com' },
])('$strategy with what it needs passes', (params) => {
  expect(checkSignInParams(params)).toBe(params);
});

test.each([
  [{ strategy: 'ticket' }, 'ticket'],
  [{ strategy: 'password', identifier: 'ada', password: '' }, 'password'],
  [{ strategy: 'email_code', identifier: undefined }, 'identifier'],
  [{ strategy: 'phone_code' }, 'strategy'],
  [{ strategy: 'toString' }, 'strategy'],
  [{}, 'strategy'],
])('%j is a TypeError that names %s', (params, name) => {
  expect(() => checkSignInParams(params as SignInParams)).toThrow(TypeError);
  expect(() => checkSignInParams(params as SignInParams)).toThrow(`signInParams.${name}`);
});

test('a code for a real mailbox is refused, since no test can read it', () => {
  const params = { strategy: 'email_code', identifier: 'ada@example.com' } as const;
  expect(() => checkSignInParams(params)).toThrow('+clerk_test');
});
