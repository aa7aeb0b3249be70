import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, startDevelopment, willcall } from './command.ts';

test('a key that is made beside the running server works at once, until it is revoked', async () => {
  const folder = await emptyFolder();
  const { ready } = await startDevelopment({ folder });
  const made = await willcall(['keys', 'create', '--name', 'shop', '--json'], { folder });
  expect([made.code, made.stderr]).toEqual([0, '']);
  const key = JSON.parse(made.stdout) as { id: string; name: string; secret_key: string };
  expect(key.name).toBe('shop');
  expect(await statusWith(ready.url, key.secret_key)).toBe(200);

  const list = await willcall(['keys', 'list'], { folder });
  expect(list.stdout).toMatch(
    new RegExp(`^${key.id} +shop +…${key.secret_key.slice(-4)} +.+ live$`, 'm'),
  );
  expect(list.stdout).not.toContain(key.secret_key);

  const revoked = await willcall(['keys', 'revoke', key.id], { folder });
  expect([revoked.code, revoked.stdout]).toEqual([0, `${key.id} is revoked.\n`]);
  // The server remembers for a second what keys there are; another process revoked this one.
  await expect.poll(() => statusWith(ready.url, key.secret_key)).toBe(401);
  const again = await willcall(['keys', 'revoke', key.id], { folder });
  expect(again.code).toBe(1);
  expect(again.stderr).toMatch(new RegExp(`^${key.id} is revoked already, since 20.+Z\\.\n$`));
  const unknown = await willcall(['keys', 'revoke', 'key_none'], { folder });
  expect([unknown.code, again.stdout + unknown.stdout]).toEqual([1, '']);
  expect(unknown.stderr).toContain('There is no such secret key. (resource_not_found)');
  const json = await willcall(['keys', 'list', '--json'], { folder });
  const listed = JSON.parse(json.stdout) as { id: string; revoked_at: number | null }[];
  expect(listed.find(({ id }) => id === key.id)?.revoked_at).toBeGreaterThan(0);
});

test('a key is printed alone, so that a script can take it', async () => {
  const folder = await emptyFolder();
  await (await startDevelopment({ folder })).stop();
  const { stdout, stderr } = await willcall(['keys', 'create'], { folder });
  expect(stdout).toMatch(/^sk_test_\w+\n$/);
  expect(stderr).toContain('it is not shown again');
});

test.runIf(process.platform === 'linux')(
  'a key that cannot be shown is named, so that it can be revoked',
  async () => {
    const folder = await emptyFolder();
    await (await startDevelopment({ folder })).stop();
    const full = await open('/dev/full', 'w');
    const made = await willcall(['keys', 'create', '--json'], { folder, stdout: full.fd });
    const list = await willcall(['users', '--help'], { folder, stdout: full.fd });
    await full.close();
    expect(made.code).toBe(1);
    const [, id = ''] =
      /^The output could not be written: the disk is full\. .+ revoke (key_\w+)\n$/.exec(
        made.stderr,
      ) ?? [];
    expect((await willcall(['keys', 'revoke', id], { folder })).stdout).toBe(`${id} is revoked.\n`);
    expect([list.code, list.stderr]).toEqual([
      1,
      'The output could not be written: the disk is full.\n',
    ]);
  },
);

test('a scope that is given twice is kept once', async () => {
  const folder = await emptyFolder();
  await (await startDevelopment({ folder })).stop();
  const scope = ['--scope', 'users:read'];
  await willcall(['keys', 'create', '--name', 'reader', ...scope, ...scope], { folder });
  const { stdout } = await willcall(['keys', 'list', '--json'], { folder });
  const keys = JSON.parse(stdout) as { name: string; scopes: string[] | null }[];
  expect(keys.find(({ name }) => name === 'reader')?.scopes).toEqual(['users:read']);
});

test('a development key that was revoked is replaced at the next start', async () => {
  const folder = await emptyFolder();
  const first = await startDevelopment({ folder });
  await first.stop();
  const list = JSON.parse((await willcall(['keys', 'list', '--json'], { folder })).stdout) as {
    id: string;
  }[];
  await willcall(['keys', 'revoke', list[0]?.id ?? ''], { folder });
  const second = await startDevelopment({ folder });
  expect(second.ready.secret_key).not.toBe(first.ready.secret_key);
  expect(await statusWith(second.ready.url, second.ready.secret_key)).toBe(200);
});

test('a rotated signing key is seen by the running server, beside the earlier one', async () => {
  const folder = await emptyFolder();
  const { ready } = await startDevelopment({ folder });
  const [earlier] = await keyIds(ready.url);
  const { code, stdout } = await willcall(['keys', 'rotate'], { folder });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^key_\w{26}\n$/);
  await expect.poll(() => keyIds(ready.url)).toEqual([stdout.trim(), earlier]);
});

test.each([
  ['keys list'],
  ['keys create'],
  ['keys rotate'],
  ['keys revoke key_none'],
  ['config apply --config c.json'],
])('%s makes no instance where there is none', async (words) => {
  const folder = await emptyFolder();
  await mkdir(path.join(folder, '.willcall'));
  await writeFile(path.join(folder, 'c.json'), '{}');
  const { code, stdout, stderr } = await willcall(words.split(' '), { folder });
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('There is no instance in .willcall.');
  expect(await readdir(path.join(folder, '.willcall'))).toEqual([]);
});

test.each([
  ['keys list'],
  ['keys create'],
  ['keys rotate'],
  ['config apply --config c.json'],
  ['backup copy.db'],
  ['fence show'],
  ['audit verify'],
  ['migrate status'],
  ['serve --port 0'],
])('%s takes a database that was cut off for no instance, and leaves it', async (words) => {
  const folder = await emptyFolder();
  await mkdir(path.join(folder, '.willcall'));
  await writeFile(path.join(folder, '.willcall/willcall.db'), '');
  await writeFile(path.join(folder, 'c.json'), '{}');
  const env = { WILLCALL_SECRET: 'x'.repeat(43) };
  const { code, stdout, stderr } = await willcall(words.split(' '), { folder, env });
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('.willcall/willcall.db holds no instance: it is empty, or was cut off.');
  expect(await readFile(path.join(folder, '.willcall/willcall.db'), 'utf8')).toBe('');
  expect((await readdir(folder)).toSorted()).toEqual(['.willcall', 'c.json']);
});

test('a development start makes no instance in a database that was cut off', async () => {
  const folder = await emptyFolder();
  await mkdir(path.join(folder, '.willcall'));
  await writeFile(path.join(folder, '.willcall/willcall.db'), '');
  const { code, stderr } = await willcall(['dev', '--port', '0'], { folder });
  expect(code).toBe(1);
  expect(stderr).toContain('.willcall holds a database and no development.json');
  expect(await readdir(path.join(folder, '.willcall'))).toEqual(['willcall.db']);
});

async function statusWith(url: string, key: string): Promise<number> {
  return (await fetch(`${url}/v1/users`, { headers: { authorization: `Bearer ${key}` } })).status;
}

async function keyIds(url: string): Promise<string[]> {
  const body = (await (await fetch(`${url}/.well-known/jwks.json`)).json()) as {
    keys: { kid: string }[];
  };
  return body.keys.map(({ kid }) => kid);
}
