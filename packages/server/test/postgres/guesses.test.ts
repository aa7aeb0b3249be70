import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { nobodyId } from '../../src/domain/user/user.ts';
import type { Engine, WriteOptions, Transaction } from '../../src/store/engine.ts';
import { testDatabase, type TestDatabase } from '../database/test-database.ts';
import { createPerson } from '../people.ts';
import { openService, type TestService } from '../service.ts';

let database: TestDatabase;
let nodes: readonly [TestService, TestService];
/** How often jobs were begun, those that began again included. */
let begun = 0;

beforeEach(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-guesses-'));
  database = await testDatabase(folder);
  const node = () => openService({ database, before: countJobs });
  nodes = [await node(), await node()];
  onTestFinished(async () => {
    for (const { close } of nodes) await close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
});

function countJobs(engine: Engine): Engine {
  return {
    ...engine,
    write: <Result>(job: (tx: Transaction) => Promise<Result>, options?: WriteOptions) =>
      engine.write((tx) => {
        begun += 1;
        return job(tx);
      }, options),
  };
}

/** A guess at an account on one of the nodes. */
const guess = (id: string, at: number, attempts = 1000) =>
  (nodes[at % 2] as TestService).world.store.users.countAttempt(id, {
    attempts,
    lockUntil: Date.now() + 60_000,
    at: Date.now(),
  });

const notice = (id: string, at: number) =>
  (nodes[at % 2] as TestService).world.store.users.takeAccountNotice(id, {
    at: 1000,
    quietSince: 500,
  });

/** Lets something be done while somebody writes the row of nobody, and counts what it was written. */
async function whileNobodyIsWritten<Result>(use: () => Promise<Result>): Promise<Result> {
  const engine = database.open();
  try {
    return await engine.write(
      async (tx) => {
        await tx.run('UPDATE nobody SET touches = touches + 1');
        return use();
      },
      { isReadCommitted: true },
    );
  } finally {
    await engine.close();
  }
}

async function touches(): Promise<unknown> {
  const engine = database.open();
  const row = await engine.get('SELECT touches FROM nobody');
  await engine.close();
  return row?.['touches'];
}

const every = (count: number) => Array.from({ length: count }, (_, at) => at);

describe('guesses on two nodes', () => {
  test('at different accounts wait for nobody, and none is counted again', async () => {
    const people: { readonly id: string }[] = [];
    for (const _ of every(12)) people.push(await createPerson(nodes[0]));
    begun = 0;
    const counted = await whileNobodyIsWritten(() =>
      Promise.all(people.map(({ id }, at) => guess(id, at))),
    );
    expect(counted.map((user) => user?.failedAttempts)).toEqual(people.map(() => 1));
    expect(begun).toBe(people.length);
    const notices = await whileNobodyIsWritten(() =>
      Promise.all(people.map(({ id }, at) => notice(id, at))),
    );
    expect(notices).toEqual(people.map(() => true));
  });

  test('at one account that come at once are all counted, each by its own number', async () => {
    const { id } = await createPerson(nodes[0]);
    begun = 0;
    const counted = await Promise.all(every(60).map((at) => guess(id, at)));
    const numbers = counted.map((user) => Number(user?.failedAttempts));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(every(60).map((at) => at + 1));
    expect(begun).toBe(60);
  });

  test('lock the account at the number of the setting, and what comes later is not counted', async () => {
    const { id } = await createPerson(nodes[0]);
    const counted = await Promise.all(every(40).map((at) => guess(id, at, 5)));
    expect(counted.filter((user) => user !== undefined)).toHaveLength(5);
    expect(counted.filter((user) => user?.lockedUntil !== undefined)).toHaveLength(1);
    expect(await nodes[1].world.store.users.find(id)).toMatchObject({ failedAttempts: 5 });
  });

  test('at nobody write as much as those at somebody, elsewhere', async () => {
    const { id } = await createPerson(nodes[0]);
    const before = Number(await touches());
    await guess(id, 0);
    expect(await touches()).toBe(before);
    expect(await Promise.all(every(20).map((at) => guess(nobodyId, at)))).toEqual(
      every(20).map(() => undefined),
    );
    expect(await notice(nobodyId, 0)).toBe(false);
    expect(await touches()).toBe(before + 21);
  });

  test('lead to one notice in its time', async () => {
    const { id } = await createPerson(nodes[0]);
    const taken = await Promise.all(every(20).map((at) => notice(id, at)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });
});
