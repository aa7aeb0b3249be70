import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { auditEntry, operator } from '../src/domain/audit-log/audit-log.ts';
import { sealAuditLog, verifyAuditLog } from '../src/domain/audit-log/verify.ts';
import type { World } from '../src/domain/world.ts';
import { appendAudit, auditLogStore, eraseFromAudit, waitingLine } from '../src/store/audit-log.ts';
import type { Engine } from '../src/store/engine.ts';
import { migrate, migrateTo, stepNames } from '../src/store/migrations.ts';
import { openSqlite } from '../src/store/sqlite-engine.ts';
import { openSecretBox } from '../src/world/secret-box.ts';
import { isOnPostgres, testDatabase } from './database/test-database.ts';

let engine: Engine;
let other: Engine;
let world: World;

beforeEach(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-tail-'));
  const database = await testDatabase(folder);
  engine = database.open();
  other = database.open();
  await migrate(engine);
  world = worldOver(engine);
  onTestFinished(async () => {
    await Promise.all([engine.close(), other.close()]);
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
});

function worldOver(of: Engine): World {
  return {
    store: { auditLog: auditLogStore(of) },
    pepper: openSecretBox('a secret of this test').mac,
    clock: { now: () => 1_700_000_000_000 },
    randomBytes: (size: number) => new Uint8Array(size).fill(7),
  } as unknown as World;
}

function entryOf(name: string) {
  return auditEntry(
    world,
    { ...operator, network: '203.0.113.0/24' },
    { action: 'test', subjectId: name, userId: `user_${name}`, detail: { name } },
  );
}

const write = (name: string, by = engine) =>
  by.write((tx) => appendAudit(tx, entryOf(name))).then(() => name);

/** One after another, so that all are in one lane. */
async function writeAll(names: readonly string[]): Promise<void> {
  for (const name of names) await write(name);
}

async function change(sql: string, ...values: (string | number)[]): Promise<void> {
  expect(await engine.write((tx) => tx.run(sql, ...values))).toBe(1);
}

const problems = async () => (await verifyAuditLog(world)).problems;
const waiting = () => engine.all('SELECT * FROM audit_tail ORDER BY drawn_at');
const subjects = async () =>
  (await world.store.auditLog.list({}, 1000)).map(({ subjectId }) => subjectId).toReversed();

describe('lines that wait to be sealed', () => {
  test('of two servers at once, sealed by both at once, are one whole chain without a repeat', async () => {
    const names = Array.from({ length: 200 }, (_, at) => `sit_${at}`);
    const sealing = [];
    const writing = names.map((name, at) => write(name, at % 2 ? engine : other));
    for (let more = 0; more < 8; more++)
      sealing.push(sealAuditLog(more % 2 ? world : worldOver(other)));
    await Promise.all([...writing, ...sealing]);
    expect(await verifyAuditLog(world)).toMatchObject({ count: 200, problems: [] });
    expect((await subjects()).toSorted()).toEqual(names.toSorted());
    expect(await waiting()).toEqual([]);
  });

  test.runIf(isOnPostgres())(
    'are all sealed for whoever asks, those that another server takes meanwhile as well',
    async () => {
      await engine.write(async (tx) => {
        for (let at = 0; at < 1300; at += 1) await appendAudit(tx, entryOf(`sit_${at}`));
      });
      const left = await Promise.all(
        [world, worldOver(other)].map(async (asker) => {
          await sealAuditLog(asker);
          return (await waiting()).length;
        }),
      );
      expect(left).toEqual([0, 0]);
      expect(await verifyAuditLog(world)).toMatchObject({ count: 1300, problems: [] });
    },
  );

  test('keep the order in which one server wrote them', async () => {
    const names = Array.from({ length: 20 }, (_, at) => `sit_${at}`);
    await writeAll(names);
    await sealAuditLog(world);
    expect(await subjects()).toEqual(names);
  });

  test('of a job that failed or ran again leave no gap', async () => {
    await write('before');
    await expect(
      engine.write(async (tx) => {
        await appendAudit(tx, entryOf('undone'));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await write('after');
    expect(await problems()).toEqual([]);
    await sealAuditLog(world);
    expect(await subjects()).toEqual(['before', 'after']);
  });

  // Nor do calls go as one on the embedded database, or behind a pooler.
  test.skipIf(!isOnPostgres() || inject('poolerUrl') !== undefined)(
    'of calls that went as one, of which one was refused, leave no gap',
    async () => {
      await engine.write((tx) =>
        tx.run('CREATE TABLE doors (id TEXT PRIMARY KEY, is_open INTEGER)'),
      );
      const names = Array.from({ length: 16 }, (_, at) => `door_${at}`);
      for (const [at, name] of names.entries())
        await engine.write((tx) =>
          tx.run('INSERT INTO doors (id, is_open) VALUES (?, ?)', name, at === 9 ? 0 : 1),
        );
      const enter = async (name: string) =>
        engine.runTogether?.([
          {
            sql: 'UPDATE doors SET is_open = 1 WHERE id = ? AND is_open = 1',
            values: [name],
            otherwise: 'closed',
            row: name,
          },
          waitingLine(entryOf(name)),
        ]);
      const outcomes = await Promise.all(names.map(enter));
      expect(outcomes.filter((each) => each === 'closed')).toHaveLength(1);
      await Promise.all(names.map(enter));
      await write('after');
      expect(await verifyAuditLog(world)).toMatchObject({ count: 31, problems: [] });
    },
  );

  test.skipIf(isOnPostgres())(
    'are those of jobs that are alone: who shares a commit goes to the chain with the others',
    async () => {
      await Promise.all(['a', 'b', 'c'].map((name) => write(name)));
      expect(await waiting()).toEqual([]);
      await write('alone');
      expect((await waiting()).map((row) => row['subject_id'])).toEqual(['alone']);
      expect(await verifyAuditLog(world)).toMatchObject({ count: 4, problems: [] });
    },
  );

  test.skipIf(isOnPostgres())(
    'come before those that go to the chain after them, the line of a deletion too',
    async () => {
      const remove = (name: string) =>
        engine.write(async (tx) => {
          await eraseFromAudit(tx, `user_${name}`);
          const by = { action: 'user.deleted', subjectId: `user_${name}` };
          await appendAudit(tx, auditEntry(world, operator, by));
        });
      await writeAll(['a', 'b']);
      await Promise.all([write('c'), remove('a'), write('d')]);
      expect(await subjects()).toEqual(['a', 'b', 'c', 'user_a', 'd']);
      await write('e');
      await remove('e');
      await write('f');
      expect(await problems()).toEqual([]);
      expect(await subjects()).toEqual(['a', 'b', 'c', 'user_a', 'd', 'e', 'user_e', 'f']);
    },
  );

  test('of a server whose clock is ahead may come behind the deletion that erased them', async () => {
    const { now } = performance;
    const ahead = vi
      .spyOn(performance, 'now')
      .mockImplementation(() => now.call(performance) + 5000);
    await write('a');
    ahead.mockRestore();
    await other.write(async (tx) => {
      await eraseFromAudit(tx, 'user_a');
      const by = { action: 'user.deleted', subjectId: 'user_a' };
      await appendAudit(tx, auditEntry(world, operator, by));
    });
    expect(await problems()).toEqual([]);
    expect(await subjects()).toEqual(['user_a', 'a']);
  });

  test('of a server that is gone are sealed by another one', async () => {
    await write('last words', other);
    expect((await verifyAuditLog(world)).count).toBe(1);
  });

  test('lose what they tell of a user who is erased', async () => {
    await writeAll(['a', 'b']);
    await engine.write((tx) => eraseFromAudit(tx, 'user_a'));
    await sealAuditLog(world);
    const lines = (await world.store.auditLog.list({}, 10)).toReversed();
    expect(lines.map(({ personal }) => personal)).toEqual([
      undefined,
      { network: '203.0.113.0/24' },
    ]);
    expect(await problems()).toEqual(['What line 1 told of a person was removed.']);
  });
});

test.skipIf(isOnPostgres())(
  'lines that waited before the table was laid out anew are sealed as ever',
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'willcall-tail-'));
    const earlier = openSqlite(path.join(folder, 'willcall.db'));
    onTestFinished(async () => {
      await earlier.close();
      await rm(folder, { recursive: true, force: true });
    });
    const before = stepNames.filter((name) => name < '019');
    await migrateTo(earlier, before);
    await write('a', earlier);
    expect(await migrate(earlier)).toEqual(stepNames.slice(before.length));
    await write('b', earlier);
    expect(await verifyAuditLog(worldOver(earlier))).toMatchObject({ count: 2, problems: [] });
  },
);

describe('a line that waits and', () => {
  test('is changed in any column is found', async () => {
    await write('first');
    const [columns = {}] = await waiting();
    let tried = 0;
    for (const [column, value] of Object.entries(columns)) {
      // SQLite keeps a text where a number belongs.
      const ofNumber =
        typeof value === 'number' ? [value + 1, ...(isOnPostgres() ? [] : ['x'])] : [];
      const isJson = column === 'detail' || column === 'personal';
      const ofText = isJson ? ['{"name":"another"}', 'no JSON'] : [`${String(value)}x`];
      for (const changed of typeof value === 'number' ? ofNumber : ofText) {
        const name = `changed_${column}_${changed}`;
        await write(name);
        await change(`UPDATE audit_tail SET ${column} = ? WHERE subject_id = ?`, changed, name);
        // Others are written all the same, where they share a commit too.
        await Promise.all([write('beside'), write('beside')]);
        const { problems: found, count } = await verifyAuditLog(world);
        // It is one of the three: a changed time puts it elsewhere among them.
        const named = found.map((each) => Number(/ine (\d+)/.exec(each)?.[1]));
        expect([name, named.some((number) => number > count - 3)]).toEqual([name, true]);
        tried += 1;
      }
    }
    expect(tried).toBe(isOnPostgres() ? 16 : 19);
  });

  test('told nothing more, and tells null in its place, is found', async () => {
    const plain = auditEntry(world, operator, { action: 'test', subjectId: 'plain' });
    await engine.write((tx) => appendAudit(tx, plain));
    await change("UPDATE audit_tail SET detail = 'null' WHERE subject_id = 'plain'");
    expect(await problems()).toEqual(['Line 1 was changed, or does not follow the line before.']);
  });

  test('is taken away is found by the next one of its server', async () => {
    await writeAll(['a', 'b', 'c']);
    await change("DELETE FROM audit_tail WHERE subject_id = 'b'");
    expect(await problems()).toEqual(['Before line 2, 1 of its server are missing.']);
    await change("DELETE FROM audit_log WHERE subject_id = 'c'");
    expect(await problems()).not.toEqual([]);
  });

  test('is the last one and taken away is found when its server writes again', async () => {
    await writeAll(['a', 'b']);
    await change("DELETE FROM audit_tail WHERE subject_id = 'b'");
    await sealAuditLog(world);
    await write('c');
    expect(await problems()).toEqual(['Before line 2, 1 of its server are missing.']);
  });

  test('was sealed and is put there again is found', async () => {
    await write('a');
    const [row = {}] = await waiting();
    await sealAuditLog(world);
    const columns = Object.keys(row);
    const sql = `INSERT INTO audit_tail (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
    await engine.write((tx) => tx.run(sql, ...Object.values(row)));
    expect(await problems()).toEqual(['Line 2 was put in: its server wrote it earlier.']);
  });

  test('is put in without the instance secret is found', async () => {
    await write('a');
    await change(
      `INSERT INTO audit_tail (lane, lane_number, drawn_at, at, action, agent_kind, subject_id, detail, mac)
       VALUES ('lane', 1, 1, 1, 'test', 'operator', 'forged', '{}', ?)`,
      'forged',
    );
    expect(await problems()).toEqual(['Line 1 was changed, or does not follow the line before.']);
  });
});
