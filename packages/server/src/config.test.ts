import { describe, expect, test } from 'vitest';
import { type ConfigError, readEnvironment } from './config.ts';

test.each([
  '127.0.0.1',
  '10.0.0.0/8, 192.168.0.0/32',
  '::1, fc00::/7',
  'loopback, linklocal, uniquelocal',
])('%s are proxies that can be trusted', (proxies) => {
  const { trustedProxies } = readEnvironment({ WILLCALL_TRUSTED_PROXIES: proxies });
  expect(trustedProxies.join(', ')).toBe(proxies);
});

describe('DATABASE_URL', () => {
  const read = (url: string) => readEnvironment({ DATABASE_URL: url }).database?.url;

  test.each([
    'postgresql://u:p@db.example.com:5432/willcall?sslmode=verify-full',
    'postgres://u@db.example.com/willcall',
    'postgresql://u:p@/willcall?host=/cloudsql/project:region:instance',
    'postgresql:///willcall?host=/var/run/postgresql&port=5433',
    'postgresql://u:p@%2Fvar%2Frun%2Fpostgresql/willcall',
    'postgresql://u:50%off@db.example.com/willcall',
    'postgresql://u:p@[::1]:5433/w',
    'postgresql://u:p@h/w%zz',
  ])('%s is taken as it is', (url) => {
    expect(read(url)).toBe(url);
  });

  test.each([
    ['mysql://u:hidden@h/w', 'must begin with postgresql://'],
    ['postgresql://u:hidden@h/w?port=abc', 'has a port that is no number from 1 to 65535'],
    ['postgresql://u:hidden@h/w?port=70000', 'has a port that is no number from 1 to 65535'],
    ['postgresql://u:hidden@h:70000/w', 'is no address of one server'],
    ['postgresql://u:hidden@h:1,i:2/w', 'is no address of one server'],
    ['postgresql://u:hid/den@h/w', 'is no address of one server'],
    ['postgresql://u:hidden%ff@h/w', 'has a % that begins no character'],
    ['postgresql://u:hidden@h/w%ff', 'has a % that begins no character'],
    [
      'postgresql://u:hidden@h/w?sslmode=verify-full&sslrootcert=/no/root.pem',
      'names a file that cannot be read, /no/root.pem (ENOENT)',
    ],
  ])('%s: %s', (url, sentence) => {
    const told = (variables: NodeJS.ProcessEnv) => {
      try {
        readEnvironment(variables);
      } catch (error) {
        return (error as ConfigError).message;
      }
      return 'nothing';
    };
    const message = told({ DATABASE_URL: url });
    expect(message).toContain(`\n  DATABASE_URL: ${sentence}`);
    expect(message.split('\n')).toHaveLength(2);
    expect(message).not.toMatch(/hid/);
    // One list with commas between them cannot name one with a comma.
    if (url.includes(',') || url.startsWith('mysql')) return;
    const replicas = `postgresql://u@h/w, ${url}`;
    expect(told({ DATABASE_REPLICA_URL: replicas })).toContain(
      `\n  DATABASE_REPLICA_URL: ${sentence}`,
    );
  });
});
