import { Client, type QueryResult } from 'pg';
import type { SignInJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../../tooling/postgresql.ts';
import { DatabaseRefused, StoreUnavailable } from '../../src/domain/store.ts';
import { defaultSettings } from '../../src/settings-file.ts';
import { openWorld } from '../../src/world/open-world.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { migrate } from '../../src/store/migrations.ts';
import type { NumberedStep, Step, Transaction } from '../../src/store/engine.ts';
import { openPostgres, type PostgresOptions } from '../../src/store/postgres-engine.ts';
import { toPostgres } from '../../src/store/postgres-sql.ts';
import { codeOf } from '../authenticator.ts';
import { addressOf, createPerson, issueTicket, redeem, signInPerson } from '../people.ts';
import { openService, type TestService } from '../service.ts';

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

/** The address of a new database whose server says that it is CockroachDB. */
async function sayingCockroach(): Promise<string> {
  const url = await newDatabase();
  await admin(
    `CREATE SCHEMA said; CREATE FUNCTION said.version() RETURNS text LANGUAGE sql AS
      $$ SELECT 'CockroachDB CCL v25.1.0 (x86_64-pc-linux-gnu)' $$`,
    `d${count}`,
  );
  return `${url}?options=-csearch_path%3Dsaid,pg_catalog`;
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

  test('that make a table where there is none do so once, from however many processes', async () => {
    const { url, engine } = await openCounter();
    const others = Array.from({ length: 8 }, () => openPostgres({ url }));
    for (let round = 0; round < 40; round += 1) {
      const sql = `CREATE TABLE IF NOT EXISTS made_${round} (id TEXT PRIMARY KEY)`;
      await Promise.all(others.map((other) => other.write((tx) => tx.run(sql))));
    }
    await Promise.all([engine, ...others].map((each) => each.close()));
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
    await engine.close();
  });

  test.each([
    [false, '10s'],
    // The connection is somebody else's afterwards.
    [true, '0'],
  ])(
    'and statements outside of them, where no pooler (%s) stands between',
    async (isPooled, time) => {
      const { engine } = await openCounter({ poolSize: 1, isPooled });
      expect(await engine.get('SHOW statement_timeout')).toEqual({ statement_timeout: time });
      await engine.close();
    },
  );

  test('that are long, and reads of one moment, have all the time that they need', async () => {
    const { engine } = await openCounter({ statementTimeout: 200 });
    const sleep = 'SELECT 1 AS woke FROM pg_sleep(1)';
    const woke = { woke: 1 };
    expect(await engine.write((tx) => tx.get(sleep), { isLong: true })).toEqual(woke);
    const how = { isLong: true, isReadCommitted: true };
    expect(await engine.write((tx) => tx.get(sleep), how)).toEqual(woke);
    expect(await engine.snapshot((reader) => reader.get(sleep))).toEqual(woke);
    await engine.close();
  });

  test('that are long and lost run again, however late that is', async () => {
    const { url, engine } = await openCounter();
    const other = openPostgres({ url });
    let tries = 0;
    onTestFinished(() => void vi.restoreAllMocks());
    const job = async (tx: Transaction) => {
      tries += 1;
      await tx.get('SELECT total FROM counters');
      if (tries < 3) {
        await other.write((each) => each.run('UPDATE counters SET total = total + 1'));
        // As if it had taken an hour so far.
        vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 3_600_000);
      }
      await tx.run('UPDATE counters SET total = total + 1');
    };
    await engine.write(job, { isLong: true });
    expect([tries, await engine.get('SELECT total FROM counters')]).toEqual([3, { total: 3 }]);
    await Promise.all([engine.close(), other.close()]);
  });

  test('and statements that are given up wait no longer in the database either', async () => {
    const { url, engine } = await openCounter({ statementTimeout: 500 });
    const holder = new Client(url);
    await holder.connect();
    await holder.query('BEGIN; UPDATE counters SET total = 7');
    const giveUp = [
      async () => engine.runTogether?.([raise('c', 99)]),
      () => engine.get('SELECT total FROM counters WHERE pg_sleep(60) IS NOT NULL'),
    ];
    for (const each of giveUp) await expect(each()).rejects.toBeInstanceOf(StoreUnavailable);
    const name = new URL(url).pathname.slice(1);
    const ours = `SELECT query FROM pg_stat_activity
      WHERE datname = '${name}' AND application_name = 'willcall' AND state = 'active'`;
    expect((await admin(ours)).rows).toEqual([]);
    await holder.end();
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

const addition = 'INSERT INTO counters (id, total) VALUES (?, ?)';
const add = (id: string): Step<never> => ({ sql: addition, values: [id, 1] });
const raise = (id: string, below: number): Step<'too_high'> => ({
  sql: 'UPDATE counters SET total = total + 1 WHERE id = ? AND total < ?',
  values: [id, below],
  otherwise: 'too_high',
  row: id,
});

/** A step that draws a number, and writes it down each time that it does. */
const draw = (id: string, numbers: number[]): NumberedStep => ({
  sql: addition,
  valuesAt(place) {
    numbers.push(place.number);
    return [id, place.number];
  },
});

/** So many counters, all at 0. */
async function openCounters(howMany: number, options: Partial<PostgresOptions> = {}) {
  const opened = await openCounter(options);
  const ids = Array.from({ length: howMany }, (_, at) => `c${at}`);
  await opened.engine.write(async (tx) => {
    for (const id of ids) await tx.run(addition, id, 0);
  });
  return { ...opened, ids };
}

describe('steps that are run together', () => {
  test('are all done, or none where one changed no row, and nobody else can win it too', async () => {
    const { engine } = await openCounter();
    const enter = async (at: number) => engine.runTogether?.([add(`entry ${at}`), raise('c', 3)]);
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
    const enter = (below: number) =>
      engine.runTogether?.([draw(`below ${below}`, numbers), raise('c', below)]);
    expect([await enter(1), await enter(0), await enter(2)]).toEqual([
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
    const wrong = { sql: 'UPDATE nothing SET total = 1', values: [], row: 'nothing' };
    await expect(engine.runTogether?.([wrong])).rejects.toThrow('does not exist');
    await engine.runTogether?.([raise('c', 0)]);
    expect(await process()).toEqual(before);
    await engine.close();
  });

  test('must say which row they change, since two calls that change it do not go together', async () => {
    const { engine } = await openCounter();
    const { sql, values } = raise('c', 3);
    await expect(engine.runTogether?.([{ sql, values }])).rejects.toThrow('which row it changes');
    await engine.close();
  });

  test('whose connection breaks are not run again: nobody knows whether they were done', async () => {
    const { url, engine, ids } = await openCounters(4);
    const name = new URL(url).pathname.slice(1);
    const numbers: number[] = [];
    const sleep = (id: string) => ({
      sql: "UPDATE counters SET total = total + 1 WHERE id = ? AND pg_sleep(9)::text = ''",
      values: [id],
      row: id,
    });
    const sleeping = ids.map(async (id) =>
      engine.runTogether?.([draw(`of ${id}`, numbers), sleep(id)]),
    );
    const end = `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE datname = '${name}' AND wait_event = 'PgSleep'`;
    const told = Promise.allSettled(sleeping);
    await expect.poll(async () => (await admin(end)).rowCount).toBe(1);
    for (const each of await told)
      expect(each).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) });
    expect(numbers).toEqual([1, 2, 3, 4]);
    await engine.close();
  });

  test('are not offered behind a pooler, where each transaction first asks which server it is on', async () => {
    const { engine } = await openCounter({ isPooled: true });
    expect(engine.runTogether).toBeUndefined();
    await engine.close();
  });
});

describe('calls that come together', () => {
  /** By how many statements rows were added beside the counters. */
  const additions = `SELECT count(*) AS rows, count(DISTINCT xmin::text) AS statements
    FROM counters WHERE id LIKE 'of %'`;

  test('go as one statement, and each is done', async () => {
    const { engine, ids } = await openCounters(8);
    const outcomes = await Promise.all(
      ids.map(async (id) => engine.runTogether?.([add(`of ${id}`), raise(id, 1)])),
    );
    expect(outcomes).toEqual(ids.map(() => undefined));
    expect(await engine.get(additions)).toEqual({ rows: 8, statements: 1 });
    expect(await engine.get('SELECT sum(total) AS total FROM counters')).toEqual({ total: 16 });
    await engine.close();
  });

  test('have each its own outcome where one of them is refused, and no number is left out', async () => {
    const { engine, ids } = await openCounters(8, { poolSize: 1 });
    const numbers: number[] = [];
    const outcomes = await Promise.all(
      ids.map(async (id, at) =>
        engine.runTogether?.([draw(`of ${id}`, numbers), raise(id, at === 5 ? 0 : 1)]),
      ),
    );
    expect(outcomes).toEqual(ids.map((_, at) => (at === 5 ? 'too_high' : undefined)));
    expect(await engine.get(additions)).toEqual({ rows: 7, statements: 7 });
    const kept = await engine.all("SELECT total FROM counters WHERE id LIKE 'of %' ORDER BY total");
    expect(kept.map(({ total }) => total)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    // Those of the statement that failed; those of each by itself, of which one gave its own back.
    expect(numbers).toEqual([...[1, 2, 3, 4, 5, 6, 7, 8], ...[1, 2, 3, 4, 5, 6, 6, 7]]);
    await engine.close();
  });

  test('have each its own outcome where a key of one is taken', async () => {
    const { engine, ids } = await openCounters(4);
    const outcomes = await Promise.allSettled(
      ids.map(async (id, at) =>
        engine.runTogether?.([add(at === 2 ? 'c' : `of ${id}`), raise(id, 1)]),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    ]);
    expect(await engine.get(additions)).toEqual({ rows: 3, statements: 3 });
    expect(await engine.get('SELECT total FROM counters WHERE id = ?', 'c2')).toEqual({ total: 0 });
    await engine.close();
  });

  test('and change one row go one after another, in statements of their own', async () => {
    const { engine } = await openCounters(1);
    const note = {
      sql: 'UPDATE counters SET total = total + 1 WHERE id = ?',
      values: ['c0'],
      row: 'c0',
    };
    const enter = async (at: number) => engine.runTogether?.([add(`of ${at}`), note]);
    const outcomes = await Promise.all([0, 1, 2, 3].map((at) => enter(at)));
    expect(outcomes).toEqual([undefined, undefined, undefined, undefined]);
    expect(await engine.get(additions)).toEqual({ rows: 4, statements: 4 });
    expect(await engine.get('SELECT total FROM counters WHERE id = ?', 'c0')).toEqual({ total: 4 });
    await engine.close();
  });

  test('and change rows go each by itself on CockroachDB, which changes a table once in a statement', async () => {
    const url = await sayingCockroach();
    const engine = openPostgres({ url });
    await engine.write((tx) =>
      tx.run('CREATE TABLE counters (id TEXT PRIMARY KEY, total INTEGER)'),
    );
    const ids = ['c0', 'c1', 'c2', 'c3'];
    for (const id of ids) await engine.write((tx) => tx.run(addition, id, 0));
    await Promise.all(ids.map(async (id) => engine.runTogether?.([add(`of ${id}`), raise(id, 1)])));
    expect(await engine.get(additions)).toEqual({ rows: 4, statements: 4 });
    await engine.write((tx) => tx.run("DELETE FROM counters WHERE id LIKE 'of %'"));
    await Promise.all(ids.map(async (id) => engine.runTogether?.([add(`of ${id}`)])));
    expect(await engine.get(additions)).toEqual({ rows: 4, statements: 1 });
    await engine.close();
  });

  test('lock their rows in one order, in whatever order they came', async () => {
    const { engine, ids } = await openCounters(8, { poolSize: 1 });
    const numbers: number[] = [];
    const enter = async (id: string) =>
      engine.runTogether?.([draw(`of ${id}`, numbers), raise(id, 1)]);
    await Promise.all(ids.toReversed().map((id) => enter(id)));
    const kept = await engine.all("SELECT total FROM counters WHERE id LIKE 'of %' ORDER BY id");
    expect(kept.map(({ total }) => total)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await engine.close();
  });

  test('and meet those of another process lose nothing, in whatever order they came', async () => {
    const { url, engine, ids } = await openCounters(16);
    const other = openPostgres({ url });
    const enter = async (each: typeof engine, id: string) => each.runTogether?.([raise(id, 99)]);
    const rounds = Array.from({ length: 8 }, async () => {
      await Promise.all([
        ...ids.map((id) => enter(engine, id)),
        ...ids.toReversed().map((id) => enter(other, id)),
      ]);
    });
    await Promise.all(rounds);
    const totals = await engine.all("SELECT DISTINCT total FROM counters WHERE id <> 'c'");
    expect(totals).toEqual([{ total: 16 }]);
    await Promise.all([engine.close(), other.close()]);
  });

  test('wait for nobody who waits for a row that somebody else holds', async () => {
    const { url, engine, ids } = await openCounters(2);
    const holder = new Client(url);
    await holder.connect();
    await holder.query("BEGIN; UPDATE counters SET total = 7 WHERE id = 'c0'");
    const held = engine.runTogether?.([raise('c0', 99)]);
    await expect
      .poll(async () => (await admin('SELECT 1 FROM pg_locks WHERE NOT granted')).rowCount)
      .toBe(1);
    expect(await engine.runTogether?.([raise(ids[1] ?? '', 99)])).toBeUndefined();
    await holder.query('COMMIT');
    await holder.end();
    expect(await held).toBeUndefined();
    expect(await engine.get('SELECT total FROM counters WHERE id = ?', 'c0')).toEqual({ total: 8 });
    await engine.close();
  });
});

describe('questions that come together', () => {
  const merged = `SELECT count(*) AS total FROM pg_prepared_statements
    WHERE statement LIKE '%question_place%' AND statement NOT LIKE '%pg_prepared%'`;

  test('go as one statement, and each has its own answer', async () => {
    const { engine, ids } = await openCounters(8, { poolSize: 1 });
    const sql = 'SELECT id, total FROM counters WHERE id = ?';
    const asked = [...ids, 'nobody', ids[0] ?? ''];
    const answers = await Promise.all(asked.map((id) => engine.get(sql, id)));
    expect(answers.map((each) => each?.['id'])).toEqual(
      asked.map((id) => (id === 'nobody' ? undefined : id)),
    );
    // Eight, and two.
    expect(await engine.get(merged)).toEqual({ total: 2 });
    await engine.close();
  });

  test('may have several rows each, in their order, and values of any kind', async () => {
    const { engine } = await openCounters(8, { poolSize: 1 });
    const sql = "SELECT '?' AS mark, id FROM counters WHERE id > ? AND total <= ? ORDER BY id DESC";
    const answers = await Promise.all([
      engine.all(sql, 'c4', 0),
      engine.all(sql, 'c5', 0),
      engine.all(sql, 'c6', 0),
      engine.all(sql, 'c', -1),
      engine.all(sql, 'd', 2 ** 40),
    ]);
    expect(answers.map((rows) => rows.map(({ mark, id }) => `${mark}${id}`))).toEqual([
      ['?c7', '?c6', '?c5'],
      ['?c7', '?c6'],
      ['?c7'],
      [],
      [],
    ]);
    expect(await engine.get(merged)).toEqual({ total: 1 });
    await engine.close();
  });

  test('have each its own answer where one of them cannot be asked', async () => {
    const { engine, ids } = await openCounters(4);
    const sql = 'SELECT id FROM counters WHERE id = ?';
    const asked = [...ids, 'a\0b'];
    const answers = await Promise.allSettled(asked.map((id) => engine.get(sql, id)));
    expect(
      answers.map((each) => (each.status === 'fulfilled' ? each.value?.['id'] : 'refused')),
    ).toEqual([...ids, 'refused']);
    await engine.close();
  });

  test('see what was committed before they were asked', async () => {
    const { engine } = await openCounter();
    const sql = 'SELECT total FROM counters WHERE id = ?';
    for (let total = 1; total <= 20; total++) {
      const others = Array.from({ length: 5 }, () => engine.get(sql, 'c'));
      await engine.write((tx) => tx.run('UPDATE counters SET total = ?', total));
      expect(await engine.get(sql, 'c')).toEqual({ total });
      await Promise.all(others);
    }
    await engine.close();
  });

  test('and lists are asked by themselves', async () => {
    const { engine } = await openCounters(4, { poolSize: 1 });
    const sql = 'SELECT id FROM counters WHERE id > ? LIMIT ?';
    await Promise.all(['a', 'b', 'c', 'd'].map((id) => engine.all(sql, id, 2)));
    expect(await engine.get(merged)).toEqual({ total: 0 });
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

  test('say no collation to CockroachDB, which refuses it and needs none', async () => {
    const engine = openPostgres({ url: await sayingCockroach() });
    await migrate(engine);
    const sql = `SELECT DISTINCT collation_name AS name FROM information_schema.columns
      WHERE table_schema = 'said' AND data_type = 'text'`;
    expect(await engine.all(sql)).toEqual([{ name: null }]);
    await engine.close();
  });

  test('compare text byte by byte, and keep 64 bits, in a database of some language', async () => {
    const { engine } = await openCounter();
    const insert = (id: string) => engine.write((tx) => tx.run(addition, id, 2 ** 40));
    for (const id of ['B', 'a', '_', 'ä']) await insert(id);
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
      'whose search_path finds another Willcall',
      'has no tables in the schema staging, and would use those of public',
      async () => {
        const url = await newDatabase();
        await (await openDatabase({ url })).store.close();
        await admin('CREATE SCHEMA staging', `d${count}`);
        return `${url}?options=-csearch_path%3Dstaging%2Cpublic`;
      },
    ],
    [
      'whose search_path finds another program',
      'has no tables in the schema staging, and would use those of public',
      async () => {
        const url = await newDatabase();
        await admin('CREATE SCHEMA staging; CREATE TABLE migrations (id int)', `d${count}`);
        return `${url}?options=-csearch_path%3Dstaging%2Cpublic`;
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

  test('and a schema of its own is enough beside others that hold Willcall', async () => {
    const url = await newDatabase();
    await (await openDatabase({ url })).store.close();
    await admin('CREATE SCHEMA staging', `d${count}`);
    const alone = `${url}?options=-csearch_path%3Dstaging`;
    await (await openDatabase({ url: alone })).store.close();
    // What the sentence about it asks for is done: both may be on the path again.
    await (await openDatabase({ url: `${alone}%2Cpublic` })).store.close();
    const sql = `SELECT count(*)::int AS total FROM information_schema.tables
      WHERE table_name = 'migrations'`;
    expect((await admin(sql, `d${count}`)).rows).toEqual([{ total: 2 }]);
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

  test('is settled however long that takes', async () => {
    const engine = openPostgres({ url: await newDatabase(), statementTimeout: 200 });
    let isSettled = false;
    await engine.watchTimeline(async (tx) => {
      await tx.get('SELECT pg_sleep(1)');
      return () => {
        isSettled = true;
      };
    });
    expect(isSettled).toBe(true);
    await engine.close();
  });

  test('is settled once in a process, and whoever waits for it is told that storage does not work', async () => {
    const engine = openPostgres({ url: await newDatabase() });
    const settled = Promise.withResolvers<void>();
    let jobs = 0;
    const watching = engine.watchTimeline(async () => {
      jobs += 1;
      await settled.promise;
      return () => {};
    });
    await expect.poll(() => jobs).toBe(1);
    const asked = Array.from({ length: 4 }, () => engine.ping());
    for (const each of await Promise.allSettled(asked))
      expect(each).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) });
    settled.resolve();
    await watching;
    await engine.ping();
    expect(jobs).toBe(1);
    await engine.close();
  });

  test.each([
    [false, 1],
    // Nothing ends by it there.
    [true, 0],
  ])(
    'unseen, since the account may not look, is warned of (lossless: %s): %i',
    async (isLossless, warnings) => {
      const url = await newDatabase();
      const name = `d${count}`;
      await (await openDatabase({ url })).store.close();
      await admin(`CREATE ROLE ${name} LOGIN PASSWORD 'blind'`);
      await admin(`REVOKE EXECUTE ON FUNCTION pg_control_system FROM PUBLIC`, name);
      await admin(
        `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name}`,
        name,
      );
      const warned: string[] = [];
      vi.spyOn(process, 'emitWarning').mockImplementation((text) => void warned.push(String(text)));
      onTestFinished(() => void vi.restoreAllMocks());
      const blind = new URL(url);
      blind.username = name;
      blind.password = 'blind';
      const { store } = await openDatabase({ url: blind.href, isLossless });
      await Promise.all([store.ping(), store.ping(), store.instance.find()]);
      await store.close();
      expect(warned).toHaveLength(warnings);
      for (const each of warned) {
        expect(each).toContain('does not let this account read its timeline');
        expect(each).not.toContain('blind');
      }
    },
  );
});

describe('a raise of the fence beside a server that is used', () => {
  async function openServer() {
    const url = await newDatabase();
    const service = await openService({
      database: {
        environment: undefined,
        openingProgram: '',
        open: () => openPostgres({ url }),
        dump: () => ({}),
        close: async () => {},
      },
    });
    onTestFinished(() => service.close());
    const { store } = service.world;
    const raiseFence = () => store.fence.raise({ reason: 'operator', now: service.clock.now() });
    return { service, store, raiseFence, name: new URL(url).pathname.slice(1) };
  }

  /** A sign-in with a password that waits for its second factor, and the call that gives it. */
  async function beginSignIn(service: TestService) {
    const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    const password = 'a row of eleven seats';
    const user = await createPerson(service, { totp_secret: secret, password });
    const browser = service.browser();
    const { body } = await browser.post<SignInJSON>('/v1/client/sign_ins', {
      ...{ strategy: 'password', identifier: addressOf(user), password },
    });
    const { id } = body.response;
    const url = `/v1/client/sign_ins/${id}/attempt_second_factor`;
    return { id, browser, url, form: { strategy: 'totp', code: codeOf(secret, service.clock) } };
  }

  /** A transaction of somebody else that holds rows. */
  async function hold(name: string, sql: string): Promise<() => Promise<void>> {
    const holder = new Client(server.url(name));
    await holder.connect();
    await holder.query(`BEGIN; ${sql}`);
    return async () => {
      await holder.query('COMMIT');
      await holder.end();
    };
  }

  const untilOneWaits = () =>
    expect
      .poll(async () => (await admin('SELECT 1 FROM pg_locks WHERE NOT granted')).rowCount)
      .toBe(1);

  test('loses to nobody, and whatever was there before has ended', async () => {
    const { service, store, raiseFence, name } = await openServer();
    const people = await Promise.all(Array.from({ length: 4 }, () => signInPerson(service)));
    const tickets: string[] = [];
    for (const { user } of people)
      for (let at = 0; at < 8; at += 1) tickets.push((await issueTicket(service, user.id)).token);
    // So that something happens meanwhile, however fast the machine is.
    await admin(
      `CREATE FUNCTION take_time() RETURNS trigger LANGUAGE plpgsql AS
         'BEGIN PERFORM pg_sleep(0.5); RETURN NULL; END';
       CREATE TRIGGER slow AFTER INSERT ON fence_raises EXECUTE FUNCTION take_time()`,
      name,
    );
    const touchUntilEnded = async (id: string) => {
      const now = service.clock.now();
      const use = { now, abandonAt: now + 1_000_000, activate: true };
      let touched = 0;
      while (await store.sessions.touch(id, use)) touched += 1;
      return touched;
    };
    const touching = people.map(({ sessionId }) => touchUntilEnded(sessionId));
    const redeeming = [0, 1].map(async (half) => {
      const told: number[] = [];
      for (const [at, ticket] of tickets.entries())
        if (at % 2 === half) told.push((await redeem(service.browser(), ticket)).status);
      return told;
    });
    expect(await raiseFence()).toMatchObject({ epoch: 2 });
    for (const touched of await Promise.all(touching)) expect(touched).toBeGreaterThan(0);
    const told = (await Promise.all(redeeming)).flat();
    const { rows } = await admin(
      `SELECT (SELECT count(*) FROM sessions WHERE status = 'active')::int AS sessions,
         (SELECT count(*) FROM sign_in_tokens WHERE status = 'pending')::int AS tickets,
         (SELECT count(*) FROM sign_in_tokens WHERE status = 'accepted')::int AS accepted`,
      name,
    );
    const accepted = people.length + told.filter((status) => status === 200).length;
    expect(rows).toEqual([{ sessions: 0, tickets: 0, accepted }]);
    // What is of the new history works.
    expect(await signInPerson(service)).toMatchObject({ sessionId: expect.any(String) });
  });

  test('ends the session of a sign-in that was faster at its own row', async () => {
    const { service, raiseFence, name } = await openServer();
    const first = await beginSignIn(service);
    const second = await beginSignIn(service);
    const letGo = await hold(name, `SELECT id FROM sign_ins WHERE id = '${first.id}' FOR UPDATE`);
    const raising = raiseFence();
    await untilOneWaits();
    expect((await second.browser.post(second.url, second.form)).status).toBe(200);
    await letGo();
    expect(await raising).toMatchObject({ endedSessions: 1 });
    expect((await admin('SELECT status FROM sessions', name)).rows).toEqual([
      { status: 'revoked' },
    ]);
  });

  test('ends a sign-in under way, whatever the clock of who raises it says', async () => {
    const { service, store } = await openServer();
    const { url, browser, form } = await beginSignIn(service);
    const now = service.clock.now() + 3_600_000;
    await store.fence.raise({ reason: 'operator', now });
    expect((await browser.post(url, form)).code).toBe('sign_in_step_invalid');
  });

  test('never takes the mark back that somebody moves on meanwhile', async () => {
    const { store, raiseFence, name } = await openServer();
    const letGo = await hold(name, 'UPDATE instance SET mark = mark + 40');
    const raising = raiseFence();
    await untilOneWaits();
    await letGo();
    expect(await raising).toMatchObject({ epoch: 2, mark: 41 });
    expect(await store.fence.find()).toEqual({ epoch: 2, mark: 41 });
  });

  test('happens as often as it is asked for at the same time', async () => {
    const { raiseFence } = await openServer();
    const raised = await Promise.all(Array.from({ length: 4 }, raiseFence));
    expect(raised.map(({ epoch }) => epoch).toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5]);
  });
});

test('the run of this project is about PostgreSQL', () => {
  expect(inject('postgresUrl')).toMatch(/^postgresql:/);
});
