import { mkdir, readdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, startWillcall, willcall } from './command.ts';
import { redeemLink } from './redeem.ts';

const publicUrl = 'https://auth.example.com';
const withSecret = ['--env-file', 'willcall.env'];

/** A folder with a production instance, and its first secret key. */
async function initialized(): Promise<{ folder: string; secretKey: string }> {
  const folder = await emptyFolder();
  const args = [
    'init',
    '--production',
    '--json',
    '--public-url',
    publicUrl,
    '--allowed-origin',
    'https://app.example.com',
  ];
  const { stdout } = await willcall(args, { folder });
  return { folder, secretKey: (JSON.parse(stdout) as { secret_key: string }).secret_key };
}

function serve(folder: string, ...more: readonly string[]) {
  return startWillcall(['serve', '--port', '0', ...withSecret, ...more], { folder });
}

function addressOf(firstLine: string): string {
  return `http://127.0.0.1:${/port (\d+)\.$/.exec(firstLine)?.[1] ?? ''}`;
}

/** Has a process write down which files and folders it syncs, and sync them. */
const watchSyncs = `data:text/javascript,${encodeURIComponent(`
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  const note = (fd) =>
    fs.appendFileSync(process.env.SYNCED, fs.readlinkSync('/proc/self/fd/' + fd) + '\\n');
  const { fsyncSync } = fs;
  fs.fsyncSync = (fd) => (note(fd), fsyncSync(fd));
  syncBuiltinESMExports();
  const handle = await fs.promises.open('.');
  const kind = Object.getPrototypeOf(handle);
  await handle.close();
  const { sync } = kind;
  kind.sync = function () {
    note(this.fd);
    return sync.call(this);
  };
`)}`;

