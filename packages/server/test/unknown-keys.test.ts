import { afterAll, beforeAll, expect, test } from 'vitest';
import { operator } from '../src/domain/audit-log/audit-log.ts';
import { openSecretBox } from '../src/world/secret-box.ts';
import { openSigningKeys, rotateSigningKeys } from '../src/world/signing-keys.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

const box = openSecretBox('a secret of the tests that opens nothing else');

/** How often the keys were read since the last time that this was asked. */
function reads(): number {
  const { statements } = service.takeWork();
  return statements.filter((each) => each.startsWith('SELECT * FROM signing_keys')).length;
}

/** A token that names a key which nobody made. */
function unknownToken(at: number): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'RS256', kid: `key_${at}` })}.${encode({ sub: 'user_1' })}.c2lnbmVk`;
}

test('tokens of unknown keys cost one read together, and one in a tenth of a second', async () => {
  const { signingKeys } = service.world;
  const startedAt = performance.now();
  reads();
  for (let round = 0; round < 5; round += 1) {
    const tokens = Array.from({ length: 200 }, (_, at) => unknownToken(round * 200 + at));
    const read = await Promise.all(tokens.map((token) => signingKeys.verify(token)));
    expect(new Set(read)).toEqual(new Set([undefined]));
    expect(reads()).toBe(1);
  }
  // However fast somebody asks: the waits between five reads are four at least.
  expect(performance.now() - startedAt).toBeGreaterThan(399);
});

test('a token of a known key that was forged costs none', async () => {
  const { signingKeys } = service.world;
  const [head = '', body = ''] = (await signingKeys.sign({ typ: 'JWT' }, {})).split('.');
  reads();
  for (let at = 0; at < 20; at += 1)
    expect(await signingKeys.verify(`${head}.${body}.c2lnbmVk${at}`)).toBeUndefined();
  expect(reads()).toBe(0);
});

test('a key that another node made a moment ago is taken at once, amid unknown ones', async () => {
  const { world } = service;
  const other = await openSigningKeys(world.store, box, world);
  const flood = () =>
    Array.from({ length: 50 }, (_, at) => world.signingKeys.verify(unknownToken(at)));
  const before = flood();
  await rotateSigningKeys(world.store, box, world, operator);
  service.clock.advance(1000);
  const token = await other.sign({ typ: 'JWT' }, { sub: 'user_2' });
  service.clock.advance(-1000);
  const during = flood();
  expect(await world.signingKeys.verify(token)).toEqual({ sub: 'user_2' });
  await Promise.all([...before, ...during]);
});
