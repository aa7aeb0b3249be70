import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import type { Engine } from '../../src/store/engine.ts';
import { holdLease } from '../../src/store/migration-lease.ts';
import { migrate, readSchema, stepNames } from '../../src/store/migrations.ts';
import { openPostgres } from '../../src/store/postgres-engine.ts';
import { addressOf, ask } from '../database/postgres.ts';
import { testDatabase, type TestDatabase } from '../database/test-database.ts';

let database: TestDatabase;

beforeEach(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-lease-'));
  database = await testDatabase(folder);
  onTestFinished(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
});

/** The engine of one more process. */
function openEngine(open: () => Engine = database.open): Engine {
  const engine = open();
  onTestFinished(() => engine.close());
  return engine;
}

/** Takes the lease, and says when it has it. */
function wait(engine: Engine, leaseTime?: number) {
  const waiting = { hasIt: false, release: async () => {} };
  const taken = holdLease(engine, leaseTime).then(({ release }) => {
    Object.assign(waiting, { hasIt: true, release });
  });
  onTestFinished(() => taken.then(() => waiting.release()));
  return waiting;
}

async function rowsOfLease(engine: Engine): Promise<number> {
  return (await engine.all('SELECT * FROM migration_lease')).length;
}

describe('the lease of the schema', () => {
  test('lets the next one in when it is given back, and not before', async () => {
    const first = await holdLease(openEngine());
    const next = wait(openEngine());
    await pause(1000);
    expect(next.hasIt).toBe(false);
    await first.release();
    await expect.poll(() => next.hasIt).toBe(true);
  });

  test('of one who died is taken when its time is over, and not before', async () => {
    const engine = openEngine();
    await (await holdLease(engine)).release();
    const expiresAt = Number(await engine.now?.()) + 2000;
    const sql = `INSERT INTO migration_lease (id, holder, expires_at) VALUES ('schema', 'gone', ?)`;
    await engine.write((tx) => tx.run(sql, expiresAt));
    await (await holdLease(openEngine())).release();
    expect(await engine.now?.()).toBeGreaterThanOrEqual(expiresAt);
    expect(await rowsOfLease(engine)).toBe(0);
  });

  test('is kept for as long as a step takes, however long that is', async () => {
    const leaseTime = 3000;
    const first = await holdLease(openEngine(), leaseTime);
    const next = wait(openEngine());
    await pause(2 * leaseTime);
    expect(next.hasIt).toBe(false);
    await first.release();
    await expect.poll(() => next.hasIt).toBe(true);
  });

  test('is judged by the clock of the database, whatever that of the machine says', async () => {
    const first = await holdLease(openEngine());
    const rightNow = Date.now;
    vi.spyOn(Date, 'now').mockImplementation(() => rightNow() + 3_600_000);
    onTestFinished(() => void vi.restoreAllMocks());
    const next = wait(openEngine());
    await pause(1000);
    expect(next.hasIt).toBe(false);
    await first.release();
    await expect.poll(() => next.hasIt).toBe(true);
  });

  test('is not taken again by a renewal that was under way when it was given back', async () => {
    const engine = openEngine();
    const slow = { calls: 0 };
    const busy: Engine = {
      ...engine,
      async write(job, how) {
        slow.calls += 1;
        // The table, the lease, and then the renewal: it comes late.
        if (slow.calls === 3) await pause(1000);
        return engine.write(job, how);
      },
    };
    const held = await holdLease(busy, 3000);
    await expect.poll(() => slow.calls, { interval: 10 }).toBe(3);
    await held.release();
    await pause(1500);
    expect(await rowsOfLease(engine)).toBe(0);
  });
});

/** A database without anything in it, as `count` processes open it. */
async function openEmpty(count: number): Promise<readonly Engine[]> {
  const server = inject('postgresUrl');
  const name = `lease_${process.pid}_${Math.floor(performance.now())}`;
  await ask(server, `CREATE DATABASE ${name}`);
  const url = addressOf(server, name);
  return Array.from({ length: count }, () => openEngine(() => openPostgres({ url })));
}

test('of two nodes that start on an empty database one makes the schema, and the other waits and does nothing', async () => {
  const [one, other] = await openEmpty(2);
  if (!one || !other) throw new TypeError('there are two');
  const ran = await Promise.all([migrate(one), migrate(other)]);
  expect(ran.toSorted((some, others) => some.length - others.length)).toEqual([[], stepNames]);
  expect((await readSchema(one)).pending).toEqual([]);
  expect(await rowsOfLease(one)).toBe(0);
});
