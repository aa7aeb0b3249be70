import type { SignInTokenJSON } from '@willcall/contract';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { createPerson, redeem } from '../people.ts';
import { openService } from '../service.ts';

const hour = 3_600_000;

/** By how much a busy machine may be late. Milliseconds. */
const late = 5000;

afterEach(() => void vi.useRealTimers());

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
