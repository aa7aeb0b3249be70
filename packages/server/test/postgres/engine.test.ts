import { Client, type QueryResult } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../../tooling/postgresql.ts';
import { DatabaseRefused, StoreUnavailable } from '../../src/domain/store.ts';
import { defaultSettings } from '../../src/settings-file.ts';
import { openWorld } from '../../src/world/open-world.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import type { Step } from '../../src/store/engine.ts';
import { openPostgres, type PostgresOptions } from '../../src/store/postgres-engine.ts';
import { toPostgres } from '../../src/store/postgres-sql.ts';

let server: PostgresServer;
let count = 0;

beforeAll(async () => {
  // Of its own, to be killed.
  server = await startPostgres();
});
afterAll(() => server.stop());

async function admin(sql: string, database = 'postgres'): Promise<QueryResult> {
  const client = new Client(server.url(database));
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The address of a new database. */
async function newDatabase(options = ''): Promise<string> {
  count += 1;
  await admin(`CREATE DATABASE d${count} ${options}`);
  return server.url(`d${count}`);
}

async function openCounter(options: Partial<PostgresOptions> = {}) {
  const url = await newDatabase();
  const engine = openPostgres({ url, ...options });
  await engine.write((tx) => tx.run('CREATE TABLE counters (id TEXT PRIMARY KEY, total INTEGER)'));
  await engine.write((tx) => tx.run('INSERT INTO counters (id, total) VALUES (?, ?)', 'c', 0));
  return { url, engine };
}

describe('jobs', () => {
  test('that read and then write lose nothing of one another, from two processes', async () => {
    const { url, engine } = await openCounter();
    const other = openPostgres({ url });
    const increment = (each: typeof engine) =>
      each.write(async (tx) => {
        const row = await tx.get('SELECT total FROM counters WHERE id = ?', 'c');
        const total = Number(row?.['total']) + 1;
        await tx.run('UPDATE counters SET total = ? WHERE id = ?', total, 'c');
        return total;
      });
    const totals = await Promise.all(
      Array.from({ length: 32 }, (_, at) => increment(at % 2 === 0 ? engine : other)),
    );
    expect(totals.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, at) => at + 1));
    await Promise.all([engine.close(), other.close()]);
  });

  test('that look for what is not there, and write it, do so once', async () => {
    const { engine } = await openCounter();
    const add = () =>
      engine.write(async (tx) => {
        if (await tx.get('SELECT id FROM counters WHERE id = ?', 'new')) return 'known';
        await tx.run('INSERT INTO counters (id, total) VALUES (?, 1)', 'new');
        return 'added';
      });
    const outcomes = await Promise.all(Array.from({ length: 32 }, add));
    expect(outcomes.filter((each) => each === 'added')).toHaveLength(1);
    await engine.close();
  });

  test('that go on after a statement failed are not taken for done', async () => {
    const { engine } = await openCounter();
    const job = engine.write(async (tx) => {
      await tx.run('UPDATE counters SET total = 1');
      await tx.run('UPDATE nothing SET total = 1').catch(() => {});
    });
    await expect(job).rejects.toThrow('it went on');
    expect(await engine.get('SELECT total FROM counters')).toEqual({ total: 0 });
    await engine.close();
  });

  test('have a bounded time in the database, which ends with them', async () => {
    const { engine } = await openCounter({ poolSize: 1 });
    const inside = await engine.write((tx) => tx.get('SHOW statement_timeout'));
    const idle = await engine.write((tx) => tx.get('SHOW idle_in_transaction_session_timeout'));
    expect([inside, idle]).toEqual([
      { statement_timeout: '10s' },
      { idle_in_transaction_session_timeout: '10s' },
    ]);
    expect(await engine.get('SHOW statement_timeout')).toEqual({ statement_timeout: '0' });
    await engine.close();
  });

  test('that are cut off leave nothing, and are told as storage that does not work', async () => {
    const { url, engine } = await openCounter();
    const name = new URL(url).pathname.slice(1);
    const job = engine.write(async (tx) => {
      await tx.run('UPDATE counters SET total = 1');
      const cancelling = admin(
        `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND wait_event = 'PgSleep'`,
      );
      await Promise.all([tx.get('SELECT pg_sleep(9)'), untilCancelled(cancelling, name)]);
    });
    await expect(job).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await engine.get('SELECT total FROM counters')).toEqual({ total: 0 });
    await engine.close();
  });
});

