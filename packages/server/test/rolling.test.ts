import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { NewerDatabase, OlderDatabase, StoreUnavailable } from '../src/domain/store.ts';
import type { Engine } from '../src/store/engine.ts';
import { exportData } from '../src/store/export.ts';
import { migrate, readSchema, stepNames, versionOf } from '../src/store/migrations.ts';
import { openStore } from '../src/store/open.ts';
import { leftTables, movedTables } from '../src/store/tables.ts';
import { isOnPostgres, testDatabase, type TestDatabase } from './database/test-database.ts';
import { createOrganization } from './invited.ts';
import { issueTicket, redeem, signInPerson } from './people.ts';
import { openService, type TestService } from './service.ts';

let database: TestDatabase;
let engine: Engine;

beforeEach(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-rolling-'));
  database = await testDatabase(folder);
  engine = database.open();
  onTestFinished(async () => {
    await engine.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
});

async function serve(): Promise<TestService> {
  const service = await openService({ database, settings: { hasOrganizations: true } });
  onTestFinished(() => service.close());
  return service;
}

const nextVersion = Math.max(...stepNames.map(versionOf)) + 1;

/** What the next version might add: to every table columns of each kind, an index, and a table. */
async function bringNextVersion(version = nextVersion): Promise<void> {
  const tables = [...movedTables.map(({ name }) => name), ...leftTables].filter(
    (name) => !['migrations', 'migration_lease'].includes(name),
  );
  const statements = [
    ...tables.flatMap((table) => [
      `ALTER TABLE ${table} ADD COLUMN next_text TEXT`,
      `ALTER TABLE ${table} ADD COLUMN next_number BIGINT NOT NULL DEFAULT 0`,
      `ALTER TABLE ${table} ADD COLUMN next_word TEXT NOT NULL DEFAULT 'plain'`,
      `CREATE INDEX next_${table} ON ${table} (next_text)`,
    ]),
    'CREATE TABLE next_things (id TEXT PRIMARY KEY)',
  ];
  for (const sql of statements) await engine.write((tx) => tx.run(sql), { isLong: true });
  await addStep(`v${version}-999-next`);
}

function addStep(name: string): Promise<unknown> {
  const sql = 'INSERT INTO migrations (name, applied_at) VALUES (?, 0)';
  return engine.write((tx) => tx.run(sql, name));
}

/** Issue, redeem and refresh, with what belongs to them, from several sides at once. */
async function useAll(service: TestService): Promise<void> {
  await Promise.all(
    Array.from({ length: 12 }, async () => {
      const { user, browser, sessionId } = await signInPerson(service);
      const token = await browser.post(`/v1/client/sessions/${sessionId}/tokens`);
      expect(token.status).toBe(200);
      const spent = await issueTicket(service, user.id);
      const again = await redeem(service.browser(), spent.token);
      expect(again.status).toBe(200);
      expect((await redeem(service.browser(), spent.token)).code).toBe(
        'sign_in_token_already_used_code',
      );
      await service.backend('POST', `/v1/sessions/${sessionId}/revoke`);
      const ended = await browser.post(`/v1/client/sessions/${sessionId}/tokens`);
      expect(ended.status).toBe(401);
    }),
  );
  await createOrganization(service);
  for (const url of ['/v1/users', '/v1/sign_in_tokens', '/v1/invitations', '/v1/organizations'])
    expect([url, (await service.backend('GET', url)).status]).toEqual([url, 200]);
}

describe('a server of this version beside the schema of the next one', () => {
  test('goes on when that comes while it runs', async () => {
    const service = await serve();
    await useAll(service);
    const running = { isOver: false };
    const meanwhile = (async () => {
      while (!running.isOver) await signInPerson(service);
    })();
    await bringNextVersion();
    running.isOver = true;
    await meanwhile;
    await useAll(service);
  });

  test('starts, and serves', async () => {
    await openStore(engine);
    await bringNextVersion();
    expect((await readSchema(engine)).ahead).toEqual([`v${nextVersion}-999-next`]);
    await useAll(await serve());
  });

  test('exports nothing: it would leave out what it does not know', async () => {
    await openStore(engine);
    await bringNextVersion();
    const request = { seal: String, now: 0, write: async () => {} };
    await expect(exportData(engine, request)).rejects.toThrow('written by a newer version');
  });
});

test.runIf(isOnPostgres())(
  'a step gives way to whoever reads its table for long, so that nobody waits behind it',
  async () => {
    await openStore(engine);
    const step = () =>
      engine.write((tx) => tx.run('ALTER TABLE users ADD COLUMN next_text TEXT'), {
        isLong: true,
        changesSchema: true,
      });
    await engine.snapshot(async (reader) => {
      await reader.all('SELECT * FROM users');
      await expect(step()).rejects.toBeInstanceOf(StoreUnavailable);
      expect(await engine.all('SELECT * FROM users')).toEqual([]);
    });
    await step();
  },
);

describe('a schema is refused', () => {
  test.each([
    ['of the version after the next one', `v${nextVersion + 1}-999-later`],
    ['with a step of this version that nobody knows', '999-unknown'],
  ])('%s', async (_what, name) => {
    await openStore(engine);
    await addStep(name);
    await expect(openStore(engine)).rejects.toBeInstanceOf(NewerDatabase);
  });

  test('of the next version where steps of this one are missing', async () => {
    await openStore(engine);
    await addStep(`v${nextVersion}-999-next`);
    await engine.write((tx) =>
      tx.run('DELETE FROM migrations WHERE name = ?', '012-create-organizations'),
    );
    await expect(openStore(engine)).rejects.toBeInstanceOf(NewerDatabase);
  });

  test('that is behind, where nobody may bring it up to date by the way', async () => {
    await openStore(engine);
    // As it was one step before; the step can run again.
    const last = '012-create-organizations';
    await engine.write(async (tx) => {
      await tx.run('DROP INDEX organizations_by_creator');
      await tx.run('DELETE FROM migrations WHERE name = ?', last);
    });
    const refused: unknown = await openStore(engine, 'refuse').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(OlderDatabase);
    expect((refused as OlderDatabase).steps).toEqual([last]);
    expect((await readSchema(engine)).pending.map(({ name }) => name)).toEqual([last]);
    expect(await migrate(engine)).toEqual([last]);
    await openStore(engine, 'refuse');
  });
});