describe('willcall init --production', () => {
  test('writes secret, settings and data for their owner alone, and shows the key once', async () => {
    const folder = await emptyFolder();
    const args = [
      'init',
      '--production',
      '--public-url',
      publicUrl,
      '--allowed-origin',
      'https://app.example.com',
    ];
    const { code, stdout, stderr } = await willcall(args, { folder });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/Publishable key +pk_live_\w+\n/);
    const key = /Secret key +(sk_live_\w+)\n/.exec(stdout)?.[1] ?? '';
    expect((await readdir(folder)).toSorted()).toEqual([
      '.willcall',
      'willcall.config.json',
      'willcall.env',
    ]);
    expect((await stat(path.join(folder, 'willcall.env'))).mode & 0o777).toBe(0o600);
    expect((await stat(path.join(folder, '.willcall'))).mode & 0o777).toBe(0o700);
    const env = await readFile(path.join(folder, 'willcall.env'), 'utf8');
    expect(env).toMatch(/^WILLCALL_SECRET=[\w-]{43}\nWILLCALL_DATA=\.willcall\n$/);
    const settings = JSON.parse(
      await readFile(path.join(folder, 'willcall.config.json'), 'utf8'),
    ) as object;
    expect(settings).toMatchObject({
      public_url: publicUrl,
      allowed_origins: ['https://app.example.com'],
    });
    // What is on the disk holds the key's hash and not the key, and no secret but in its file.
    const database = await readFile(path.join(folder, '.willcall/willcall.db'), 'latin1');
    expect(key.length).toBeGreaterThan(30);
    expect(database.includes(key)).toBe(false);
    expect(database.includes(/SECRET=(\S+)/.exec(env)?.[1] ?? key)).toBe(false);
  });

  test('names a schema that is there', async () => {
    const { folder } = await initialized();
    const settings = await readFile(path.join(folder, 'willcall.config.json'), 'utf8');
    const { $schema: schema = '' } = JSON.parse(settings) as { $schema?: string };
    const text = await readFile(path.join(folder, schema), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ title: expect.any(String) as string });
  });

  test('takes the secret that is set, so that the next command opens the data', async () => {
    const folder = await emptyFolder();
    const env = {
      WILLCALL_SECRET: `it's "a" secret # of ${'x'.repeat(32)}`,
      WILLCALL_DATA: 'mine',
    };
    const args = ['init', '--production', '--public-url', publicUrl];
    expect((await willcall(args, { folder, env })).code).toBe(0);
    expect((await readdir(folder)).toSorted()).toEqual([
      'mine',
      'willcall.config.json',
      'willcall.env',
    ]);
    for (const surroundings of [{ folder, env }, { folder }]) {
      const { code, stdout } = await willcall(['keys', 'list', ...withSecret], surroundings);
      expect([code, stdout]).toEqual([0, expect.stringContaining(' first ') as string]);
    }
  });

  test('keeps a folder with a space in its name, and serves from there', async () => {
    const folder = await emptyFolder();
    const args = ['init', '--production', '--public-url', publicUrl, '--data', 'my data #1'];
    expect((await willcall(args, { folder })).code).toBe(0);
    expect((await serve(folder)).firstLine).toContain(publicUrl);
    expect(await readdir(folder)).toContain('my data #1');
  });

  test('overwrites nothing, whichever of its three places is taken', async () => {
    const { folder } = await initialized();
    const before = await readFile(path.join(folder, 'willcall.env'), 'utf8');
    const again = await willcall(['init', '--production'], { folder });
    expect([again.code, again.stdout]).toEqual([1, '']);
    expect(again.stderr).toContain('willcall.env is there already and stays as it is.');
    expect(await readFile(path.join(folder, 'willcall.env'), 'utf8')).toBe(before);
    for (const taken of ['willcall.config.json', '.willcall']) {
      const other = await emptyFolder();
      await writeFile(path.join(other, taken), 'mine');
      const refused = await willcall(['init', '--production'], { folder: other });
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain(`${taken} is there already`);
      expect(await readdir(other)).toEqual([taken]);
    }
  });

  test('of several at once over one data folder one makes it, and the others leave it alone', async () => {
    const folder = await emptyFolder();
    const env = { WILLCALL_DATA: path.join(folder, 'volume') };
    const places = ['a', 'b', 'c'].map((name) => path.join(folder, name));
    const outcomes = await Promise.all(
      places.map(async (place) => {
        await mkdir(place);
        return { place, ...(await willcall(['init', '--production'], { folder: place, env })) };
      }),
    );
    const [won, ...others] = outcomes.filter(({ code }) => code === 0);
    expect(others).toEqual([]);
    for (const { place, code, stdout, stderr } of outcomes) {
      if (place === won?.place) continue;
      expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining('is there already')]);
      expect(await readdir(place)).toEqual([]);
    }
    const listed = await willcall(['keys', 'list', ...withSecret], {
      folder: won?.place ?? folder,
    });
    expect([listed.code, listed.stdout]).toEqual([0, expect.stringContaining(' first ') as string]);
  });

  test.runIf(process.platform === 'linux')(
    'has the secret and the names of its files on disk before it says so',
    async () => {
      const folder = await realpath(await emptyFolder());
      const told = path.join(folder, 'synced');
      const env = { NODE_OPTIONS: `--import=${watchSyncs}`, SYNCED: told };
      expect((await willcall(['init', '--production'], { folder, env })).code).toBe(0);
      const synced = (await readFile(told, 'utf8')).split('\n');
      expect(synced).toEqual(expect.arrayContaining([path.join(folder, 'willcall.env'), folder]));
    },
  );

  test.each([
    [
      ['--public-url', 'http://auth.example.com'],
      'public_url is http://auth.example.com, which is not encrypted.',
    ],
    [['--public-url', 'auth.example.com'], '--public-url cannot be used:'],
    [['--allowed-origin', 'http://app.example.com'], 'allowed_origins has http://app.example.com.'],
    [['--allowed-origin', 'https://app.example.com/path'], '--allowed-origin cannot be used:'],
  ])('refuses %j and writes nothing', async (more, sentence) => {
    const folder = await emptyFolder();
    const { code, stderr } = await willcall(['init', '--production', ...more], { folder });
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('willcall serve', () => {
  test('serves what init made: keys, users, tokens and sessions last over a restart', async () => {
    const { folder, secretKey } = await initialized();
    const first = await serve(folder);
    expect(first.firstLine).toContain(`Willcall serves ${publicUrl}`);
    const env = { WILLCALL_SECRET_KEY: secretKey, WILLCALL_API_URL: addressOf(first.firstLine) };
    const made = await willcall(['users', 'create', '--email', 'ada@example.com'], { folder, env });
    expect(made.code).toBe(0);
    const issued = await willcall(['tokens', 'create', '--email', 'ada@example.com'], {
      folder,
      env,
    });
    const link = issued.stdout.trim();
    expect(link.startsWith(`${publicUrl}/sign-in?__clerk_ticket=`)).toBe(true);
    const second = JSON.parse(
      (await willcall(['keys', 'create', '--json', ...withSecret], { folder })).stdout,
    ) as { secret_key: string };
    expect(second.secret_key).toMatch(/^sk_live_/);
    expect(await first.stop()).toBe(0);

    const restarted = await serve(folder);
    const through = addressOf(restarted.firstLine);
    const { body } = await redeemLink(link, through);
    expect(body.response?.status).toBe('complete');
    expect(body.client?.sessions[0]?.user.id).toBe(made.stdout.trim());
    const later = { WILLCALL_SECRET_KEY: second.secret_key, WILLCALL_API_URL: through };
    const users = await willcall(['users', 'list'], { folder, env: later });
    expect(users.stdout).toContain('ada@example.com');
    expect(await restarted.stop()).toBe(0);
    expect(restarted.written().stderr).not.toContain(link.split('=')[1]);
  });

  test('warns of what is set and without effect', async () => {
    const { folder } = await initialized();
    const env = {
      DATABASE_REPLICA_URL: 'postgresql://replica.example.com/willcall',
      WILLCALL_CLERK_PACKAGES: '/nonexistent',
    };
    const args = ['serve', '--port', '0', ...withSecret];
    const { written } = await startWillcall(args, { folder, env });
    expect(written().stderr).toContain('Warning: DATABASE_REPLICA_URL is set without DATABASE_URL');
    expect(written().stderr).toContain('Warning: WILLCALL_CLERK_PACKAGES is set');
  });

  test('limits tries, and says when that is switched off', async () => {
    const { folder } = await initialized();
    const limited = await serve(folder);
    expect(limited.written().stderr).not.toContain('Warning');
    const link = `${publicUrl}/sign-in?__clerk_ticket=none`;
    const tries = Array.from({ length: 60 }, () =>
      redeemLink(link, addressOf(limited.firstLine)).then(({ status }) => status),
    );
    expect(new Set(await Promise.all(tries))).toEqual(new Set([400, 429]));
    await limited.stop();
    const args = ['serve', '--port', '0', ...withSecret];
    const open = await startWillcall(args, { folder, env: { WILLCALL_RATE_LIMITS: 'off' } });
    expect(open.written().stderr).toContain('Warning: WILLCALL_RATE_LIMITS is off.');
  });

  test.runIf(process.platform === 'linux')(
    'has threads that sign and hash give way to the one that answers',
    async () => {
      const { folder } = await initialized();
      const { pid } = await serve(folder);
      const tasks = `/proc/${pid}/task`;
      const nice: Record<string, number[]> = { main: [], pool: [] };
      for (const id of await readdir(tasks)) {
        const stats = await readFile(`${tasks}/${id}/stat`, 'utf8');
        // The 19th field; the name in brackets, the second, may hold blanks.
        const value = Number(stats.slice(stats.lastIndexOf(')') + 2).split(' ')[16]);
        if (id === String(pid)) nice['main']?.push(value);
        if (stats.includes('(libuv-worker)')) nice['pool']?.push(value);
      }
      const [own = 0] = nice['main'] ?? [];
      expect(nice['pool']?.length).toBeGreaterThan(0);
      expect(nice['pool']?.every((value) => value === Math.min(own + 10, 19))).toBe(true);
    },
  );

  test('answers its public name and the names that it is given, and no other', async () => {
    const { folder } = await initialized();
    const { firstLine } = await serve(folder, '--host-name', 'clerk.example.com');
    const status = async (host: string) =>
      (await redeemLink(`https://${host}/sign-in?__clerk_ticket=none`, addressOf(firstLine))).body
        .errors?.[0]?.code;
    expect(await status('auth.example.com')).toBe('ticket_invalid_code');
    expect(await status('clerk.example.com')).not.toBe('host_invalid');
    expect(await status('other.example.com')).toBe('host_invalid');
  });
});
