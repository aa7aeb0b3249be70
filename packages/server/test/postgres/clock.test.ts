import type { SignInTokenJSON } from '@willcall/contract';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { exportInstance } from '../../src/cli/export.ts';
import { raiseFence } from '../../src/cli/fence/raise.ts';
import { importInstance } from '../../src/cli/import.ts';
import { defaultSettings } from '../../src/settings-file.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { openWorld } from '../../src/world/open-world.ts';
import { addressOf, ask, createDatabase } from '../database/postgres.ts';
import { createPerson, redeem } from '../people.ts';
import { openService } from '../service.ts';

const hour = 3_600_000;

const secret = 'a secret of this test that opens nothing else';

/** By how much a busy machine may be late. Milliseconds. */
const late = 5000;

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** The time by a clock that nobody sets. */
const trueTime = () => performance.timeOrigin + performance.now();

/** Sets the clock of this process. That of the database stays. */
function setClock(ahead: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: trueTime() + ahead });
}

async function openNodes(...aheads: readonly number[]) {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-clock-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const nodes = [];
  for (const ahead of aheads) {
    setClock(ahead);
    const node = await openService({ folder, hasOwnClock: false });
    onTestFinished(() => node.close());
    nodes.push(node);
  }
  return nodes;
}

test.each([hour, -hour])(
  'a node whose clock is off by %i ms judges by that of the database',
  async (ahead) => {
    const [right, wrong] = await openNodes(0, ahead);
    if (!right || !wrong) throw new Error('no nodes');
    setClock(ahead);
    const user = await createPerson(wrong);
    const { body } = await wrong.backend<SignInTokenJSON>('POST', '/v1/sign_in_tokens', {
      user_id: user.id,
      expires_in_seconds: 600,
    });
    expect(Math.abs(body.created_at - trueTime())).toBeLessThan(late);
    setClock(0);
    expect((await redeem(right.browser(), body.token ?? '')).status).toBe(200);
  },
);

test('a node whose clock is set while it runs follows the database again', async () => {
  const [node] = await openNodes(0);
  if (!node) throw new Error('no node');
  for (const ahead of [hour, -hour]) {
    setClock(ahead);
    await expect
      .poll(() => Math.abs(node.world.clock.now() - trueTime()), { interval: 100 })
      .toBeLessThan(late);
  }
});

describe.each([hour, -hour])('a process whose clock is off by %i ms', (ahead) => {
  /** A database of the run's server, with the schema, and what else a command is told of it. */
  async function newDatabase(): Promise<string> {
    const name = `clock_${randomUUID().replaceAll('-', '')}`;
    await createDatabase(inject('postgresUrl'), name);
    const url = addressOf(inject('postgresUrl'), name);
    vi.stubEnv('DATABASE_URL', url);
    return url;
  }

  async function newInstance(): Promise<string> {
    const url = await newDatabase();
    const { store } = await openDatabase({ url });
    await openWorld(store, {
      instanceType: 'production',
      secret,
      settings: undefined,
      mail: undefined,
      defaultSettings,
      addresses: () => ({ publicUrl: 'https://auth.example.com', fapiHost: 'auth.example.com' }),
    });
    await store.close();
    return url;
  }

  async function expectRaises(url: string, reasons: readonly string[]): Promise<void> {
    const raises = await ask(url, 'SELECT reason, raised_at FROM fence_raises ORDER BY epoch');
    expect(raises.map(({ reason }) => reason)).toEqual(reasons);
    for (const { raised_at: at } of raises)
      expect(Math.abs(Number(at) - trueTime())).toBeLessThan(late);
  }

  beforeEach(() => {
    vi.stubEnv('WILLCALL_SECRET', secret);
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  });

  test('raises the fence at the time of the database, by command and for a new timeline', async () => {
    const url = await newInstance();
    await ask(url, "UPDATE instance SET timeline = 'another/00000001'");
    setClock(ahead);
    await raiseFence.call([]);
    await expectRaises(url, ['timeline', 'operator']);
  });

  test('and by an import', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'willcall-clock-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = path.join(folder, 'export.ndjson');
    await newInstance();
    await exportInstance.call([file]);
    const url = await newDatabase();
    setClock(ahead);
    await importInstance.call([file]);
    await expectRaises(url, ['import']);
  });
});
