import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SignInJSON } from '@willcall/contract';
import { describe, expect, onTestFinished, test } from 'vitest';
import { verifyAuditLog } from '../src/domain/audit-log/verify.ts';
import { DatabaseRefused } from '../src/domain/store.ts';
import type { Engine, SqlValue } from '../src/store/engine.ts';
import { countLines, MoveError } from '../src/store/export-lines.ts';
import { exportData } from '../src/store/export.ts';
import { importIntoFolder } from '../src/store/import-folder.ts';
import { importData, type Imported, openExport } from '../src/store/import.ts';
import { emptiedTables } from '../src/store/fence.ts';
import { readSchema, stepNames } from '../src/store/migrations.ts';
import { openStore } from '../src/store/open.ts';
import { leftTables, movedTables } from '../src/store/tables.ts';
import { openSecretBox } from '../src/world/secret-box.ts';
import {
  isOnPostgres,
  sqliteIn,
  testDatabase,
  type TestDatabase,
} from './database/test-database.ts';
import { createOrganization, invite } from './invited.ts';
import {
  addressOf,
  createPerson,
  issueTicket,
  redeem,
  rightPassword,
  signInPerson,
} from './people.ts';
import { openService, type TestService } from './service.ts';

const box = openSecretBox('a secret of the tests that opens nothing else');
const seal = (text: string) => box.mac('export', text);

/** From the engine, to the engine. */
type Way = readonly [from: 'SQLite' | 'PostgreSQL', to: 'SQLite' | 'PostgreSQL'];

const ways: readonly Way[] = isOnPostgres()
  ? [
      ['SQLite', 'PostgreSQL'],
      ['PostgreSQL', 'SQLite'],
      ['PostgreSQL', 'PostgreSQL'],
    ]
  : [['SQLite', 'SQLite']];

/** An empty database with an end at the end of the test. */
async function databaseOn(kind: Way[number]): Promise<TestDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-moving-'));
  const database =
    kind === 'SQLite' ? sqliteIn(path.join(folder, 'willcall.db')) : await testDatabase(folder);
  onTestFinished(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
  return database;
}

async function openEngine(database: TestDatabase): Promise<Engine> {
  const engine = database.open();
  onTestFinished(() => engine.close());
  return engine;
}

async function serve(database: TestDatabase): Promise<TestService> {
  const service = await openService({ database, settings: { hasOrganizations: true } });
  onTestFinished(() => service.close());
  return service;
}

async function exported(engine: Engine): Promise<string> {
  let text = '';
  await exportData(engine, {
    seal,
    now: Date.now(),
    write: async (lines) => void (text += lines),
  });
  return text;
}

async function* streamOf(text: string | Buffer): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  // Ends of chunks fall into the middle of lines and of letters.
  for (let at = 0; at < bytes.length; at += 777) yield bytes.subarray(at, at + 777);
}

async function put(
  engine: Engine,
  text: string | Buffer,
  request: Partial<Parameters<typeof importData>[2]> = {},
): Promise<Imported> {
  const opened = await openExport(streamOf(text));
  return importData(engine, opened, { seal, now: Date.now(), above: undefined, ...request });
}

/** Every row of what is moved, in the order of its key. */
async function allRows(engine: Engine): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {};
  for (const { name, key, left = [] } of movedTables) {
    const rows = await engine.all(`SELECT * FROM ${name} ORDER BY ${key.join(', ')}`);
    tables[name] = rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([column]) => !left.includes(column))),
    );
  }
  return tables;
}

/** Three kinds of rows in each table, and more than two pages of them. */
const many = 1203;

