import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../../tooling/postgresql.ts';
import { stepNames } from '../../src/store/migrations.ts';
import { emptyFolder, startDevelopment, startWillcall, willcall } from '../cli/command.ts';
import { redeemLink } from '../cli/redeem.ts';
import { addressOf, ask } from '../database/postgres.ts';

let server: PostgresServer;
let count = 0;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

async function newDatabase(): Promise<string> {
  count += 1;
  const client = new Client(server.url('postgres'));
  await client.connect();
  await client.query(`CREATE DATABASE c${count}`);
  await client.end();
  return addressOf(server.url('postgres'), `c${count}`);
}

describe('willcall with DATABASE_URL', () => {
  test('in four processes opens one session for a ticket that 64 callers bring', async () => {
    const folder = await emptyFolder();
    const env = { DATABASE_URL: await newDatabase() };
    const first = await startDevelopment({ folder, env });
    const others = await Promise.all(
      Array.from({ length: 3 }, () => startDevelopment({ folder, env })),
    );
    const urls = [first, ...others].map(({ ready }) => ready.url);
    expect(new Set(urls).size).toBe(4);
    const { sign_in_link: link } = first.ready;
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, at) => redeemLink(link, urls[at % 4])),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won.map(({ body }) => body.response?.status)).toEqual(['complete']);
    const lost = answers.filter(({ status }) => status !== 200);
    expect(new Set(lost.map(({ body }) => body.errors?.[0]?.code))).toEqual(
      new Set(['sign_in_token_already_used_code']),
    );
  });

  test('is not ready while the database is away, says when to come again, and recovers', async () => {
    const folder = await emptyFolder();
    const { ready } = await startDevelopment({
      folder,
      env: { DATABASE_URL: await newDatabase() },
    });
    const health = () => fetch(`${ready.url}/health/ready`);
    expect((await health()).status).toBe(200);
    await server.kill();
    const away = await health();
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '2']);
    expect((await fetch(`${ready.url}/health/live`)).status).toBe(200);
    expect((await redeemLink(ready.sign_in_link)).status).toBe(503);
    await server.restart();
    expect((await health()).status).toBe(200);
    expect((await redeemLink(ready.sign_in_link)).body.response?.status).toBe('complete');
  });

  test('makes a production instance, keeps its address in willcall.env, and serves it', async () => {
    const folder = await emptyFolder();
    const url = await newDatabase();
    const init = [
      'init',
      '--production',
      ...['--public-url', 'https://auth.example.com'],
      ...['--allowed-origin', 'https://app.example.com'],
    ];
    const made = await willcall(init, { folder, env: { DATABASE_URL: url } });
    expect([made.code, made.stderr]).toEqual([0, '']);
    expect(made.stdout).not.toContain(new URL(url).password);
    const file = path.join(folder, 'willcall.env');
    expect(await readFile(file, 'utf8')).toContain(`DATABASE_URL='${url}'`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const running = await startWillcall(['serve', '--port', '0', '--env-file', 'willcall.env'], {
      folder,
    });
    expect(running.firstLine).toContain('https://auth.example.com');
    const keys = await willcall(['keys', 'list', '--json', '--env-file', 'willcall.env'], {
      folder,
    });
    expect([keys.code, keys.stdout.includes('first')]).toEqual([0, true]);
    const fence = await willcall(['fence', 'raise', '--env-file', 'willcall.env'], { folder });
    expect(fence.stdout).toContain('The fence is at epoch 2');
    const purge = ['purge', '--json', '--env-file', 'willcall.env'];
    const purged = await willcall(purge, { folder });
    expect([purged.code, purged.stdout]).toEqual([
      0,
      expect.stringContaining('"sign_in_tokens":0,"invitations":0,"sessions":0,'),
    ]);

    const second = await emptyFolder();
    const again = await willcall(init, { folder: second, env: { DATABASE_URL: url } });
    expect([again.code, again.stderr]).toEqual([
      1,
      expect.stringContaining('holds an instance already, which stays as it is.'),
    ]);
    const development = await willcall(['dev', '--port', '0'], {
      folder: second,
      env: { DATABASE_URL: url },
    });
    expect([development.code, development.stderr]).toEqual([
      1,
      expect.stringContaining('it is a production instance'),
    ]);
  });

  test('plans the schema of an empty database, makes it, and says that it is up to date', async () => {
    const folder = await emptyFolder();
    const env = { DATABASE_URL: await newDatabase(), WILLCALL_MIGRATE: 'off' };
    const migrate = async (...args: readonly string[]) => {
      const { code, stdout, stderr } = await willcall(['migrate', ...args], { folder, env });
      expect([args, code]).toEqual([args, 0]);
      return { stdout, stderr };
    };
    const status = async () =>
      JSON.parse((await migrate('status', '--json')).stdout) as Record<string, unknown>;

    expect(await status()).toEqual({
      engine: 'postgresql',
      applied: [],
      pending: stepNames,
      ahead: [],
      unknown: [],
    });
    const plan = await migrate('plan');
    expect(plan.stdout.match(/^\d{3}-.*$/gm)).toEqual(stepNames);
    expect(plan.stdout).toContain('makes the table users');
    expect(plan.stdout).toContain('019-lean-tail\n  does nothing on this engine\n');
    expect(plan.stderr).toContain(`${stepNames.length} pending.`);
    // It changed nothing.
    expect(await status()).toMatchObject({ applied: [], pending: stepNames });

    const both = await Promise.all([migrate('apply', '--json'), migrate('apply', '--json')]);
    const ran = both.map(({ stdout }) => (JSON.parse(stdout) as { ran: string[] }).ran);
    expect(ran.toSorted((one, other) => one.length - other.length)).toEqual([[], stepNames]);
    const shown = await migrate('status');
    expect(shown.stdout.match(/^\d{3}-\S+(?= +ran )/gm)).toEqual(stepNames);
    expect(shown.stderr).toBe('It is up to date.\n');
    expect(await migrate('plan')).toEqual({ stdout: '', stderr: 'Nothing is pending.\n' });
    expect(await migrate('apply')).toEqual({ stdout: '', stderr: 'Nothing was pending.\n' });
  });

  test('plans and does the step that a database lacks, whose server refuses to start without it', async () => {
    const folder = await emptyFolder();
    const url = await newDatabase();
    const given = ['--env-file', 'willcall.env'];
    const init = ['init', '--production', '--public-url', 'https://auth.example.com'];
    await willcall(init, { folder, env: { DATABASE_URL: url } });
    // As one step before; the step can run again.
    const last = '012-create-organizations';
    await ask(url, 'DROP INDEX organizations_by_creator');
    await ask(url, `DELETE FROM migrations WHERE name = '${last}'`);

    const serve = ['serve', '--port', '0', ...given];
    const env = { WILLCALL_MIGRATE: 'off' };
    const refused = await willcall(serve, { folder, env });
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([
      1,
      '',
      `The schema of the database is behind, and WILLCALL_MIGRATE is off: ${last}. Run 'willcall migrate apply'.\n`,
    ]);
    const plan = await willcall(['migrate', 'plan', ...given], { folder });
    expect(plan.stdout).toBe(
      `${last}\n  writes rows of users\n  builds an index of organizations: writes to it wait until the step is done\n`,
    );
    const applied = await willcall(['migrate', 'apply', '--json', ...given], { folder });
    expect(JSON.parse(applied.stdout)).toEqual({ ran: [last] });
    const { firstLine } = await startWillcall(serve, { folder, env });
    expect(firstLine).toContain('Willcall serves');
  });

  test('notices a copy that came back into the same cluster by WILLCALL_FENCE_DIR, and by nothing else', async () => {
    const folder = await emptyFolder();
    const url = await newDatabase();
    const name = new URL(url).pathname.slice(1);
    const inServer = (sql: string) => ask(server.url('postgres'), sql);
    const init = ['init', '--production', '--public-url', 'https://auth.example.com'];
    await willcall(init, { folder, env: { DATABASE_URL: url } });
    const given = ['--env-file', 'willcall.env'];
    const serveOnce = async (env: Readonly<Record<string, string>>) => {
      const running = await startWillcall(['serve', '--port', '0', ...given], { folder, env });
      await running.stop();
      return running.written().stderr;
    };
    const readFence = async () => {
      const { stdout } = await willcall(['fence', 'show', '--json', ...given], { folder });
      return JSON.parse(stdout) as Record<string, unknown>;
    };

    // As pg_dump and a restore do, and a snapshot of the disk: cluster and timeline stay the same.
    await inServer(`CREATE DATABASE ${name}_copy TEMPLATE ${name}`);
    const kept = { WILLCALL_FENCE_DIR: path.join(folder, 'fence') };
    await serveOnce(kept);
    await inServer(`DROP DATABASE ${name}`);
    await inServer(`ALTER DATABASE ${name}_copy RENAME TO ${name}`);

    expect(await serveOnce({})).not.toContain('the fence was raised');
    expect(await readFence()).toMatchObject({ epoch: 1, reason: null });
    expect(await serveOnce(kept)).toContain('the data is older than its mark');
    expect(await readFence()).toMatchObject({ epoch: 2, reason: 'rolled_back' });
  });

  test('says in one sentence what is in the way', async () => {
    const folder = await emptyFolder();
    const url = await newDatabase();
    const secret = { WILLCALL_SECRET: 's'.repeat(32) };
    for (const [args, env, sentence] of [
      [['serve'], { DATABASE_URL: url, ...secret }, 'There is no instance in PostgreSQL at'],
      [['keys', 'list'], { DATABASE_URL: url, ...secret }, 'There is no instance in PostgreSQL at'],
      [['dev', '--ephemeral'], { DATABASE_URL: url }, 'DATABASE_URL names a database to keep'],
      [['backup', 'x.db'], { DATABASE_URL: url }, 'whose own tools back it up'],
      [['restore', 'x.db'], { DATABASE_URL: url }, 'whose own tools back it up'],
      [['dev'], { DATABASE_URL: 'mysql://x@y/z' }, 'must begin with postgresql://'],
      [['dev'], { DATABASE_URL: 'postgresql://x@127.0.0.1:1/z' }, 'does not answer'],
    ] as const) {
      const refused = await willcall(args, { folder, env });
      expect([refused.code === 0, refused.stdout, refused.stderr]).toEqual([
        false,
        '',
        expect.stringContaining(sentence),
      ]);
      expect(refused.stderr).not.toContain('bug');
    }
  });
});
