import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, type QueryResult } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../../tooling/postgresql.ts';
import { StoreUnavailable } from '../../src/domain/store.ts';
import { openPostgres, type PostgresOptions } from '../../src/store/postgres-engine.ts';
import { troubleOf } from '../../src/store/postgres-errors.ts';
import { createPerson } from '../people.ts';
import { openService } from '../service.ts';

const guide = new URL('../../../../docs/guides/several-nodes.md', import.meta.url);

let server: PostgresServer;
let count = 0;

beforeAll(async () => {
  // Of its own: its settings change.
  server = await startPostgres();
});
afterAll(() => server.stop());

async function connectTo(url: string): Promise<Client> {
  const client = new Client(url);
  await client.connect();
  return client;
}

async function admin(sql: string, database = 'postgres'): Promise<QueryResult> {
  const client = await connectTo(server.url(database));
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A new database with one counter, and an account that is nobody else's. */
async function newDatabase() {
  count += 1;
  const name = `d${count}`;
  await admin(`CREATE ROLE ${name} LOGIN PASSWORD 'own'`);
  await admin(`CREATE DATABASE ${name} OWNER ${name}`);
  const url = new URL(server.url(name));
  url.username = name;
  url.password = 'own';
  const client = await connectTo(url.href);
  await client.query('CREATE TABLE counters (id TEXT PRIMARY KEY, total BIGINT)');
  await client.query("INSERT INTO counters VALUES ('c', 0)");
  await client.end();
  return { name, url: url.href };
}

function open(options: PostgresOptions) {
  const engine = openPostgres(options);
  onTestFinished(() => engine.close());
  return engine;
}

async function openCounter(options: Partial<PostgresOptions> = {}) {
  const { name, url } = await newDatabase();
  return { name, url, engine: open({ url, ...options }) };
}

const endConnections = (name: string) =>
  admin(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`);

const add = 'UPDATE counters SET total = total + 1';
const look = 'SELECT total FROM counters';

/** A road to the server that can be lost: then nothing goes either way, and nobody is told. */
async function openRoad(url: string) {
  const { hostname, port } = new URL(url);
  const ends: Socket[] = [];
  const lost = new Set<Socket>();
  const road = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.push(from);
      from.on('data', (data) => void (lost.has(from) || to.write(data)));
      from.on('close', () => void (lost.has(from) || to.destroy()));
      from.on('error', () => {});
    }
  });
  road.listen(0, '127.0.0.1');
  await once(road, 'listening');
  const through = new URL(url);
  through.port = String((road.address() as AddressInfo).port);
  return {
    url: through.href,
    /** What is on it now is lost; who comes later gets through. */
    lose: () => ends.forEach((end) => lost.add(end)),
    close() {
      road.close();
      ends.forEach((end) => end.destroy());
    },
  };
}

describe('a machine that vanishes in the middle of what is long', () => {
  test('holds up the others no longer than it is waited for', async () => {
    const { url, engine } = await openCounter();
    const road = await openRoad(url);
    const vanishing = openPostgres({ url: road.url, silenceTimeout: 600 });
    const isAt = Promise.withResolvers<void>();
    const raising = vanishing.write(
      async (tx) => {
        await tx.run(add);
        road.lose();
        isAt.resolve();
        await tx.run(add);
      },
      { isLong: true },
    );
    await isAt.promise;
    await engine.write((tx) => tx.run(add));
    expect(await engine.get(look)).toEqual({ total: 1 });
    road.close();
    await expect(raising).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await engine.get(look)).toEqual({ total: 1 });
    await vanishing.close();
  });

  test.each([
    [false, false, ['15', '5', '3']],
    // The connection is somebody else's afterwards.
    [true, false, undefined],
    // It refuses what it does not know.
    [false, true, undefined],
  ])(
    'is noticed by the server (behind a pooler: %s, on CockroachDB: %s): %s',
    async (isPooled, isCockroach, expected) => {
      const { name, url } = await newDatabase();
      await admin(
        `CREATE SCHEMA said AUTHORIZATION ${name};
         CREATE FUNCTION said.version() RETURNS text LANGUAGE sql AS $$ SELECT 'CockroachDB CCL v25.1.0' $$`,
        name,
      );
      const saying = isCockroach ? '?options=-csearch_path%3Dsaid,pg_catalog' : '';
      const settings = `SELECT current_setting('tcp_keepalives_idle') AS idle,
        current_setting('tcp_keepalives_interval') AS interval,
        current_setting('tcp_keepalives_count') AS count`;
      const client = await connectTo(url);
      const usual = Object.values(
        (await client.query<Record<string, string>>(settings)).rows[0] ?? {},
      );
      await client.end();
      const engine = open({ url: url + saying, isPooled });
      const found = Object.values((await engine.get(settings)) ?? {});
      expect(found).toEqual(expected ?? usual);
    },
  );
});

describe('what is long', () => {
  test('is let go by the server where nobody gives a sign of life for a minute', async () => {
    const { engine } = await openCounter();
    const ask = 'SHOW idle_in_transaction_session_timeout';
    const minute = { idle_in_transaction_session_timeout: '1min' };
    expect(await engine.write((tx) => tx.get(ask), { isLong: true })).toEqual(minute);
    expect(await engine.snapshot((reader) => reader.get(ask))).toEqual(minute);
  });

  test('may wait for a pipe for longer', async () => {
    const { engine } = await openCounter({ silenceTimeout: 300 });
    await engine.write(
      async (tx) => {
        await tx.run(add);
        await pause(1000);
        await tx.run(add);
      },
      { isLong: true },
    );
    const seen = await engine.snapshot(async (reader) => {
      await reader.get(look);
      await pause(1000);
      return reader.get(look);
    });
    expect(seen).toEqual({ total: 2 });
  });

  test('takes its time where transactions of others must not, and they are told so', async () => {
    const { name, url } = await newDatabase();
    await admin(`ALTER ROLE ${name} SET transaction_timeout = '300ms'`);
    const engine = open({ url });
    const sleep = 'SELECT 1 AS woke FROM pg_sleep(0.8)';
    const woke = { woke: 1 };
    await expect(engine.write((tx) => tx.get(sleep))).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await engine.write((tx) => tx.get(sleep), { isLong: true })).toEqual(woke);
    expect(await engine.snapshot((reader) => reader.get(sleep))).toEqual(woke);
  });
});

describe('a database that does not work for now is told as such', () => {
  test('where it takes no writes by default, since its disk is full', async () => {
    const { engine } = await openCounter({ poolSize: 1 });
    const freeze = async (to: string) => {
      await admin(`ALTER SYSTEM SET default_transaction_read_only = ${to}`);
      await admin('SELECT pg_reload_conf()');
    };
    expect(await engine.get(look)).toEqual({ total: 0 });
    await freeze('on');
    onTestFinished(async () => {
      const client = await connectTo(server.url('postgres'));
      await client.query('SET default_transaction_read_only = off');
      await client.query('ALTER SYSTEM RESET default_transaction_read_only');
      await client.query('SELECT pg_reload_conf()');
      await client.end();
    });
    await expect
      .poll(() => engine.get('SHOW default_transaction_read_only'))
      .toEqual({ default_transaction_read_only: 'on' });
    const job = engine.write((tx) => tx.run(add));
    await expect(job).rejects.toBeInstanceOf(StoreUnavailable);
    expect((await admin(look, `d${count}`)).rows).toEqual([{ total: '0' }]);
  });

  test.each([
    ['its password was changed', "ALTER ROLE % PASSWORD 'another'"],
    ['it may not log in', 'ALTER ROLE % NOLOGIN'],
    ['its database is called otherwise', 'ALTER DATABASE % RENAME TO other_%'],
  ])('to an account of which %s', async (_name, sql) => {
    const { name, engine } = await openCounter();
    await engine.get(look);
    await endConnections(name);
    await admin(sql.replaceAll('%', name));
    for (const call of [
      () => engine.get(look),
      () => engine.write((tx) => tx.run(add)),
      () => engine.ping(),
    ])
      await expect(call()).rejects.toBeInstanceOf(StoreUnavailable);
  });

  test.each([
    ['idle_in_transaction_session_timeout', '25P03', 'away'],
    ['transaction_timeout', '25P04', 'slow'],
  ])('by a server that ends a transaction for its %s: %s, %s', async (setting, code, trouble) => {
    const client = await connectTo(server.url('postgres'));
    const told: unknown[] = [];
    client.on('error', (error) => void told.push(error));
    await client.query(`SET ${setting} = 50`);
    await client.query('BEGIN');
    await new Promise<void>((resolve) => void client.once('end', resolve));
    expect(told[0]).toMatchObject({ code });
    expect(troubleOf(told[0])).toBe(trouble);
  });

  test('by who looks after a changed schema, in whatever language the server speaks', async () => {
    const client = await connectTo((await newDatabase()).url);
    const named = { name: 'prepared', text: 'SELECT * FROM counters' };
    await client.query(named);
    await client.query('ALTER TABLE counters ADD later TEXT');
    const error = await client.query(named).catch((refused: unknown) => refused);
    await client.end();
    expect(troubleOf(error)).toBe('stale');
    const message = 'gepufferter Plan darf den Ergebnistyp nicht ändern';
    expect(troubleOf({ ...(error as object), message })).toBe('stale');
  });
});

test('jobs that lost wait for their next try without a connection', async () => {
  const { url, engine } = await openCounter({ poolSize: 2 });
  const other = open({ url });
  const gate = Promise.withResolvers<void>();
  const tries = [0, 0];
  const jobs = [0, 1].map((at) =>
    engine.write(async (tx) => {
      tries[at] = (tries[at] ?? 0) + 1;
      if (tries[at] > 1) await gate.promise;
      await tx.get(look);
      if (tries[at] === 1) await other.write((each) => each.run(add));
      await tx.run(add);
    }),
  );
  await expect.poll(() => tries.toSorted((a, b) => a - b)).toEqual([1, 2]);
  // Until the other one has lost as well.
  await pause(200);
  const seen = engine.get(look);
  await Promise.race([seen, pause(2000)]);
  gate.resolve();
  await Promise.all(jobs);
  expect(await seen).toEqual({ total: 2 });
  expect(await engine.get(look)).toEqual({ total: 4 });
});

test('a server that vanished is noticed by whoever asks whether it works, and left', async () => {
  const { url } = await newDatabase();
  const road = await openRoad(url);
  onTestFinished(() => road.close());
  const engine = open({ url: road.url });
  await Promise.all(Array.from({ length: 4 }, () => engine.write((tx) => tx.get(look))));
  road.lose();
  const lostAt = performance.now();
  await expect(engine.ping()).rejects.toBeInstanceOf(StoreUnavailable);
  await pause(100);
  expect(await engine.get(look)).toEqual({ total: 0 });
  await engine.ping();
  expect(performance.now() - lostAt).toBeLessThan(4000);
});

test('what waits for a standby that is gone is written once the guide was followed', async () => {
  const { url } = await newDatabase();
  const engine = open({ url });
  await admin("ALTER SYSTEM SET synchronous_standby_names = 'gone'");
  await admin('SELECT pg_reload_conf()');
  const writing = engine.write((tx) => tx.run("UPDATE counters SET total = 1 WHERE id = 'c'"));
  const waits = "SELECT count(*)::int AS total FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
  await vi.waitFor(async () => expect((await admin(waits)).rows).toEqual([{ total: 1 }]), 5000);
  const samples = readFileSync(guide, 'utf8').split('```sql\n').slice(1);
  const [sample = ''] = samples.filter((text) => text.includes('synchronous_standby_names'));
  for (const statement of sample.split('```')[0]?.trim().split('\n') ?? []) await admin(statement);
  expect(await writing).toBe(1);
});

test('users are found where a backslash in quotes is none', async () => {
  const { url } = await newDatabase();
  const service = await openService({
    database: {
      environment: undefined,
      openingProgram: '',
      open: () => openPostgres({ url: `${url}?options=-cstandard_conforming_strings%3Doff` }),
      dump: () => ({}),
      close: async () => {},
    },
  });
  onTestFinished(() => service.close());
  await createPerson(service, { first_name: String.raw`50%!_\of` });
  await createPerson(service, { first_name: String.raw`50x!!y\of` });
  const find = (query: string) => service.world.store.users.count({ query });
  expect(await Promise.all(['50%', '%!_', '!_', '!', '%', String.raw`\of`].map(find))).toEqual([
    1, 1, 1, 2, 1, 2,
  ]);
});