async function fill(engine: Engine): Promise<void> {
  await (await openStore(engine)).ping();
  for (const { name } of movedTables) {
    const columns = await columnsOf(engine, name);
    const total = name === 'instance' ? 1 : many;
    for (let begin = 0; begin < total; begin += 100) {
      const size = Math.min(100, total - begin);
      const rows = Array.from({ length: size }, (_, at) =>
        columns.map((column) => valueFor(name, column, begin + at)),
      );
      const marks = rows.map((row) => `(${row.map(() => '?').join(', ')})`).join(', ');
      const names = columns.map(({ column }) => column).join(', ');
      const sql = `INSERT INTO ${name} (${names}) VALUES ${marks}`;
      await engine.write((tx) => tx.run(sql, ...rows.flat()));
    }
  }
}

interface Column {
  readonly column: string;
  readonly isText: boolean;
  readonly isNullable: boolean;
}

async function columnsOf(engine: Engine, table: string): Promise<readonly Column[]> {
  const rows = engine.isShared
    ? await engine.all(
        `SELECT column_name AS name, data_type AS type, is_nullable = 'NO' AS strict
         FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ?`,
        table,
      )
    : await engine.all(
        `SELECT name, type, "notnull" OR pk AS strict FROM pragma_table_info(?)`,
        table,
      );
  return rows.map(({ name, type, strict }) => ({
    column: String(name),
    isText: String(type).toLowerCase() === 'text',
    isNullable: !strict,
  }));
}

function valueFor(table: string, { column, isText, isNullable }: Column, at: number): SqlValue {
  if (table === 'instance' && column === 'type') return 'development';
  if (table === 'instance' && column === 'settings') return '{}';
  if (table === 'identifications' && column === 'user_id') return `users id ${at} “ü\n🎭”`;
  if (isNullable && at % 3 === 0) return null;
  return isText ? `${table} ${column} ${at} “ü\n🎭”` : at * 1_000_003;
}

/** Names of tables and their primary keys, as the database has them. */
async function schemaOf(engine: Engine): Promise<Record<string, string[]>> {
  const rows = engine.isShared
    ? await engine.all(
        `SELECT t.table_name AS name, k.column_name AS part
         FROM information_schema.tables t
         LEFT JOIN information_schema.table_constraints c
           ON c.table_schema = t.table_schema AND c.table_name = t.table_name AND c.constraint_type = 'PRIMARY KEY'
         LEFT JOIN information_schema.key_column_usage k
           ON k.constraint_schema = c.constraint_schema AND k.constraint_name = c.constraint_name
         WHERE t.table_schema = current_schema() ORDER BY k.ordinal_position`,
      )
    : await engine.all(
        `SELECT m.name, i.name AS part FROM sqlite_master m, pragma_table_info(m.name) i
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND i.pk > 0 ORDER BY i.pk`,
      );
  const keys: Record<string, string[]> = {};
  for (const { name, part } of rows) (keys[String(name)] ??= []).push(String(part));
  return keys;
}

test('it is decided for every table whether it moves, and by which key it is read', async () => {
  const engine = await openEngine(await databaseOn(isOnPostgres() ? 'PostgreSQL' : 'SQLite'));
  await openStore(engine);
  const schema = await schemaOf(engine);
  const decided = [...movedTables.map(({ name }) => name), ...leftTables];
  expect(new Set(decided).size).toBe(decided.length);
  // The lease is made where processes share a database.
  const found = new Set([...Object.keys(schema), 'migration_lease']);
  expect([...found].toSorted()).toEqual(decided.toSorted());
  for (const { name, key } of movedTables) expect([name, schema[name]]).toEqual([name, key]);
  for (const name of emptiedTables) expect(leftTables).toContain(name);
});

