import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { StoreUnavailable } from '../src/domain/store.ts';
import { databaseOf } from '../src/store/database-file.ts';
import { openFolder } from '../src/store/open-folder.ts';
import { openReadingThread } from '../src/store/reading-thread.ts';

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-reading-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('the event loop goes round while a list of many rows is read', async () => {
  const folder = await makeFolder();
  const { store } = await openFolder(folder, 'serve');
  onTestFinished(() => store.close());
  const database = new DatabaseSync(databaseOf(folder));
  database.exec(`INSERT INTO sessions (id, client_id, user_id, status, expire_at, abandon_at,
      last_active_at, authenticated_at, strategy, created_at, updated_at)
    WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 200000)
    SELECT 'sess_' || i, 'client_' || i, 'user_' || i, 'active', 9, 9, 0, 0, 'ticket', 0, 0 FROM numbers`);
  database.close();
  for (const lists of [store.lists, store.latestLists]) {
    // The first read starts the thread, which takes a while by itself.
    await lists.sessions.count({ userId: 'user_1' }, 0);
    let turns = 0;
    let isRead = false;
    const goRound = () => {
      turns += 1;
      if (!isRead) setImmediate(goRound);
    };
    setImmediate(goRound);
    expect(await lists.sessions.count({ status: 'active' }, 0)).toBe(200_000);
    isRead = true;
    expect(turns).toBeGreaterThan(10);
  }
});

test('what the thread reads is what was committed before it was asked', async () => {
  const folder = await makeFolder();
  const { store } = await openFolder(folder, 'serve');
  onTestFinished(() => store.close());
  const database = new DatabaseSync(databaseOf(folder));
  onTestFinished(() => database.close());
  const reader = openReadingThread(databaseOf(folder));
  onTestFinished(() => reader.close());
  database.exec('CREATE TABLE numbers (value INTEGER)');
  for (let count = 1; count <= 20; count += 1) {
    database.exec(`INSERT INTO numbers (value) VALUES (${count})`);
    expect(await reader.get('SELECT count(*) AS total FROM numbers')).toEqual({ total: count });
  }
  expect(await reader.get('SELECT value FROM numbers WHERE value = ?', 21)).toBeUndefined();
  expect(await reader.all('SELECT value FROM numbers WHERE value < ?', 3)).toEqual([
    { value: 1 },
    { value: 2 },
  ]);
});

function workFor(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

test('of lists that are there at the same time, with each of which the asker has much to do, one is given out in a turn', async () => {
  const folder = await makeFolder();
  const { store } = await openFolder(folder, 'serve');
  onTestFinished(() => store.close());
  const reader = openReadingThread(databaseOf(folder));
  onTestFinished(() => reader.close());
  const rows = (count: number) =>
    reader.all(
      `WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < ?)
        SELECT i, 'a text of the row ' || i AS text FROM numbers`,
      count,
    );
  await rows(1);
  let turn = 0;
  let isRead = false;
  const goRound = () => {
    turn += 1;
    if (!isRead) setImmediate(goRound);
  };
  setImmediate(goRound);
  const turns = Array.from({ length: 8 }, async () => {
    expect(await rows(1000)).toHaveLength(1000);
    const given = turn;
    workFor(5);
    return given;
  });
  // The thread has read them all before this one looks.
  workFor(1000);
  expect(new Set(await Promise.all(turns)).size).toBe(8);
  isRead = true;
});

test('an answer of many megabytes is whole, whatever is asked beside it', async () => {
  const folder = await makeFolder();
  const { store } = await openFolder(folder, 'serve');
  onTestFinished(() => store.close());
  const reader = openReadingThread(databaseOf(folder));
  onTestFinished(() => reader.close());
  const texts = `WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < ?)
    SELECT i, printf('%.*c', ?, 'x') AS text FROM numbers`;
  const [large, wrong, small] = await Promise.allSettled([
    reader.all(texts, 100, 90_000),
    reader.all('SELECT value FROM nowhere'),
    reader.all(texts, 3, 2),
  ]);
  expect(wrong.status).toBe('rejected');
  expect(small).toMatchObject({ value: [1, 2, 3].map((i) => ({ i, text: 'xx' })) });
  const rows = large.status === 'fulfilled' ? large.value : [];
  expect(rows.map(({ i }) => i)).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
  expect(rows.every(({ text }) => text === 'x'.repeat(90_000))).toBe(true);
});

test('a statement that is wrong fails alone, and a database that is not there is told as such', async () => {
  const folder = await makeFolder();
  const reader = openReadingThread(databaseOf(folder));
  await expect(reader.get('SELECT 1 AS one')).rejects.toBeInstanceOf(StoreUnavailable);
  const { store } = await openFolder(folder, 'serve');
  onTestFinished(() => store.close());
  // The thread that did not start is not the last one.
  expect(await reader.get('SELECT 1 AS one')).toEqual({ one: 1 });
  const [wrong, right] = await Promise.allSettled([
    reader.get('SELECT value FROM nowhere'),
    reader.get('SELECT 2 AS two'),
  ]);
  expect(wrong).toMatchObject({ reason: { message: expect.stringContaining('nowhere') } });
  expect(wrong).not.toMatchObject({ reason: expect.any(StoreUnavailable) });
  expect(right).toMatchObject({ value: { two: 2 } });
  await reader.close();
  await expect(reader.get('SELECT 1 AS one')).rejects.toBeInstanceOf(StoreUnavailable);
});