async function untilCancelled(first: Promise<QueryResult>, name: string): Promise<void> {
  let cancelled = (await first).rowCount;
  while (cancelled === 0) {
    const sql = `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND wait_event = 'PgSleep'`;
    cancelled = (await admin(sql)).rowCount;
  }
}

describe('steps that are run together', () => {
  const add = (id: string): Step<never> => ({
    sql: 'INSERT INTO counters (id, total) VALUES (?, ?)',
    values: [id, 1],
  });
  const raise = (id: string, below: number): Step<'too_high'> => ({
    sql: 'UPDATE counters SET total = total + 1 WHERE id = ? AND total < ?',
    values: [id, below],
    otherwise: 'too_high',
  });

  test('are all done, or none where one changed no row, and nobody else can win it too', async () => {
    const { engine } = await openCounter();
    const enter = async (at: number) =>
      engine.runTogether?.(() => [add(`entry ${at}`), raise('c', 3)]);
    const outcomes = await Promise.all(Array.from({ length: 32 }, (_, at) => enter(at)));
    expect(outcomes.filter((each) => each === undefined)).toHaveLength(3);
    expect(outcomes.filter((each) => each === 'too_high')).toHaveLength(29);
    expect(await engine.get('SELECT count(*) AS rows, max(total) AS top FROM counters')).toEqual({
      rows: 4,
      top: 3,
    });
    await engine.close();
  });

  test('give back the number that they drew where they did nothing', async () => {
    const { engine } = await openCounter({ poolSize: 1 });
    const numbers: number[] = [];
    const draw = (below: number) =>
      engine.runTogether?.((next) => {
        numbers.push(next().number);
        return [raise('c', below)];
      });
    expect([await draw(1), await draw(1), await draw(2)]).toEqual([
      undefined,
      'too_high',
      undefined,
    ]);
    expect(numbers).toEqual([1, 2, 2]);
    await engine.close();
  });

  test('wrong ones are told as a bug, and the connection is used further', async () => {
    const { engine } = await openCounter({ poolSize: 1 });
    const process = () => engine.get('SELECT pg_backend_pid() AS id');
    const before = await process();
    const wrong = { sql: 'UPDATE nothing SET total = 1', values: [] };
    await expect(engine.runTogether?.(() => [wrong])).rejects.toThrow('does not exist');
    await engine.runTogether?.(() => [raise('c', 0)]);
    expect(await process()).toEqual(before);
    await engine.close();
  });

  test('whose connection breaks are not run again: nobody knows whether they were done', async () => {
    const { url, engine } = await openCounter();
    const name = new URL(url).pathname.slice(1);
    const sleep = {
      sql: "UPDATE counters SET total = total + 1 WHERE pg_sleep(9)::text = ''",
      values: [],
    };
    let runs = 0;
    const sleeping = engine.runTogether?.(() => {
      runs += 1;
      return [sleep];
    });
    const end = `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE datname = '${name}' AND wait_event = 'PgSleep'`;
    const told = sleeping?.catch((error: unknown) => error);
    await expect.poll(async () => (await admin(end)).rowCount).toBe(1);
    expect(await told).toBeInstanceOf(StoreUnavailable);
    expect(runs).toBe(1);
    await engine.close();
  });

  test('are not offered behind a pooler, where each transaction first asks which server it is on', async () => {
    const { engine } = await openCounter({ isPooled: true });
    expect(engine.runTogether).toBeUndefined();
    await engine.close();
  });
});

