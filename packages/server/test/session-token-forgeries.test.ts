import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, type TestService } from './service.ts';

const claims = { sub: 'user_1' };
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

let service: TestService;
let genuine: string;
let kid: string;

beforeAll(async () => {
  service = await openService();
  genuine = await service.world.signingKeys.sign({ typ: 'JWT' }, claims);
  kid = (await service.world.signingKeys.publicKeys())[0]?.kid ?? '';
});
afterAll(() => service.close());

const verify = (token: string) => service.world.signingKeys.verify(token);

/** Header and claims over which somebody else signs. */
function forge(header: object, write: (input: Buffer) => Buffer): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${write(Buffer.from(input)).toString('base64url')}`;
}

test('a token of ours is read', async () => {
  expect(await verify(genuine)).toEqual(claims);
});

test('what another key signed in our name is refused', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const by = (input: Buffer) => sign('RSA-SHA256', input, privateKey);
  expect(await verify(forge({ alg: 'RS256', kid }, by))).toBeUndefined();
});

test('no signature at all is refused', async () => {
  expect(await verify(forge({ alg: 'none', kid }, () => Buffer.alloc(0)))).toBeUndefined();
  expect(await verify(forge({ alg: 'RS256', kid }, () => Buffer.alloc(0)))).toBeUndefined();
});

test('our public key as a shared secret is refused', async () => {
  const [jwk] = await service.world.signingKeys.publicKeys();
  const pem = createPublicKey({ key: { ...jwk }, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString();
  const by = (input: Buffer) => createHmac('sha256', pem).update(input).digest();
  expect(await verify(forge({ alg: 'HS256', kid }, by))).toBeUndefined();
});

test.each([
  ['another algorithm in its header', { alg: 'RS512' }],
  ['an extension that must be understood', { crit: 'exp' }],
  ['an unknown key in its header', { kid: 'key_nobody' }],
])('what we signed is refused with %s', async (_what, header) => {
  const token = await service.world.signingKeys.sign(header, claims);
  expect(await verify(token)).toBeUndefined();
});

test('changed, cut and lengthened tokens are refused', async () => {
  const [head = '', body = '', signature = ''] = genuine.split('.');
  const others = [
    `${head}.${encode({ sub: 'user_2' })}.${signature}`,
    `${encode({ alg: 'RS256', kid, typ: 'JWS' })}.${body}.${signature}`,
    `${head}.${body}`,
    `${head}.${body}.${signature.slice(0, -4)}`,
    `${head}.${body}.${signature}.`,
    `${genuine}.${signature}`,
    `[].${body}.${signature}`,
    '',
    '..',
  ];
  for (const other of others) expect(await verify(other), other).toBeUndefined();
});
