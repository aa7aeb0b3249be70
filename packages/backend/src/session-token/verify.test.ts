import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { base64url, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyToken } from './verify.ts';

const origin = 'https://app.example.com';
const issuer = 'https://willcall.example.com';
const now = Math.floor(Date.now() / 1000);

const header = { alg: 'RS256', typ: 'JWT', kid: 'key_1', cat: 'cl_B7d4PD111AAA' };
const claims = {
  azp: origin,
  iss: issuer,
  sub: 'user_1',
  sid: 'sess_1',
  sts: 'active',
  jti: 'a',
  v: 2,
  fva: [0, -1],
  iat: now,
  nbf: now - 10,
  exp: now + 60,
};

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
let own: Pair;
let stranger: Pair;
let jwtKey: string;

beforeAll(async () => {
  own = await generateKeyPair('RS256', { extractable: true });
  stranger = await generateKeyPair('RS256', { extractable: true });
  jwtKey = await exportSPKI(own.publicKey);
});

function sign(
  over: { header?: object; claims?: object; key?: Pair['privateKey'] } = {},
): Promise<string> {
  return new SignJWT({ ...claims, ...over.claims })
    .setProtectedHeader({ ...header, ...over.header })
    .sign(over.key ?? own.privateKey);
}

/** A token as an attacker builds it: any header, any signature. */
function forge(forged: object, body: object = claims, signature = 'AAAA'): string {
  return [
    base64url.encode(JSON.stringify(forged)),
    base64url.encode(JSON.stringify(body)),
    signature,
  ].join('.');
}

describe('a token of the right key', () => {
  test('verifies without network and answers its claims', async () => {
    const read = await verifyToken(await sign(), { jwtKey, authorizedParties: [origin], issuer });
    expect(read).toEqual(claims);
  });

  test('verifies with a PEM whose line breaks are written out, as in an environment file', async () => {
    const read = await verifyToken(await sign(), { jwtKey: jwtKey.replaceAll('\n', '\\n') });
    expect(read.sub).toBe('user_1');
  });

  test.each([
    ['no category', { cat: undefined }],
    ['the category that says to ignore categories', { cat: 'cl_I7d4PD111III' }],
    ['no typ', { typ: undefined }],
    ['no kid', { kid: undefined }],
    ['a jku of a stranger, which nobody asks', { jku: 'http://127.0.0.1:9/keys' }],
  ])('verifies with %s', async (_name, change) => {
    expect((await verifyToken(await sign({ header: change }), { jwtKey })).sid).toBe('sess_1');
  });

  test.each([
    ['expired for less than the skew', { exp: now - 2 }],
    ['valid in less than the skew', { nbf: now + 3, iat: now + 3 }],
    ['pending, which is for the caller to judge', { sts: 'pending' }],
  ])('verifies when it is %s', async (_name, change) => {
    expect((await verifyToken(await sign({ claims: change }), { jwtKey })).sub).toBe('user_1');
  });
});

describe('a hostile or stale token is refused', () => {
  const byPem = () => ({ jwtKey, authorizedParties: [origin], issuer });

  test.each<[string, () => string | Promise<string>, string]>([
    ['alg none', () => forge({ ...header, alg: 'none' }, claims, ''), 'token_algorithm_refused'],
    [
      'alg None in other letters',
      () => forge({ ...header, alg: 'nOnE' }, claims, ''),
      'token_algorithm_refused',
    ],
    ['no alg', () => forge({ typ: 'JWT' }), 'token_algorithm_refused'],
    ['HS256 with the public key as secret', () => hmacWithPublicKey(), 'token_algorithm_refused'],
    ['RS512 of the right key', () => forge({ ...header, alg: 'RS512' }), 'token_algorithm_refused'],
    ['another typ', () => sign({ header: { typ: 'at+jwt' } }), 'token_type_refused'],
    [
      'a typ that only looks like JWT',
      () => sign({ header: { typ: 'jwt' } }),
      'token_type_refused',
    ],
    [
      'the category of templates',
      () => sign({ header: { cat: 'cl_B7d4PD222AAA' } }),
      'token_category_refused',
    ],
    [
      'the category of machine tokens',
      () => sign({ header: { cat: 'cl_B7d4PD333AAA' } }),
      'token_category_refused',
    ],
    ['a category that is no text', () => sign({ header: { cat: 1 } }), 'token_category_refused'],
    ['an empty category', () => sign({ header: { cat: '' } }), 'token_category_refused'],
    ['the key of a stranger', () => sign({ key: stranger.privateKey }), 'token_signature_invalid'],
    ['the key of a stranger inside the header', () => withOwnJwk(), 'token_signature_invalid'],
    [
      'changed claims',
      async () => swapClaims(await sign(), { ...claims, sub: 'user_2' }),
      'token_signature_invalid',
    ],
    [
      'an unknown critical header',
      () => forge({ ...header, crit: ['x'], x: 1 }),
      'token_malformed',
    ],
    ['an expired one', () => sign({ claims: { exp: now - 6 } }), 'token_expired'],
    [
      'one that is not valid yet',
      () => sign({ claims: { nbf: now + 30 } }),
      'token_not_active_yet',
    ],
    [
      'one issued in the future',
      () => sign({ claims: { iat: now + 30 } }),
      'token_issued_in_the_future',
    ],
    ['no exp', () => sign({ claims: { exp: undefined } }), 'token_claim_invalid'],
    ['no nbf', () => sign({ claims: { nbf: undefined } }), 'token_claim_invalid'],
    [
      'an exp that is no number',
      () => sign({ claims: { exp: '9999999999' } }),
      'token_claim_invalid',
    ],
    ['no sub', () => sign({ claims: { sub: undefined } }), 'token_claim_invalid'],
    ['an empty sub', () => sign({ claims: { sub: '' } }), 'token_claim_invalid'],
    ['no sid', () => sign({ claims: { sid: undefined } }), 'token_claim_invalid'],
    [
      'a page of another origin',
      () => sign({ claims: { azp: 'https://evil.example' } }),
      'token_authorized_party_refused',
    ],
    [
      'no page where pages are listed',
      () => sign({ claims: { azp: undefined } }),
      'token_authorized_party_refused',
    ],
    [
      'another issuer',
      () => sign({ claims: { iss: 'https://evil.example' } }),
      'token_issuer_refused',
    ],
    ['text', () => 'hello', 'token_malformed'],
    ['two parts', async () => (await sign()).split('.').slice(0, 2).join('.'), 'token_malformed'],
    ['four parts', async () => `${await sign()}.AAAA`, 'token_malformed'],
    ['a header that is no JSON', () => `${base64url.encode('{')}.e30.AAAA`, 'token_malformed'],
    ['a header that is a list', () => forge([] as object), 'token_malformed'],
    ['a secret key', () => 'sk_test_abcdef', 'token_malformed'],
    ['20 000 characters', () => forge({ ...header, pad: 'x'.repeat(20_000) }), 'token_malformed'],
  ])('%s', async (_name, build, code) => {
    const token = await build();
    const error = await verifyToken(token, byPem()).catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ name: 'SessionTokenError', code });
    expect((error as Error).message).not.toContain(token.slice(0, 20));
  });

  async function hmacWithPublicKey(): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ ...header, alg: 'HS256' })
      .sign(new TextEncoder().encode(jwtKey));
  }

  async function withOwnJwk(): Promise<string> {
    return sign({ header: { jwk: await exportJWK(stranger.publicKey) }, key: stranger.privateKey });
  }

  function swapClaims(token: string, body: object): string {
    const [head, , signature] = token.split('.');
    return `${head}.${base64url.encode(JSON.stringify(body))}.${signature}`;
  }
});