describe('statements', () => {
  test.each([
    [false, 1],
    [true, 0],
  ])('behind a pooler: %s, have a name: %i', async (isPooled, named) => {
    const { engine } = await openCounter({ isPooled, poolSize: 1 });
    await engine.get('SELECT total FROM counters WHERE id = ?', 'c');
    const sql =
      "SELECT count(*) AS total FROM pg_prepared_statements WHERE statement LIKE 'SELECT total%'";
    expect(await engine.get(sql)).toEqual({ total: named });
    await engine.close();
  });

  test.each([
    [
      "SELECT '?' AS a FROM t WHERE b = ? AND c = ?",
      "SELECT '?' AS a FROM t WHERE b = $1 AND c = $2",
    ],
    [
      'CREATE TABLE t (a TEXT PRIMARY KEY, b INTEGER)',
      'CREATE TABLE t (a TEXT COLLATE "C" PRIMARY KEY, b BIGINT)',
    ],
    ['SELECT CAST(? AS TEXT)', 'SELECT CAST($1 AS TEXT)'],
  ])('%s', (given, wanted) => {
    expect(toPostgres(given)).toBe(wanted);
  });

  test('compare text byte by byte, and keep 64 bits, in a database of some language', async () => {
    const { engine } = await openCounter();
    const add = (id: string) =>
      engine.write((tx) => tx.run('INSERT INTO counters (id, total) VALUES (?, ?)', id, 2 ** 40));
    for (const id of ['B', 'a', '_', 'ä']) await add(id);
    const rows = await engine.all('SELECT id FROM counters WHERE total > 1 ORDER BY id');
    expect(rows.map(({ id }) => id)).toEqual(['B', '_', 'a', 'ä']);
    // The order of the database itself is another one.
    const { rows: others } = await admin("SELECT 'a' < 'B' AS is_lingual", 'd1');
    expect(others).toEqual([{ is_lingual: true }]);
    await engine.close();
  });
});

describe('a server that is killed', () => {
  test('loses nothing that was acknowledged, is told as such, and works again when it is back', async () => {
    const { engine } = await openCounter();
    const acknowledged = new Set<string>();
    const outcomes = new Set<unknown>();
    let isOver = false;
    const writer = async (name: number) => {
      for (let at = 0; !isOver; at += 1) {
        const id = `${name}-${at}`;
        await engine
          .write((tx) => tx.run('INSERT INTO counters (id, total) VALUES (?, 1)', id))
          .then(
            () => acknowledged.add(id),
            (error: unknown) => outcomes.add((error as object).constructor),
          );
      }
    };
    const writers = Array.from({ length: 8 }, (_, at) => writer(at));
    while (acknowledged.size < 100) await new Promise(setImmediate);
    await server.kill();
    await expect(engine.ping()).rejects.toBeInstanceOf(StoreUnavailable);
    const before = acknowledged.size;
    await server.restart();
    while (acknowledged.size < before + 100) await new Promise(setImmediate);
    isOver = true;
    await Promise.all(writers);
    const rows = await engine.all('SELECT id FROM counters WHERE total = 1');
    const kept = new Set(rows.map(({ id }) => id));
    expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([]);
    expect([...outcomes].filter((each) => each !== StoreUnavailable)).toEqual([]);
    await engine.ping();
    await engine.close();
  });
});

