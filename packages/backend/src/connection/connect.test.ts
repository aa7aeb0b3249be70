import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connect } from './connect.ts';

// The settings of the machine that runs the tests must not count here.
beforeEach(() => {
  vi.stubEnv('WILLCALL_API_URL', '');
  vi.stubEnv('WILLCALL_SECRET_KEY', '');
});
afterEach(() => vi.unstubAllEnvs());

test('without settings it is the development server of this machine', () => {
  expect(connect({}).apiUrl).toBe('http://localhost:4000');
});

test('settings come from the environment where none are given', async () => {
  vi.stubEnv('WILLCALL_API_URL', 'https://auth.example.com/');
  vi.stubEnv('WILLCALL_SECRET_KEY', 'sk_live_fromenvironment');
  const connection = connect({});
  expect(connection.apiUrl).toBe('https://auth.example.com');
  expect(await connection.keys.find()).toBe('sk_live_fromenvironment');
  expect(connect({ apiUrl: 'http://127.0.0.1:4100' }).apiUrl).toBe('http://127.0.0.1:4100');
});

test.each([
  'http://localhost:4000',
  'http://127.0.0.1:4000',
  'http://127.8.9.1',
  'http://[::1]:4000',
])('%s needs no secret key', (apiUrl) => {
  expect(connect({ apiUrl }).apiUrl).toBe(apiUrl);
});

test.each([
  'https://auth.example.com',
  'http://192.168.1.5:4000',
  'http://localhost.evil.example',
  'http://127.0.0.1.evil.example',
  'http://0.0.0.0:4000',
])('%s needs a secret key, and the error names it', (apiUrl) => {
  expect(() => connect({ apiUrl })).toThrow(TypeError);
  expect(() => connect({ apiUrl })).toThrow('secretKey is missing');
});

test('a live key has no default address', () => {
  expect(() => connect({ secretKey: 'sk_live_abc' })).toThrow('apiUrl is missing');
});

test.each(['sk_test_abc\n', 'sk_test_ab c', 'pk_test_abc', 'Bearer sk_test_abc', 'hunter2'])(
  'the secret key %j is refused without being shown',
  (secretKey) => {
    expect(() => connect({ secretKey })).toThrow('secretKey must be');
    expect(() => connect({ secretKey })).not.toThrow(secretKey);
  },
);

test.each([
  'localhost:4000',
  'auth.example.com',
  'ftp://a.example',
  'https://user:hunter2@a.example',
  'https://:hunter2@a.example',
  'https://a.example/?x=1',
])('the address %s is refused', (apiUrl) => {
  expect(() => connect({ apiUrl, secretKey: 'sk_test_abc' })).toThrow('apiUrl must be');
  expect(() => connect({ apiUrl, secretKey: 'sk_test_abc' })).not.toThrow('hunter2');
});
