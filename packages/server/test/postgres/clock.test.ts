import type { SignInTokenJSON } from '@willcall/contract';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, inject, onTestFinished, test, vi } from 'vitest';
import { raiseFence } from '../../src/cli/fence/raise.ts';
import { defaultSettings } from '../../src/settings-file.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { openWorld } from '../../src/world/open-world.ts';
import { addressOf, ask } from '../database/postgres.ts';
import { createPerson, redeem } from '../people.ts';
import { openService } from '../service.ts';

const hour = 3_600_000;

/** By how much a busy machine may be late. Milliseconds. */
const late = 5000;

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
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

test.each([hour, -hour])(
  'a fence that is raised by a process whose clock is off by %i ms, or at its start, is raised now',
  async (ahead) => {
    const name = `fence_${ahead > 0 ? 'ahead' : 'behind'}`;
    await ask(inject('postgresUrl'), `CREATE DATABASE ${name} TEMPLATE willcall_template`);
    const url = addressOf(inject('postgresUrl'), name);
    const { store } = await openDatabase({ url });
    await openWorld(store, {
      instanceType: 'development',
      secret: 'a secret of this test',
      settings: undefined,
      mail: undefined,
      defaultSettings,
      addresses: () => ({ publicUrl: 'http://localhost:4000', fapiHost: 'localhost' }),
    });
    await store.close();
    setClock(ahead);
    await ask(url, "UPDATE instance SET timeline = 'another/00000001'");
    vi.stubEnv('DATABASE_URL', url);
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    onTestFinished(() => void vi.restoreAllMocks());
    await raiseFence.call([]);
    const raises = await ask(url, 'SELECT reason, raised_at FROM fence_raises ORDER BY epoch');
    expect(raises.map(({ reason }) => reason)).toEqual(['timeline', 'operator']);
    for (const { raised_at: at } of raises)
      expect(Math.abs(Number(at) - trueTime())).toBeLessThan(late);
  },
);
