import { expect, test } from 'vitest';
import { readEnvironment } from './config.ts';

test.each([
  '127.0.0.1',
  '10.0.0.0/8, 192.168.0.0/32',
  '::1, fc00::/7',
  'loopback, linklocal, uniquelocal',
])('%s are proxies that can be trusted', (proxies) => {
  const { trustedProxies } = readEnvironment({ WILLCALL_TRUSTED_PROXIES: proxies });
  expect(trustedProxies.join(', ')).toBe(proxies);
});
