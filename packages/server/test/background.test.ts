import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { byItself } from '../src/domain/audit-log/audit-log.ts';
import { issueToken } from '../src/domain/sign-in-token/issue.ts';
import { createUser } from '../src/domain/user/create.ts';
import { startServer } from '../src/main.ts';
import { serverOptions } from './server-options.ts';

const tenMinutes = 600_000;
const year = 31_536_000_000;

test('a running server removes by itself what is older than its time, every ten minutes', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'willcall-background-'));
  onTestFinished(() => rm(dataFolder, { recursive: true }));
  const { world, close } = await startServer(serverOptions(dataFolder));
  onTestFinished(close);
  const { id: userId } = await createUser(world, { emailAddresses: ['grace@example.com'] });
  const aYearAgo = { ...world, clock: { now: () => Date.now() - year } };
  const issue = (at: typeof world) => issueToken(at, { userId, lifetimeSeconds: 60 }, byItself);

  for (let round = 0; round < 2; round += 1) {
    const old = await issue(aYearAgo);
    const fresh = await issue(world);
    const isThere = async (id: string) => (await world.store.signInTokens.find(id)) !== undefined;
    await vi.advanceTimersByTimeAsync(tenMinutes - 1);
    expect(await isThere(old.token.id)).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    await expect.poll(() => isThere(old.token.id)).toBe(false);
    expect(await isThere(fresh.token.id)).toBe(true);
  }
});