describe('a connection that breaks', () => {
  const breakAll = (url: string) => {
    const name = new URL(url).pathname.slice(1);
    return admin(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`,
    );
  };

  test('is not noticed by who reads', async () => {
    const { url, engine } = await openCounter();
    await breakAll(url);
    expect(await engine.get('SELECT total FROM counters')).toEqual({ total: 0 });
    await engine.close();
  });

  test('before its commit was asked for lets the job run again, and count once', async () => {
    const { url, engine } = await openCounter();
    let runs = 0;
    await engine.write(async (tx) => {
      runs += 1;
      await tx.run('UPDATE counters SET total = total + 1');
      if (runs === 1) await breakAll(url);
    });
    expect(runs).toBe(2);
    expect(await engine.get('SELECT total FROM counters')).toEqual({ total: 1 });
    await engine.close();
  });
});

describe('a database that cannot be used is refused in a sentence', () => {
  const withUser = (url: string, user: string, password: string) => {
    const changed = new URL(url);
    changed.username = user;
    changed.password = password;
    return changed.href;
  };

  test.each<[string, string, () => Promise<string>]>([
    ['unreachable', 'does not answer', async () => 'postgresql://x@127.0.0.1:1/x'],
    [
      'the wrong password',
      'refuses the name or the password',
      async () => withUser(server.url('postgres'), 'postgres', 'no'),
    ],
    ['of no such name', 'has no database of this name', async () => server.url('nowhere')],
    [
      'without TLS',
      'does not speak TLS',
      async () => `${server.url('postgres')}?sslmode=verify-full`,
    ],
    [
      'of another program',
      'holds tables of another program',
      async () => {
        const url = await newDatabase();
        await admin('CREATE TABLE users (id int)', `d${count}`);
        return url;
      },
    ],
    [
      'without rights',
      'does not let this account',
      async () => {
        const url = await newDatabase();
        await admin(`CREATE ROLE guest${count} LOGIN PASSWORD 'guest'`);
        return withUser(url, `guest${count}`, 'guest');
      },
    ],
    [
      'of another encoding',
      'has the encoding SQL_ASCII',
      () => newDatabase("ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0"),
    ],
    [
      'that does not wait for the disk',
      'synchronous_commit is off',
      async () => {
        const url = await newDatabase();
        await admin(`ALTER DATABASE d${count} SET synchronous_commit = off`);
        return url;
      },
    ],
    [
      'that takes no writes',
      'takes no writes',
      async () => {
        const url = await newDatabase();
        await admin(`ALTER DATABASE d${count} SET default_transaction_read_only = on`);
        return url;
      },
    ],
  ])('%s: %s', async (_name, sentence, make) => {
    const url = await make();
    const refused = await openDatabase({ url }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DatabaseRefused);
    expect((refused as Error).message).toContain(sentence);
    expect((refused as Error).message).not.toContain(new URL(url).password || 'no password');
  });

  test('and one whose schema is up to date serves an account that may not change it', async () => {
    const url = await newDatabase();
    await (await openDatabase({ url })).store.close();
    const name = `d${count}`;
    await admin(`CREATE ROLE clerk LOGIN PASSWORD 'clerk'`);
    await admin(
      'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clerk',
      name,
    );
    const { store } = await openDatabase({ url: withUser(url, 'clerk', 'clerk') });
    expect(await store.instance.find()).toBeUndefined();
    await store.close();
  });
});

describe('a database that goes on in another timeline', () => {
  async function openTwice(isLossless: boolean) {
    const url = await newDatabase();
    const raised: unknown[] = [];
    const open = () =>
      openDatabase({ url, isLossless, onRaisedFence: ({ epoch }) => void raised.push(epoch) });
    const { store } = await open();
    await openWorld(store, {
      instanceType: 'development',
      secret: 'a secret of this test',
      settings: undefined,
      mail: undefined,
      defaultSettings,
      addresses: () => ({ publicUrl: 'http://localhost:4000', fapiHost: 'localhost' }),
    });
    await store.close();
    for (const timeline of [undefined, 'another/00000001']) {
      if (timeline !== undefined)
        await admin(`UPDATE instance SET timeline = '${timeline}'`, `d${count}`);
      await (await open()).store.close();
    }
    const { store: last } = await open();
    const fence = await last.fence.find();
    await last.close();
    return { raised, epoch: fence.epoch };
  }

  test('raises the fence, once', async () => {
    expect(await openTwice(false)).toEqual({ raised: [2], epoch: 2 });
  });

  test('does not where it is declared to lose nothing', async () => {
    expect(await openTwice(true)).toEqual({ raised: [], epoch: 1 });
  });
});

test('the run of this project is about PostgreSQL', () => {
  expect(inject('postgresUrl')).toMatch(/^postgresql:/);
});
