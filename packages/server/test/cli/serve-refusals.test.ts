import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyFolder, startDevelopment, willcall } from './command.ts';

const settings = {
  public_url: 'https://auth.example.com',
  allowed_origins: ['https://app.example.com'],
  email_code: false,
  sign_up: 'restricted',
};

let folder: string;
let secret: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'willcall-cli-'));
  await willcall(['init', '--production', '--public-url', settings.public_url], { folder });
  secret =
    /SECRET=(\S+)/.exec(await readFile(path.join(folder, 'willcall.env'), 'utf8'))?.[1] ?? '';
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Tries to serve with these settings; every case here is refused before it listens. */
async function serveWith(changes: object, env: Record<string, string> = {}) {
  await writeFile(path.join(folder, 'case.json'), JSON.stringify({ ...settings, ...changes }));
  return willcall(['serve', '--config', 'case.json', '--port', '0'], {
    folder,
    env: { WILLCALL_SECRET: secret, ...env },
  });
}

describe('willcall serve refuses development settings, each with its own sentence', () => {
  test.each([
    ['no public_url', { public_url: undefined }, 'public_url is not set.'],
    [
      'a public_url without TLS',
      { public_url: 'http://auth.example.com' },
      'public_url is http://auth.example.com, which is not encrypted.',
    ],
    [
      'a public_url of this machine',
      { public_url: 'https://localhost:4000' },
      'which only this machine can reach.',
    ],
    [
      'a public_url with a path',
      { public_url: 'https://example.com/auth' },
      'Write https://example.com.',
    ],
    [
      'codes by mail without a mail server',
      { email_code: true },
      'email_code is on: it needs mail',
    ],
    [
      'public sign-up without a mail server',
      { sign_up: 'public' },
      'sign_up is public: it needs mail',
    ],
    [
      'an origin without TLS',
      { allowed_origins: ['http://app.example.com'] },
      'allowed_origins has http://app.example.com.',
    ],
    [
      'a loopback origin',
      { allowed_origins: ['https://localhost:5173'] },
      'allowed_origins has https://localhost:5173.',
    ],
    [
      'a page without TLS',
      { home_url: 'http://app.example.com' },
      'home_url is no address for production.',
    ],
    [
      'a sign-in page on a foreign origin',
      { sign_in_url: 'https://other.example.com/in' },
      'sign_in_url lies on https://other.example.com',
    ],
    ['a cookie domain elsewhere', { cookie_domain: 'example.org' }, 'cookie_domain is example.org'],
  ])('%s', async (_what, changes, sentence) => {
    const { code, stdout, stderr } = await serveWith(changes);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('This is no production start yet.\n');
    expect(stderr).toContain(sentence);
    // One wrong setting gets one sentence.
    expect(stderr.trim().split('\n')).toHaveLength(2);
  });

  test('no WILLCALL_SECRET', async () => {
    const { code, stderr } = await serveWith({}, { WILLCALL_SECRET: '' });
    expect(code).toBe(1);
    expect(stderr).toContain('WILLCALL_SECRET is not set.');
  });

  test('a secret that is too short, without showing it', async () => {
    const { code, stderr } = await serveWith({}, { WILLCALL_SECRET: 'short-one' });
    expect(code).toBe(1);
    expect(stderr).toContain('WILLCALL_SECRET');
    expect(stderr).not.toContain('short-one');
  });

  test('another secret than that of the data', async () => {
    const { code, stderr } = await serveWith({}, { WILLCALL_SECRET: 'x'.repeat(43) });
    expect(code).toBe(1);
    expect(stderr).toContain('The signing keys of the data cannot be opened.');
    expect(stderr).not.toContain('    at ');
  });

  test('a mail server without a sender', async () => {
    const { code, stderr } = await serveWith(
      { email_code: true },
      { WILLCALL_SMTP_URL: 'smtp://127.0.0.1:25' },
    );
    expect(code).toBe(1);
    expect(stderr).toContain('WILLCALL_MAIL_FROM is not set.');
  });

  test.each(['proxy', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.0/8/8', '127.0.0.1, ::/129'])(
    'the trusted proxies %s, which config check refuses as well',
    async (proxies) => {
      const env = { WILLCALL_TRUSTED_PROXIES: proxies };
      const sentence = 'WILLCALL_TRUSTED_PROXIES: must be addresses or networks';
      const served = await serveWith({}, env);
      expect([served.code, served.stdout]).toEqual([1, '']);
      expect(served.stderr).toContain(sentence);
      const checked = await willcall(['config', 'check', '--config', 'case.json'], { folder, env });
      expect([checked.code, checked.stdout]).toEqual([1, '']);
      expect(checked.stderr).toContain(sentence);
    },
  );

  test('a folder without an instance, and makes none', async () => {
    const { code, stderr } = await serveWith({}, { WILLCALL_DATA: 'nowhere' });
    expect(code).toBe(1);
    expect(stderr).toContain('There is no instance in nowhere.');
  });

  test('the data of a development instance', async () => {
    const other = await emptyFolder();
    await (await startDevelopment({ folder: other })).stop();
    const { code, stderr } = await serveWith({}, { WILLCALL_DATA: path.join(other, '.willcall') });
    expect(code).toBe(1);
    expect(stderr).toContain('holds a development instance.');
  });

  test('everything at once, so that nobody mends one thing at a time', async () => {
    const { stderr } = await serveWith(
      { public_url: undefined, email_code: true, sign_up: 'public' },
      { WILLCALL_SECRET: '' },
    );
    expect(stderr.trim().split('\n')).toHaveLength(5);
  });
});
