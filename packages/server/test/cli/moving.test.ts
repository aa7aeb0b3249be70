import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyFolder, type ReadyLine, startDevelopment, startShared, willcall } from './command.ts';
import { redeemLink } from './redeem.ts';

/** A working directory with a development instance that was stopped, and its export. */
let origin: string;
let ready: ReadyLine;
let exported: string;

beforeAll(async () => {
  origin = await mkdtemp(path.join(tmpdir(), 'willcall-moving-'));
  const running = await startShared(['dev', '--json', '--port', '0'], { folder: origin });
  ready = JSON.parse(running.firstLine) as ReadyLine;
  const made = await willcall(['export', 'all.ndjson'], { folder: origin });
  expect([made.code, made.stdout]).toEqual([0, 'all.ndjson\n']);
  expect(made.stderr).toMatch(/^\d+ rows\. Tickets and sessions in them end when /);
  await running.stop();
  exported = await readFile(path.join(origin, 'all.ndjson'), 'utf8');
});
afterAll(() => rm(origin, { recursive: true, force: true }));

const secretsOf = (folder: string, data = '.willcall') =>
  path.join(folder, data, 'development.json');

/** A working directory whose data folder has the secrets of the origin and no database. */
async function target(): Promise<string> {
  const folder = await emptyFolder();
  await cp(secretsOf(origin), secretsOf(folder));
  return folder;
}

const namesIn = async (folder: string) =>
  (await readdir(path.join(folder, '.willcall'))).toSorted();