describe.each(ways)('from %s to %s', (from, to) => {
  test('every row arrives as it was, from tables of several pages', async () => {
    const source = await openEngine(await databaseOn(from));
    await fill(source);
    const target = await openEngine(await databaseOn(to));
    const now = Date.now();
    const text = await exported(source);
    const { rows } = await put(target, text, { now });
    // The same raise there, and both are the same.
    await (await openStore(source)).fence.raise({ reason: 'import', now });
    const arrived = await allRows(target);
    expect(arrived).toEqual(await allRows(source));
    expect(rows).toBe(1 + (movedTables.length - 1) * many);
    expect(Object.values(arrived).map((found) => found.length > 0)).not.toContain(false);
  });

  test('people, keys and the audit log go on there; tickets and sessions have ended', async () => {
    const sourceDatabase = await databaseOn(from);
    const source = await serve(sourceDatabase);
    const organization = await createOrganization(source);
    const user = await createPerson(source, { password: rightPassword });
    const spent = await issueTicket(source, user.id);
    const browser = source.browser();
    await redeem(browser, spent.token);
    const { sessionId } = await signInPerson(source);
    const pending = await issueTicket(source, user.id);
    const invitation = await invite(source);
    const { head } = await verifyAuditLog(source.world);
    const text = await exported(await openEngine(sourceDatabase));

    const database = await databaseOn(to);
    const { fence } = await put(await openEngine(database), text);
    expect([fence.epoch, fence.endedTickets, fence.endedSessions]).toEqual([2, 2, 2]);
    const target = await serve(database);
    expect((await redeem(target.browser(), pending.token)).code).toBe('sign_in_token_revoked_code');
    expect((await redeem(target.browser(), spent.token)).code).toBe(
      'sign_in_token_already_used_code',
    );
    const again = target.browser();
    for (const [name, value] of browser.cookies) again.cookies.set(name, value);
    expect((await redeem(again, spent.token)).code).toBe('sign_in_token_already_used_code');
    const told = await target.backend<{ status: string }>('GET', `/v1/sessions/${sessionId}`);
    expect(told.body.status).toBe('revoked');
    expect(target.dump()['invitations']).toMatchObject([{ id: invitation.id, status: 'revoked' }]);

    const report = await verifyAuditLog(target.world, head);
    expect([report.problems, report.count > 0]).toEqual([[], true]);
    // The key that the source gave out opens the target as well.
    const authorization = `Bearer ${source.secretKey}`;
    const known = await target.backend('GET', `/v1/organizations/${organization.id}`, undefined, {
      authorization,
    });
    expect(known.status).toBe(200);
    const signedIn = await target.browser().post<SignInJSON>('/v1/client/sign_ins', {
      strategy: 'password',
      identifier: addressOf(user),
      password: rightPassword,
    });
    expect(signedIn.body.response.status).toBe('complete');
    const fresh = await signInPerson(target, { user });
    const minted = await fresh.browser.post(`/v1/client/sessions/${fresh.sessionId}/tokens`);
    expect(minted.status).toBe(200);
  });

  test('what is written meanwhile is not in it, and nobody waits', async () => {
    const database = await databaseOn(from);
    const source = await serve(database);
    for (let count = 0; count < 3; count += 1) await signInPerson(source);
    let text = '';
    let writes = 0;
    await exportData(await openEngine(database), {
      seal,
      now: Date.now(),
      async write(lines) {
        text += lines;
        writes += 1;
        await signInPerson(source);
      },
    });
    expect(writes).toBeGreaterThan(5);
    const target = await openEngine(await databaseOn(to));
    await put(target, text);
    const counts: unknown[] = [];
    for (const table of ['users', 'sign_in_tokens', 'sessions'])
      counts.push((await target.get(`SELECT count(*) AS total FROM ${table}`))?.['total']);
    expect(counts).toEqual([3, 3, 3]);
  });

  test('neither side holds more than a page of rows', async () => {
    const source = await openEngine(await databaseOn(from));
    await fill(source);
    let mostRead = 0;
    let waiting = 0;
    let text = '';
    const watched: Engine = {
      ...source,
      snapshot: (read) =>
        source.snapshot((reader) =>
          read({
            ...reader,
            async all(sql, ...values) {
              expect(waiting).toBe(0);
              const rows = await reader.all(sql, ...values);
              mostRead = Math.max(mostRead, rows.length);
              return rows;
            },
          }),
        ),
    };
    await exportData(watched, {
      seal,
      now: Date.now(),
      async write(lines) {
        waiting += 1;
        await new Promise(setImmediate);
        text += lines;
        waiting -= 1;
      },
    });
    expect([mostRead, movedTables.length * many > 10_000]).toEqual([500, true]);

    const target = await openEngine(await databaseOn(to));
    let mostWritten = 0;
    const counting: Engine = {
      ...target,
      write: (job, options) =>
        target.write(
          (tx) =>
            job({
              ...tx,
              run(sql, ...values) {
                mostWritten = Math.max(mostWritten, values.length);
                return tx.run(sql, ...values);
              },
            }),
          options,
        ),
    };
    await put(counting, text);
    expect(mostWritten).toBeGreaterThan(100);
    expect(mostWritten).toBeLessThanOrEqual(30_000);
  });
});

