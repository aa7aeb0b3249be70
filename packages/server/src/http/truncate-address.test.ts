import { expect, test } from 'vitest';
import { limitedNetwork, truncateAddress } from './truncate-address.ts';

test.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:0db8:00a1:b2::1', '2001:db8:a1::/48'],
  ['2001:db8::1', '2001:db8:0::/48'],
  ['::1', '0:0:0::/48'],
  ['203.0.113.77:1001', '203.0.113.0/24'],
  ['[2001:db8::1]:1001', '2001:db8:0::/48'],
  ['fe80::1%eth0', 'fe80:0:0::/48'],
  ['64:ff9b::203.0.113.77', '64:ff9b:0::/48'],
  ['1:2:3:4:5:6:7:8', '1:2:3::/48'],
  ['no address', undefined],
  [undefined, undefined],
])('the network of %s is %s', (address, network) => {
  expect(truncateAddress(address)).toBe(network);
});

test.each([
  ['203.0.113.77', '203.0.113.77'],
  ['::ffff:203.0.113.77', '203.0.113.77'],
  ['2001:0db8:00a1:b2:ffff::1', '2001:db8:a1:b2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['203.0.113.77:1001', '203.0.113.77'],
  ['[::ffff:203.0.113.77]:1001', '203.0.113.77'],
  ['[2001:db8::1]:1001', '2001:db8:0:0::/64'],
  ['[fe80::1%eth0]', 'fe80:0:0:0::/64'],
  ['203.0.113:1001', '203.0.113:1001'],
  ['no address', 'no address'],
])('a rate limit counts %s as %s', (address, network) => {
  expect(limitedNetwork(address)).toBe(network);
});
