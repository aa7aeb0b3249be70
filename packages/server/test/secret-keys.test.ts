import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  createSecretKey,
  findLiveSecretKey,
  revokeSecretKey,
} from '../src/domain/key/secret-key.ts';
import { openService } from './service.ts';

/** Two processes on one database, and a key that the first one knows. */
async function open() {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-keys-'));
  const [service, other] = [await openService({ folder }), await openService({ folder })];
  onTestFinished(async () => {
    await service.close();
    await other.close();
    await rm(folder, { recursive: true, force: true });
  });
  const { key, secret } = await createSecretKey(service.world, 'app');
  const find = () => findLiveSecretKey(service.world, secret.reveal());
  expect(await find()).toEqual(key);
  service.takeWork();
  return { service, other, key, find };
}

test('a live key is read once in a second', async () => {
  const { service, key, find } = await open();
  expect(await find()).toEqual(key);
  expect(service.takeWork().statements).toEqual([]);
  service.clock.advance(1000);
  expect(await find()).toEqual(key);
  expect(service.takeWork().statements).toHaveLength(1);
});

test('a key that is revoked here is refused at once', async () => {
  const { service, key, find } = await open();
  await revokeSecretKey(service.world, key.id);
  expect(await find()).toBeUndefined();
});

test('a key that is revoked between its read and the answer to that is not remembered', async () => {
  const [reads, answers] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const service = await openService({
    before: (engine) => ({
      ...engine,
      async get(sql, ...values) {
        const row = await engine.get(sql, ...values);
        if (!sql.includes('FROM secret_keys')) return row;
        reads.resolve();
        await answers.promise;
        return row;
      },
    }),
  });
  onTestFinished(() => service.close());
  const { key, secret } = await createSecretKey(service.world, 'app');
  const find = () => findLiveSecretKey(service.world, secret.reveal());
  const early = find();
  await reads.promise;
  await revokeSecretKey(service.world, key.id);
  answers.resolve();
  expect(await early).toEqual(key);
  expect(await find()).toBeUndefined();
});

test('a key that another process revokes is refused within a second', async () => {
  const { service, other, key, find } = await open();
  await revokeSecretKey(other.world, key.id);
  service.clock.advance(1000);
  expect(await find()).toBeUndefined();
});

test('an unknown key is asked for each time', async () => {
  const { service } = await open();
  const unknown = `sk_test_${'x'.repeat(40)}`;
  for (let time = 0; time < 2; time += 1) {
    expect(await findLiveSecretKey(service.world, unknown)).toBeUndefined();
    expect(service.takeWork().statements).toHaveLength(1);
  }
});