describe('an export that is not whole puts nothing in', () => {
  const kind = isOnPostgres() ? 'PostgreSQL' : 'SQLite';

  let made: Promise<string[]> | undefined;

  /** A small one, its lines without their ends. */
  const lines = () => (made ??= makeLines());

  async function makeLines(): Promise<string[]> {
    const database = await databaseOn(kind);
    const service = await serve(database);
    await signInPerson(service);
    await signInPerson(service);
    return (await exported(await openEngine(database))).trimEnd().split('\n');
  }

  const whole = (given: readonly string[]) => `${given.join('\n')}\n`;
  const without = (given: readonly string[], at: number) =>
    whole(given.filter((_, of) => of !== at));
  const beginning = (given: readonly string[], table: string) =>
    given.findIndex((line) => line.startsWith(`{"table":"${table}"`));
  const changedHead = (given: readonly string[], change: object) =>
    whole([
      JSON.stringify({ ...(JSON.parse(given[0] ?? '') as object), ...change }),
      ...given.slice(1),
    ]);

  const cut = /^The export ends too early, after line \d+: it was cut off\.$/;
  const broken = 'The export was changed after it was made: its seal is broken.';

  test.each<[string, (given: string[]) => string | Buffer, string | RegExp]>([
    ['nothing', () => '', 'There is nothing in it: this is no export.'],
    ['text', () => 'hello\nworld\n', 'This is no export of Willcall.'],
    ['another JSON', () => '[1,2]\n', 'This is no export of Willcall.'],
    [
      'a database',
      () => Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(9000, 7)]),
      'This is no export of Willcall.',
    ],
    [
      'a line without an end',
      () => Buffer.alloc(17_000_000, 'x'),
      'A line has no end: this is no export.',
    ],
    [
      'another format',
      (given) => changedHead(given, { willcall_export: 2 }),
      /^The export has the format 2, and this version reads format 1\./,
    ],
    [
      'steps of a newer version',
      (given) => changedHead(given, { steps: ['001-initial', '999-later'] }),
      /written by a newer version of Willcall/,
    ],
    [
      'a head of another instance',
      (given) => changedHead(given, { instance_id: 'ins_x' }),
      /sealed with another instance secret, or its first line was changed/,
    ],
    ['the head alone', (given) => `${given[0]}\n`, cut],
    ['no end', (given) => whole(given.slice(0, -1)), cut],
    ['an end that is cut', (given) => whole(given).slice(0, -1), cut],
    ['a line that is cut', (given) => whole(given).slice(0, -200), cut],
    ['half of it', (given) => whole(given.slice(0, given.length / 2)), cut],
    ['a changed letter', (given) => whole(given).replace('someone', 'anyone2'), broken],
    ['a row less', (given) => without(given, beginning(given, 'identifications') + 1), broken],
    [
      'a table less',
      (given) =>
        whole([
          ...given.slice(0, beginning(given, 'signing_keys')),
          ...given.slice(beginning(given, 'signing_keys') + 2),
        ]),
      broken,
    ],
    [
      'an end of its own',
      (given) => whole([...given.slice(0, -1), '{"end":{"rows":1,"seal":"AAAA"}}']),
      broken,
    ],
    [
      'rows in another order',
      (given) => {
        const at = beginning(given, 'users');
        return whole([
          ...given.slice(0, at + 1),
          given[at + 2] ?? '',
          given[at + 1] ?? '',
          ...given.slice(at + 3),
        ]);
      },
      broken,
    ],
    [
      'a row twice',
      (given) => {
        const at = beginning(given, 'users');
        return whole([...given.slice(0, at + 2), given[at + 1] ?? '', ...given.slice(at + 2)]);
      },
      /^The rows of users cannot be written here: /,
    ],
    [
      'a row that is too short',
      (given) => {
        const at = beginning(given, 'users');
        return whole([...given.slice(0, at + 1), '["user_1"]', ...given.slice(at + 1)]);
      },
      /^Line \d+ of the export is no row of its table\.$/,
    ],
    [
      'a row before all tables',
      (given) => whole([given[0] ?? '', '["x"]', ...given.slice(1)]),
      'Line 2 of the export is no row of its table.',
    ],
    [
      'a value that is none',
      (given) => whole([given[0] ?? '', '[{"a":1}]', ...given.slice(1)]),
      'Line 2 of the export cannot be read.',
    ],
    [
      'a number that is too large',
      (given) => whole([given[0] ?? '', '[9007199254740993]', ...given.slice(1)]),
      'Line 2 of the export cannot be read.',
    ],
    [
      'a table that is none of ours',
      (given) =>
        whole([given[0] ?? '', '{"table":"migrations","columns":["name"]}', ...given.slice(1)]),
      'Line 2 of the export begins no table that may come here.',
    ],
    [
      'a table twice',
      (given) => {
        const at = beginning(given, 'users');
        return whole([...given.slice(0, at), given[at] ?? '', ...given.slice(at)]);
      },
      /^Line \d+ of the export begins no table that may come here\.$/,
    ],
    [
      'a statement for a column',
      (given) =>
        whole([
          given[0] ?? '',
          '{"table":"instance","columns":["id) VALUES (1); --"]}',
          ...given.slice(1),
        ]),
      'Line 2 of the export cannot be read.',
    ],
    [
      'an unknown column',
      (given) =>
        whole(given).replace('"columns":["id","external_id"', '"columns":["id","next_column"'),
      /^The rows of users cannot be written here: /,
    ],
    [
      'more after its end',
      (given) => `${whole(given)}{}\n`,
      /^The export goes on after its end, with line \d+\.$/,
    ],
    [
      'half a line after its end',
      (given) => `${whole(given)}x`,
      /^The export goes on after its end, with line \d+\.$/,
    ],
    [
      'an empty line',
      (given) => whole([given[0] ?? '', '', ...given.slice(1)]),
      'Line 2 of the export cannot be read.',
    ],
    ['ends of line of another system', (given) => `${given.join('\r\n')}\r\n`, broken],
  ])('%s', async (_what, spoil, sentence) => {
    const given = await lines();
    const database = await databaseOn(kind);
    const target = await openEngine(database);
    const refused: unknown = await put(target, spoil(given)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(MoveError);
    if (typeof sentence === 'string') expect((refused as Error).message).toBe(sentence);
    else expect((refused as Error).message).toMatch(sentence);
    await openStore(target);
    const left = Object.entries(await allRows(target)).filter(([, rows]) => rows.length > 0);
    expect(left).toEqual([]);
    // And what is whole goes in there afterwards.
    expect((await put(target, whole(given))).rows).toBeGreaterThan(10);
  });

  test('whoever has another secret', async () => {
    const given = await lines();
    const other = openSecretBox('another secret of the tests, which is of nobody');
    const target = await openEngine(await databaseOn(kind));
    const refused = put(target, whole(given), { seal: (text) => other.mac('export', text) });
    await expect(refused).rejects.toThrow(/sealed with another instance secret/);
  });

  test('a database with an instance stays as it is, the same one or another', async () => {
    const given = await lines();
    const database = await databaseOn(kind);
    const service = await serve(database);
    await signInPerson(service);
    const before = service.dump();
    const target = await openEngine(database);
    for (let times = 0; times < 2; times += 1)
      await expect(put(target, whole(given))).rejects.toThrow('holds an instance already');
    expect(service.dump()).toEqual(before);
  });

  test('a mark that is further counts', async () => {
    const target = await openEngine(await databaseOn(kind));
    const { fence } = await put(target, whole(await lines()), { above: { epoch: 7, mark: 90 } });
    expect([fence.epoch, fence.mark]).toEqual([8, 91]);
  });
});

