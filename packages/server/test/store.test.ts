import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StoreUnavailable } from '../src/domain/store.ts';
import { defaultSettings } from '../src/settings-file.ts';
import { openStore } from '../src/store/open.ts';
import { openWorld, rotateKeys, WorldError } from '../src/world/open-world.ts';
import { isOnPostgres, testDatabase, type TestDatabase } from './database/test-database.ts';
import { holdNext } from './hold.ts';

let folder: string;
const databases: TestDatabase[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'willcall-store-'));
});
afterAll(async () => {
  await Promise.all(databases.map((each) => each.close()));
  await rm(folder, { recursive: true, force: true });
});

/** A database of its own; the same one by the same name. */
async function database(name: string): Promise<TestDatabase> {
  const place = path.join(folder, name);
  await mkdir(place, { recursive: true });
  const made = await testDatabase(place);
  databases.push(made);
  return made;
}

const openEngine = async (name: string) => (await database(name)).open();

/** A process of this program over our sources. */
function run(program: string): ChildProcess {
  const flags = [
    '--conditions=willcall-source',
    '--no-warnings',
    '--input-type=module',
    '-e',
    program,
  ];
  return spawn(process.execPath, flags, {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

describe('writes', () => {
  test('that come together share a commit, and one that fails does so alone', async () => {
    const engine = await openEngine('batch');
    await engine.write((tx) => tx.run('CREATE TABLE numbers (value INTEGER PRIMARY KEY)'));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, at) =>
        engine.write(async (tx) => {
          await tx.run('INSERT INTO numbers (value) VALUES (?)', at);
          if (at % 10 === 5) throw new Error(`number ${at} fails`);
          if (at % 10 === 6) await tx.run('INSERT INTO numbers (value) VALUES (?)', at);
          return at;
        }),
      ),
    );
    const written = (await engine.all('SELECT value FROM numbers ORDER BY value')).map(
      ({ value }) => value,
    );
    const resolved = outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(resolved).toHaveLength(40);
    expect(written).toEqual(resolved);
    await engine.close();
  });

  test('of which one fails run again, and those that did not fail count once', async () => {
    const engine = await openEngine('again');
    await engine.write((tx) => tx.run('CREATE TABLE sums (value INTEGER)'));
    await engine.write((tx) => tx.run('INSERT INTO sums (value) VALUES (0)'));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) =>
        engine.write(async (tx) => {
          await tx.run('UPDATE sums SET value = value + 1');
          if (at === 19) throw new Error('the last one fails');
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(await engine.get('SELECT value FROM sums')).toEqual({ value: 19 });
    await engine.close();
  });

  test('by themselves leave nothing when they fail', async () => {
    const engine = await openEngine('single');
    await engine.write((tx) => tx.run('CREATE TABLE numbers (value INTEGER PRIMARY KEY)'));
    const failing = engine.write(async (tx) => {
      await tx.run('INSERT INTO numbers (value) VALUES (1)');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await engine.all('SELECT value FROM numbers')).toEqual([]);
    await engine.close();
  });

  test.skipIf(isOnPostgres())(
    'of a step of the schema do not shift the columns of a statement that was prepared before',
    async () => {
      const engine = await openEngine('columns');
      await engine.write((tx) => tx.run('CREATE TABLE names (id INTEGER, name TEXT)'));
      await engine.write((tx) => tx.run("INSERT INTO names (id, name) VALUES (1, 'Ada')"));
      const sql = "SELECT names.*, 'last' AS beside FROM names";
      expect(await engine.get(sql)).toEqual({ id: 1, name: 'Ada', beside: 'last' });
      await engine.write((tx) => tx.run('ALTER TABLE names ADD COLUMN age INTEGER'));
      const now = { id: 1, name: 'Ada', age: null, beside: 'last' };
      expect(await engine.get(sql)).toEqual(now);
      expect(await engine.all(sql)).toEqual([now]);
      await engine.close();
    },
  );

  test('are not seen before they are committed', async () => {
    const engine = await openEngine('isolated');
    await engine.write((tx) => tx.run('CREATE TABLE numbers (value INTEGER PRIMARY KEY)'));
    let seen: unknown;
    await engine.write(async (tx) => {
      await tx.run('INSERT INTO numbers (value) VALUES (1)');
      seen = await engine.all('SELECT value FROM numbers');
    });
    expect(seen).toEqual([]);
    await engine.close();
  });

  test('that wait when the database closes are done; later ones are refused, and none hangs', async () => {
    const engine = await openEngine('closing');
    await engine.write((tx) => tx.run('CREATE TABLE numbers (value INTEGER PRIMARY KEY)'));
    const waiting = engine.write((tx) => tx.run('INSERT INTO numbers (value) VALUES (1)'));
    await engine.close();
    expect(await waiting).toBe(1);
    for (let count = 0; count < 2; count++) {
      await expect(
        engine.write((tx) => tx.run('INSERT INTO numbers (value) VALUES (2)')),
      ).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(engine.get('SELECT 1 AS one')).rejects.toBeInstanceOf(StoreUnavailable);
    }
  });

  test('that were acknowledged survive kill -9', async () => {
    const killed = await database('killed');
    const program = `
      ${killed.openingProgram}
      await engine.write((tx) => tx.run('CREATE TABLE numbers (value INTEGER PRIMARY KEY)'));
      for (let at = 0; ; at += 8) {
        const batch = Array.from({ length: 8 }, (_, by) => engine.write((tx) => tx.run('INSERT INTO numbers VALUES (?)', at + by)));
        await Promise.all(batch);
        process.stdout.write(at + 7 + '\\n');
      }`;
    const child = run(program);
    let printed = '';
    child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    while (printed.split('\n').length < 40) await once(child.stdout ?? child, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    const acknowledged = Math.max(...printed.split('\n').slice(0, -1).map(Number));
    const engine = killed.open();
    const row = await engine.get(
      'SELECT count(*) AS total FROM numbers WHERE value <= ?',
      acknowledged,
    );
    expect(row?.['total']).toBe(acknowledged + 1);
    if (!isOnPostgres())
      expect(await engine.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
    await engine.close();
  });
});

describe('migrations', () => {
  test('run once, from however many processes at once', async () => {
    const migrated = await database('migrated');
    await emptied(migrated);
    const program = `
      ${migrated.openingProgram}
            import { migrate } from '../src/store/migrations.ts';

      process.stdout.write(JSON.stringify(await migrate(engine)));
      await engine.close();`;
    const children = Array.from({ length: 4 }, () => run(program));
    const answers = await Promise.all(
      children.map(async (child) => {
        let text = '';
        child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
        const [status] = (await once(child, 'close')) as [number];
        expect(status).toBe(0);
        return JSON.parse(text) as string[];
      }),
    );
    expect(answers.flat().toSorted()).toEqual([
      '001-initial',
      '002-steps',
      '003-issuing',
      '004-links',
      '005-retention',
      '006-fence',
      '007-nobody',
      '008-audit-log',
      '009-fresh-proofs',
      '010-same-browser',
      '011-sign-up-if-missing',
      '012-create-organizations',
      '013-retention-of-all',
      '014-rate-limits',
      '015-audit-tail',
      '016-timeline',
      '017-lighter-indexes',
      '018-blocks',
      '019-lean-tail',
      '020-sealed-together',
      '021-found-by-others',
      '022-short-keys',
    ]);
  });
});

describe('signing keys', () => {
  const secret = 'a secret of the tests that opens nothing else';
  const openKeys = async (name: string, clock: { now(): number }, withSecret = secret) => {
    const store = await openStore(await openEngine(name));
    const open = openWorld(store, {
      instanceType: 'development',
      secret: withSecret,
      settings: undefined,
      defaultSettings,
      addresses: () => ({ publicUrl: 'http://localhost:4000', fapiHost: 'x.clerk.accounts.dev' }),
      mail: undefined,
      clock,
    });
    return open.catch(async (error: unknown) => {
      await store.close();
      throw error;
    });
  };

  test('rotate with an hour in which both verify and are shown', async () => {
    let later = 0;
    const clock = { now: () => Date.now() + later };
    const world = await openKeys('keys', clock);
    const { signingKeys } = world;
    const old = await signingKeys.sign({ typ: 'JWT' }, { who: 'old' });
    const kid = await rotateKeys(world.store, secret);
    later += 1000;
    const fresh = await signingKeys.sign({ typ: 'JWT' }, { who: 'fresh' });
    expect(
      JSON.parse(Buffer.from(fresh.split('.')[0] ?? '', 'base64url').toString()),
    ).toMatchObject({ alg: 'RS256', kid });
    expect((await signingKeys.publicKeys()).map((key) => key.kid)).toEqual([
      kid,
      expect.not.stringMatching(kid),
    ]);
    expect([await signingKeys.verify(old), await signingKeys.verify(fresh)]).toEqual([
      { who: 'old' },
      { who: 'fresh' },
    ]);
    later += 3_601_000;
    expect([await signingKeys.verify(old), await signingKeys.verify(fresh)]).toEqual([
      undefined,
      { who: 'fresh' },
    ]);
    expect(await signingKeys.publicKeys()).toHaveLength(1);
    await world.store.close();
  });

  test('of two rotations that overlap: the one that does not retire signs', async () => {
    let later = 0;
    const world = await openKeys('overlapping', { now: () => Date.now() + later });
    const held = holdNext(world.store.signingKeys, 'add');
    const slow = rotateKeys(world.store, secret);
    await held.reached;
    // By whole milliseconds of the database's clock.
    await pause(10);
    const quick = await rotateKeys(world.store, secret);
    held.letGo();
    const kid = await slow;
    const keys = await world.store.signingKeys.list();
    expect(keys.filter(({ retiresAt }) => retiresAt === undefined).map(({ id }) => id)).toEqual([
      kid,
    ]);
    const [made, other] = [kid, quick].map((id) => keys.find((key) => key.id === id)?.createdAt);
    expect(Number(other)).toBeGreaterThan(Number(made));
    later += 1000;
    expect(await world.signingKeys.newestId()).toBe(kid);
    const token = await world.signingKeys.sign({}, { who: 'me' });
    later += 3_601_000;
    expect(await world.signingKeys.verify(token)).toEqual({ who: 'me' });
    await world.store.close();
  });

  test('are RSA of 2048 bits, and lie encrypted', async () => {
    const world = await openKeys('sealed', { now: () => Date.now() });
    const [key] = await world.store.signingKeys.list();
    expect(Buffer.from(key?.publicKey.n ?? '', 'base64url')).toHaveLength(256);
    expect(key?.encryptedPrivateKey).not.toMatch(/PRIVATE|BEGIN/);
    await world.store.close();
  });

  test.each([
    ['algorithm none', (token: string) => `${encode({ alg: 'none' })}.${token.split('.')[1]}.`],
    [
      'another algorithm',
      (token: string) =>
        `${encode({ alg: 'HS256', kid: 'x' })}.${token.split('.').slice(1).join('.')}`,
    ],
    [
      'a changed claim',
      (token: string) =>
        `${token.split('.')[0]}.${encode({ sub: 'other' })}.${token.split('.')[2]}`,
    ],
    ['no text of this kind', () => 'garbage'],
  ])('verify no token with %s', async (_with, forge) => {
    const name = `forged-${Math.random()}`;
    const world = await openKeys(name, { now: () => Date.now() });
    const token = await world.signingKeys.sign({ typ: 'JWT' }, { sub: 'me' });
    expect(await world.signingKeys.verify(token)).toEqual({ sub: 'me' });
    expect(await world.signingKeys.verify(forge(token))).toBeUndefined();
    await world.store.close();
  });

  test('sealed with another secret refuse the start, and stay as they were', async () => {
    const name = 'wrong';
    const world = await openKeys(name, { now: () => Date.now() });
    const token = await world.signingKeys.sign({}, { sub: 'me' });
    await world.store.close();
    await expect(
      openKeys(name, { now: () => Date.now() }, 'another secret that opens nothing'),
    ).rejects.toBeInstanceOf(WorldError);
    const again = await openKeys(name, { now: () => Date.now() });
    expect(await again.signingKeys.verify(token)).toEqual({ sub: 'me' });
    await again.store.close();
  });

  test('of a development instance are no start of a production instance', async () => {
    const store = await openStore(await openEngine('wrong'));
    const open = openWorld(store, {
      instanceType: 'production',
      secret,
      settings: undefined,
      defaultSettings,
      addresses: () => ({ publicUrl: 'https://a.example.com', fapiHost: 'a.example.com' }),
      mail: undefined,
    });
    await expect(open).rejects.toBeInstanceOf(WorldError);
    await store.close();
  });
});

/** Databases of PostgreSQL begin as copies of one that has the schema. */
async function emptied(made: TestDatabase): Promise<void> {
  if (!isOnPostgres()) return;
  const engine = made.open();
  const names = await engine.all(
    'SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()',
  );
  for (const { table_name: name } of names)
    await engine.write((tx) => tx.run(`DROP TABLE ${name} CASCADE`));
  await engine.close();
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
