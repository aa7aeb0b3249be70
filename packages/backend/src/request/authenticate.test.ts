import { cookieSuffix, writePublishableKey } from '@willcall/contract';
import { exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { authenticateRequest } from './authenticate.ts';

const publishableKey = writePublishableKey({
  instanceType: 'development',
  host: 'willcall.example.com',
});
const origin = 'https://app.example.com';

let jwtKey: string;
let anna: string;
let bert: string;
let pending: string;
let own: string;

beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  jwtKey = await exportSPKI(pair.publicKey);
  own = `__session_${await cookieSuffix(publishableKey)}`;
  const sign = (sub: string, sts = 'active') =>
    new SignJWT({ sub, sid: `sess_${sub}`, azp: origin, iss: 'https://willcall.example.com', sts })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuedAt()
      .setNotBefore('-10s')
      .setExpirationTime('60s')
      .sign(pair.privateKey);
  anna = await sign('anna');
  bert = await sign('bert');
  pending = await sign('anna', 'pending');
});

function request(
  headers: Record<string, string>,
): Promise<Awaited<ReturnType<typeof authenticateRequest>>> {
  const options = { jwtKey, publishableKey, authorizedParties: [origin] };
  return authenticateRequest(new Request('https://app.example.com/', { headers }), options);
}

test('a bearer token says who it is, and getToken hands it on', async () => {
  const state = await request({ authorization: `Bearer ${anna}` });
  expect(state).toMatchObject({
    status: 'signed-in',
    isSignedIn: true,
    userId: 'anna',
    sessionId: 'sess_anna',
  });
  expect(await state.getToken()).toBe(anna);
});

test('the header counts before any cookie', async () => {
  const state = await request({ authorization: `bearer ${anna}`, cookie: `${own}=${bert}` });
  expect(state.userId).toBe('anna');
});

test('the cookie of this instance counts before the one without a suffix', async () => {
  expect((await request({ cookie: `__session=${bert}; ${own}=${anna}` })).userId).toBe('anna');
});

test('the cookie without a suffix counts where there is no other', async () => {
  expect((await request({ cookie: `theme=dark; __session=${bert}` })).userId).toBe('bert');
});

test('the cookie of another instance does not count', async () => {
  expect(await request({ cookie: `__session_AAAAAAAA=${anna}` })).toMatchObject({
    isSignedIn: false,
    reason: 'no_token',
  });
});

test.each<[string, () => Record<string, string>, string]>([
  ['nothing', () => ({}), 'no_token'],
  ['an empty cookie', () => ({ cookie: '__session=' }), 'no_token'],
  ['another scheme', () => ({ authorization: `Basic ${anna}` }), 'no_token'],
  ['a cookie whose name only ends like it', () => ({ cookie: `x__session=${anna}` }), 'no_token'],
  ['a pending session', () => ({ authorization: `Bearer ${pending}` }), 'session_pending'],
  [
    'a bad header, whatever the cookie',
    () => ({ authorization: 'Bearer x', cookie: `__session=${anna}` }),
    'token_malformed',
  ],
  [
    'a bad cookie of this instance',
    () => ({ cookie: `${own}=x; __session=${anna}` }),
    'token_malformed',
  ],
])('%s means signed out', async (_name, headers, reason) => {
  const state = await request(headers());
  expect(state).toMatchObject({
    status: 'signed-out',
    isSignedIn: false,
    userId: undefined,
    claims: undefined,
    reason,
  });
  expect(await state.getToken()).toBeUndefined();
});

test('a token for another page means signed out', async () => {
  const options = { jwtKey, authorizedParties: ['https://other.example.com'] };
  const state = await authenticateRequest(
    new Request('https://x.example', { headers: { cookie: `__session=${anna}` } }),
    options,
  );
  expect(state.reason).toBe('token_authorized_party_refused');
});

test('wrong options throw, they do not sign anybody out', async () => {
  const asking = authenticateRequest(
    new Request('https://x.example', { headers: { cookie: `__session=${anna}` } }),
    {
      jwtKey: 'no key',
    },
  );
  await expect(asking).rejects.toThrow(TypeError);
});