test('a database that was written by another version is not exported', async () => {
  const engine = await openEngine(await databaseOn(isOnPostgres() ? 'PostgreSQL' : 'SQLite'));
  await fill(engine);
  const name = (sql: string, ...values: string[]) => engine.write((tx) => tx.run(sql, ...values));
  await name("INSERT INTO migrations (name, applied_at) VALUES ('999-later', 0)");
  await expect(exported(engine)).rejects.toThrow('written by a newer version of Willcall');
  await name("DELETE FROM migrations WHERE name IN ('999-later', '003-issuing')");
  await expect(exported(engine)).rejects.toThrow('is of an older version');
});

test('rows of an older schema are put on it, and brought up to date with it', async () => {
  const kind = isOnPostgres() ? 'PostgreSQL' : 'SQLite';
  const database = await databaseOn(kind);
  const service = await serve(database);
  const user = await createPerson(service);
  const engine = await openEngine(database);
  const [head = '', ...all] = (await exported(engine)).trimEnd().split('\n');
  // What an earlier version would have written: its steps, and tables that have not changed since.
  const isAfter = (line: string) =>
    /^\{"(table":"(?!instance|s|redirect|users|ident)|end)/.test(line);
  const rest = all.slice(0, all.findIndex(isAfter));
  const { seal: _, ...facts } = JSON.parse(head) as { seal: string; steps: string[] };
  const older = { ...facts, steps: facts.steps.filter((name) => name < '012') };
  const lines = [JSON.stringify({ ...older, seal: seal(JSON.stringify(older)) }), ...rest];
  const count = countLines();
  count.add(`${lines.join('\n')}\n`);
  const rows = lines.filter((line) => line.startsWith('[')).length;
  const text = `${[...lines, count.end(rows, seal)].join('\n')}\n`;
  const file = await databaseOn('SQLite');
  const target = await openEngine(file);
  expect((await put(target, text)).rows).toBe(rows);
  const { applied } = await readSchema(target);
  expect(applied.map(({ name }) => name)).toEqual(stepNames);
  const moved = await serve(file);
  expect((await moved.backend('GET', `/v1/users/${user.id}`)).status).toBe(200);
});

test('an import whose log cannot be brought into the file leaves no database', async () => {
  const kind = isOnPostgres() ? 'PostgreSQL' : 'SQLite';
  const database = await databaseOn(kind);
  await signInPerson(await serve(database));
  const text = await exported(await openEngine(database));
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-moving-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const draft = path.join(folder, 'willcall.db.importing');
  let reading: DatabaseSync | undefined;
  // Before rows are written somebody else begins to read, so that the log must stay.
  async function* held(): AsyncGenerator<Buffer> {
    for await (const chunk of streamOf(text)) {
      if (!reading && existsSync(draft)) {
        reading = new DatabaseSync(draft);
        reading.exec('BEGIN; SELECT * FROM migrations');
      }
      yield chunk;
    }
  }
  const opened = await openExport(held());
  const request = { seal, now: Date.now(), above: undefined };
  await expect(importIntoFolder(folder, opened, request)).rejects.toThrow(DatabaseRefused);
  reading?.close();
  expect(await readdir(folder)).toEqual([]);
  const again = await importIntoFolder(folder, await openExport(streamOf(text)), request);
  expect(again.fence.epoch).toBe(2);
  expect(await readdir(folder)).toEqual(['willcall.db']);
});
