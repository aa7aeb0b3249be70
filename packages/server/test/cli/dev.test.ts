import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { renderUnicodeCompact } from 'uqr';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readPublishableKey } from '@willcall/contract';
import { emptyFolder, startDevelopment, startWillcall, willcall } from './command.ts';
import { redeemLink } from './redeem.ts';

describe('willcall dev', () => {
  test('says with --json exactly one line, whose link signs the demo user in, once', async () => {
    const dev = await startDevelopment({ folder: await emptyFolder() }, ['--ephemeral']);
    const { ready } = dev;
    expect(Object.keys(ready)).toEqual([
      'url',
      'publishable_key',
      'secret_key',
      'sign_in_url',
      'demo_user_id',
      'sign_in_link',
    ]);
    expect(ready.url).toMatch(/^http:\/\/localhost:\d+$/);
    expect(ready.sign_in_url).toBe(`${ready.url}/sign-in`);
    expect(ready.sign_in_link.startsWith(`${ready.sign_in_url}?__clerk_ticket=`)).toBe(true);
    expect(readPublishableKey(ready.publishable_key)?.instanceType).toBe('development');
    const first = await redeemLink(ready.sign_in_link);
    expect(first.body.response?.status).toBe('complete');
    expect(first.body.client?.sessions[0]?.user.id).toBe(ready.demo_user_id);
    expect((await redeemLink(ready.sign_in_link)).body.errors?.[0]?.code).toBe(
      'sign_in_token_already_used_code',
    );
    expect(await dev.stop()).toBe(0);
    expect(dev.written()).toEqual({ stdout: `${dev.firstLine}\n`, stderr: '' });
  });

  test('keeps users and keys over a restart, in files for their owner alone', async () => {
    const folder = await emptyFolder();
    const first = await startDevelopment({ folder });
    expect(await first.stop('SIGINT')).toBe(0);
    const second = await startDevelopment({ folder });
    const { ready } = second;
    expect(ready.demo_user_id).toBe(first.ready.demo_user_id);
    expect(ready.secret_key).toBe(first.ready.secret_key);
    expect(ready.publishable_key).toBe(first.ready.publishable_key);
    expect(ready.sign_in_link).not.toBe(first.ready.sign_in_link);
    const data = path.join(folder, '.willcall');
    const modes = await Promise.all(
      (await readdir(data)).map(async (name) => [name, await modeOf(path.join(data, name))]),
    );
    expect(modes.length).toBeGreaterThan(1);
    expect(modes.filter(([, mode]) => mode !== 0o600)).toEqual([]);
    expect(await modeOf(data)).toBe(0o700);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'with --ephemeral leaves nothing behind after %s',
    async (signal) => {
      const folder = await emptyFolder();
      const temporary = await emptyFolder();
      const dev = await startDevelopment({ folder, env: { TMPDIR: temporary } }, ['--ephemeral']);
      expect(await readdir(temporary)).toHaveLength(1);
      expect(await dev.stop(signal)).toBe(0);
      expect(await readdir(temporary)).toEqual([]);
      expect(await readdir(folder)).toEqual([]);
    },
  );

  test('ends at the second signal although a request is still under way', async () => {
    const dev = await startDevelopment({ folder: await emptyFolder() }, ['--ephemeral']);
    const socket = createConnection(Number(new URL(dev.ready.url).port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('connect', resolve));
    const head =
      'POST /v1/users HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n';
    socket.write(`${head}Authorization: Bearer ${dev.ready.secret_key}\r\n\r\n{`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const ended = dev.stop();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const again = dev.stop();
    expect(await Promise.race([ended, again])).toBe(143);
  });

  test('answers by localhost, whichever address that is taken for', async () => {
    const { ready } = await startDevelopment({ folder: await emptyFolder() }, ['--ephemeral']);
    const answer = await fetch(`${ready.url}/health/ready`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
  });

  test('tells people addresses, keys and the link, without a code for a phone that cannot reach it', async () => {
    const dev = await startWillcall(['dev', '--ephemeral', '--port', '0'], {
      folder: await emptyFolder(),
    });
    const { stdout } = dev.written();
    expect(stdout).toMatch(/Address +http:\/\/localhost:\d+\n/);
    expect(stdout).toMatch(/Mailbox +http:\/\/localhost:\d+\/mailbox\n/);
    expect(stdout).toMatch(/Publishable key +pk_test_\w+\n/);
    expect(stdout).toMatch(/Secret key +sk_test_\w+\n/);
    expect(stdout).toMatch(
      /Sign in as demo@example\.com.*\n +http:\/\/localhost:\d+\/sign-in\?__clerk_ticket=\S+\n/,
    );
    expect(stdout).not.toContain('█');
  });

  const outside = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const lan = outside.find(({ internal, family }) => !internal && family === 'IPv4')?.address;

  test.skipIf(lan === undefined)(
    'with --host warns, and shows link and code with the address of the network',
    async () => {
      const args = ['dev', '--ephemeral', '--port', '0', '--host', '0.0.0.0'];
      const dev = await startWillcall(args, { folder: await emptyFolder() });
      const { stdout, stderr } = dev.written();
      expect(stderr).toContain('Warning: this development instance is open to the network.');
      const link = /http\S+__clerk_ticket=\S+/.exec(stdout)?.[0] ?? '';
      expect(new URL(link).hostname).toBe(lan);
      for (const row of renderUnicodeCompact(link).split('\n')) expect(stdout).toContain(row);
      expect((await redeemLink(link)).body.response?.status).toBe('complete');
    },
  );

  test('takes its settings from the environment and from willcall.config.json', async () => {
    const folder = await emptyFolder();
    await writeFile(
      path.join(folder, 'willcall.config.json'),
      JSON.stringify({ sign_in_url: 'http://localhost:5173/sign-in?lang=en' }),
    );
    const env = { WILLCALL_PORT: '0', WILLCALL_DATA: 'elsewhere' };
    const dev = await startWillcall(['dev', '--json', '--fapi-host', 'clerk.shop.test'], {
      folder,
      env,
    });
    const ready = JSON.parse(dev.firstLine) as { sign_in_link: string; publishable_key: string };
    expect(ready.sign_in_link).toMatch(
      /^http:\/\/localhost:5173\/sign-in\?lang=en&__clerk_ticket=/,
    );
    expect(readPublishableKey(ready.publishable_key)?.host).toBe('clerk.shop.test');
    expect(await readdir(path.join(folder, 'elsewhere'))).toContain('willcall.db');
  });
});

describe('willcall dev refuses', () => {
  test('a port that is taken, and names the way out', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void blocker.close());
    await new Promise((resolve) => blocker.once('listening', resolve));
    const { port } = blocker.address() as { port: number };
    const outcome = await willcall(['dev', '--port', String(port)], {
      folder: await emptyFolder(),
    });
    expect([outcome.code, outcome.stdout]).toEqual([1, '']);
    expect(outcome.stderr).toBe(
      `Port ${port} is in use. Stop the program that uses it, or take any free port with --port 0.\n`,
    );
  });

  test('an address that is not of this machine', async () => {
    const args = ['dev', '--port', '0', '--host', '203.0.113.9'];
    const outcome = await willcall(args, { folder: await emptyFolder() });
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('This machine has no such address.');
  });

  test('a database whose secrets are gone, and leaves it as it is', async () => {
    const folder = await emptyFolder();
    const data = path.join(folder, '.willcall');
    await (await startDevelopment({ folder })).stop();
    await rm(path.join(data, 'development.json'));
    const before = await readFile(path.join(data, 'willcall.db'));
    const outcome = await willcall(['dev', '--port', '0'], { folder });
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('.willcall holds a database and no development.json');
    expect(await readFile(path.join(data, 'willcall.db'))).toEqual(before);
    expect(await readdir(data)).not.toContain('development.json');
  });

  test.each([
    ['{"allowed_orgins": []}', 'willcall.config.json has settings that cannot be used.'],
    ['{"allowed_origins": ["https://a.example.com/"]}', 'allowed_origins[0]: Write an origin'],
    ['{', 'willcall.config.json is no JSON:'],
  ])('the configuration file %s', async (text, sentence) => {
    const folder = await emptyFolder();
    await writeFile(path.join(folder, 'willcall.config.json'), text);
    const outcome = await willcall(['dev', '--ephemeral', '--port', '0'], { folder });
    expect([outcome.code, outcome.stdout]).toEqual([1, '']);
    expect(outcome.stderr).toContain(sentence);
    expect(outcome.stderr).not.toContain('    at ');
  });

  test('an environment that cannot be used, without showing its value', async () => {
    const env = { WILLCALL_PORT: 'secret-value' };
    const outcome = await willcall(['dev'], { folder: await emptyFolder(), env });
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('WILLCALL_PORT');
    expect(outcome.stderr).not.toContain('secret-value');
  });
});

async function modeOf(place: string): Promise<number> {
  return (await stat(place)).mode & 0o777;
}