function start(args: readonly string[], folder: string) {
  const command = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
  return spawn(process.execPath, ['--conditions=willcall-source', command, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Each command is a process, and the machine may be busy. */
const patient = { timeout: 240_000 };

describe('willcall export and import', patient, () => {
  test('make a file of its owner, without the secrets that open what is in it', async () => {
    expect((await stat(path.join(origin, 'all.ndjson'))).mode & 0o777).toBe(0o600);
    const { secret } = JSON.parse(await readFile(secretsOf(origin), 'utf8')) as { secret: string };
    for (const hidden of [secret, ready.secret_key, 'PRIVATE'])
      expect(exported).not.toContain(hidden);
    // The same comes through a pipe; first and last line have the time in them.
    await willcall(['export', 'again.ndjson'], { folder: origin });
    const again = await readFile(path.join(origin, 'again.ndjson'), 'utf8');
    const piped = await willcall(['export', '-'], { folder: origin });
    expect(piped.stdout.split('\n').slice(1, -2)).toEqual(again.split('\n').slice(1, -2));
  });

  test('move an instance: its people sign in there, its tickets have ended', async () => {
    const folder = await target();
    const env = { WILLCALL_FENCE_DIR: 'fence' };
    const moved = await willcall(['import', '-'], { folder, env, input: exported });
    expect([moved.code, moved.stdout]).toEqual([
      0,
      expect.stringMatching(
        /^Imported \d+ rows: \.willcall holds the instance now\.\nThe fence is at epoch 2: 1 pending tickets and 0 live sessions have ended\.\n$/,
      ),
    ]);
    expect(moved.stderr).toContain('must not serve any more');
    expect(await namesIn(folder)).toEqual(['development.json', 'willcall.db', 'willcall.lock']);
    expect((await stat(path.join(folder, '.willcall/willcall.db'))).mode & 0o777).toBe(0o600);
    expect(await readdir(path.join(folder, 'fence'))).toHaveLength(1);
    expect((await willcall(['audit', 'verify'], { folder })).code).toBe(0);
    const shown = await willcall(['fence', 'show'], { folder });
    expect(shown.stdout).toMatch(/^Epoch 2: since .+Z, by willcall import\.\n/);

    const second = await startDevelopment({ folder });
    expect(second.ready.demo_user_id).toBe(ready.demo_user_id);
    const old = await redeemLink(ready.sign_in_link, second.ready.url);
    expect(old.body.errors?.[0]?.code).toBe('sign_in_token_revoked_code');
    expect((await redeemLink(second.ready.sign_in_link)).body.response?.status).toBe('complete');
  });

  test('of a production instance ask for its secret, and for no other', async () => {
    const folder = await emptyFolder();
    const other = { WILLCALL_SECRET: 'another secret of the tests, which is of nobody' };
    await willcall(['init', '--production'], { folder });
    const given = ['--env-file', 'willcall.env'];
    expect((await willcall(['export', 'all.ndjson', ...given], { folder })).code).toBe(0);
    const into = ['import', 'all.ndjson', '--data', 'b'];
    const refused = await willcall(into, { folder, env: other });
    expect(refused.stderr).toContain('sealed with another instance secret');
    expect((await willcall([...into, ...given], { folder })).code).toBe(0);
  });

  test('of data whose secret is another one make nothing', async () => {
    const folder = await emptyFolder();
    await cp(origin, folder, { recursive: true });
    const other = { secret: 'another secret of the tests, which is of nobody' };
    await writeFile(secretsOf(folder), JSON.stringify(other));
    const { code, stderr } = await willcall(['export', 'b.ndjson'], { folder });
    expect([code, stderr]).toEqual([
      1,
      'The signing keys of the data cannot be opened. Give the instance secret with which they were made.\n',
    ]);
    expect(await readdir(folder)).not.toContain('b.ndjson');
  });

  test.each([
    [['export', 'all.ndjson'], 'all.ndjson is there already and stays as it is.'],
    [['export', 'nowhere/all.ndjson'], 'There is no folder for nowhere/all.ndjson.'],
    [['export', 'b.ndjson', '--data', 'empty'], 'There is no instance in empty.'],
    [['import', 'nothing.ndjson'], 'There is no file nothing.ndjson.'],
    [['import', 'cut.ndjson', '--data', 'b'], 'it was cut off.'],
    [['import', 'all.ndjson', '--data', 'empty'], 'has no development.json with its secret.'],
    [['import', 'all.ndjson'], '.willcall holds a database already.'],
  ])('%j says in one sentence what is in the way, and changes nothing', async (args, sentence) => {
    const folder = await emptyFolder();
    await cp(origin, folder, { recursive: true });
    await cp(secretsOf(origin), secretsOf(folder, 'b'));
    await writeFile(path.join(folder, 'cut.ndjson'), exported.slice(0, -300));
    const contents = async () =>
      Promise.all(
        (await readdir(folder, { recursive: true, withFileTypes: true }))
          .filter((entry) => entry.isFile() && !/willcall\.(lock|db-\w+)$/.test(entry.name))
          .map(async ({ parentPath, name }) => [
            parentPath,
            name,
            await readFile(path.join(parentPath, name), 'latin1'),
          ]),
      );
    const before = await contents();
    const { code, stdout, stderr } = await willcall(args, { folder });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(await contents()).toEqual(before);
  });

  test('an import is refused while a server holds the folder, which serves on', async () => {
    const folder = await target();
    const server = await startDevelopment({ folder });
    const refused = await willcall(['import', '-'], { folder, input: exported });
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining('Another Willcall works on .willcall'),
    ]);
    expect((await redeemLink(server.ready.sign_in_link)).body.response?.status).toBe('complete');
  });

  test.each(['-wal', '-journal'])(
    'a part of a database, %s, keeps an import out: it would be played into it',
    async (part) => {
      const folder = await target();
      await writeFile(path.join(folder, `.willcall/willcall.db${part}`), 'without its database');
      const refused = await willcall(['import', '-'], { folder, input: exported });
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('a database')]);
    },
  );

  test('an import that is killed leaves nothing that could serve, and the next one works', async () => {
    const folder = await target();
    const child = start(['import', '-'], folder);
    child.stdin.on('error', () => {});
    child.stdin.write(exported.slice(0, -300));
    // It has begun to write, and waits for more.
    await expect
      .poll(() => namesIn(folder), { timeout: 50_000 })
      .toContain('willcall.db.importing-wal');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(await namesIn(folder)).not.toContain('willcall.db');
    const again = await willcall(['import', '-'], { folder, input: exported });
    expect(again.code).toBe(0);
    expect(await namesIn(folder)).toEqual(['development.json', 'willcall.db', 'willcall.lock']);
  });

  test('an export whose reader goes away says so', async () => {
    const child = start(['export', '-'], origin);
    child.stdout.destroy();
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
    const [code] = (await once(child, 'close')) as [number];
    expect([code, told]).toEqual([
      1,
      'Nobody takes the output any more. The export is not whole.\n',
    ]);
  });
});
