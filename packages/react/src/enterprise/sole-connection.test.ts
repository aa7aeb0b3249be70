import { expect, test } from 'vitest';
import { soleConnection } from './sole-connection.ts';

const sso = (enterpriseConnectionId: string) => ({
  strategy: 'enterprise_sso',
  enterpriseConnectionId,
});

test.each([
  [[], undefined],
  [[sso('a')], 'a'],
  [[sso('a'), sso('b')], undefined],
  [[sso('a'), { strategy: 'password' }], undefined],
  [[{ strategy: 'email_code' }], undefined],
])('with %j the one connection is %s', (supportedFirstFactors, id) => {
  expect(soleConnection({ supportedFirstFactors })?.enterpriseConnectionId).toBe(id);
});