describe('wrong options throw a TypeError that names them', () => {
  test.each([
    ['authorizedParties', { authorizedParties: [] }],
    ['authorizedParties', { authorizedParties: ['https://app.example.com/'] }],
    ['authorizedParties', { authorizedParties: 'https://app.example.com' as unknown as string[] }],
    ['issuer', { issuer: '' }],
    ['clockSkewInMs', { clockSkewInMs: Number.NaN }],
    ['clockSkewInMs', { clockSkewInMs: 3_600_000 }],
    ['jwtKey', { jwtKey: 'not a key' }],
    ['jwksUrl', { jwtKey: undefined, jwksUrl: 'keys.json' }],
  ])('%s', async (argument, change) => {
    const verifying = verifyToken(await sign(), { jwtKey, ...change });
    await expect(verifying).rejects.toThrow(TypeError);
    await expect(verifying).rejects.toThrow(argument);
  });

  test('a private key in place of the public one is refused and not shown', async () => {
    const error = await verifyToken(await sign(), {
      jwtKey: '-----BEGIN PRIVATE KEY-----\nc2VjcmV0',
    }).catch(String);
    expect(error).toMatch(/jwtKey/);
    expect(error).not.toContain('c2VjcmV0');
  });
});

describe('with the key set of a server', () => {
  let server: Server;
  let keys: JWK[];
  let fetches: number;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      fetches += 1;
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    keys = [await publicJwk(own, 'key_1')];
  });

  afterAll(() => server.close());

  /** A fresh address, and so a fresh cache, for each test. */
  const keySet = (name: string) => {
    fetches = 0;
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;
  };

  async function publicJwk(pair: Pair, kid: string): Promise<JWK> {
    return { ...(await exportJWK(pair.publicKey)), kid, use: 'sig', alg: 'RS256' };
  }

  test('many tokens cost one fetch', async () => {
    const jwksUrl = keySet('many');
    const token = await sign();
    await Promise.all(Array.from({ length: 20 }, () => verifyToken(token, { jwksUrl })));
    await verifyToken(token, { jwksUrl });
    expect(fetches).toBe(1);
  });

  test('apiUrl names the key set of that server', async () => {
    const apiUrl = keySet('server/');
    expect((await verifyToken(await sign(), { apiUrl })).sub).toBe('user_1');
    expect(fetches).toBe(1);
  });

  test('unknown keys do not make it fetch again and again', async () => {
    const jwksUrl = keySet('flood');
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const verifying = verifyToken(await sign({ header: { kid: `key_x${attempt}` } }), {
        jwksUrl,
      });
      await expect(verifying).rejects.toMatchObject({ code: 'token_key_unknown' });
    }
    expect(fetches).toBe(1);
  });

  test('a token that does not name its key is refused without a fetch', async () => {
    const jwksUrl = keySet('nameless');
    const verifying = verifyToken(await sign({ header: { kid: undefined } }), { jwksUrl });
    await expect(verifying).rejects.toMatchObject({ code: 'token_key_unknown' });
    expect(fetches).toBe(0);
  });

  test('a key for encryption does not verify', async () => {
    const before = keys;
    keys = [{ ...(await publicJwk(own, 'key_1')), use: 'enc' }];
    const verifying = verifyToken(await sign(), { jwksUrl: keySet('encryption') });
    await expect(verifying).rejects.toMatchObject({ code: 'token_key_unknown' });
    keys = before;
  });

  test('a server that is down refuses, and says that it was the keys', async () => {
    const verifying = verifyToken(await sign(), { jwksUrl: 'http://127.0.0.1:9/keys' });
    await expect(verifying).rejects.toMatchObject({ code: 'keys_unavailable' });
  });
});
