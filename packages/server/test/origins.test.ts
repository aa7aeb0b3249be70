import type { SignInJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPerson, issueTicket, signInPerson } from './people.ts';
import { appOrigin, openService, type TestService } from './service.ts';

let service: TestService;
let production: TestService;
const realOrigin = 'https://app.example.com';

beforeAll(async () => {
  service = await openService();
  production = await openService({
    type: 'production',
    publicUrl: 'https://accounts.example.com',
    settings: { allowedOrigins: [realOrigin] },
  });
});
afterAll(() => Promise.all([service.close(), production.close()]));

/** Tries to redeem a fresh ticket with these headers; answers status and code. */
async function tryRedeem(
  at: TestService,
  headers: Record<string, string>,
): Promise<[number, string | undefined]> {
  const user = await createPerson(at);
  const { token, id } = await issueTicket(at, user.id);
  const before = at.dump();
  const answer = await at.app.inject({
    method: 'POST',
    url: '/v1/client/sign_ins',
    headers: { host: at.host, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams({ strategy: 'ticket', ticket: token }).toString(),
  });
  const code = answer.json<{ errors?: { code: string }[] }>().errors?.[0]?.code;
  const { body } = await at.backend<{ status: string }>('GET', `/v1/sign_in_tokens/${id}`);
  expect(body.status).toBe(answer.statusCode === 200 ? 'accepted' : 'pending');
  const isWritten = at.dump() !== before;
  expect(isWritten).toBe(answer.statusCode === 200);
  return [answer.statusCode, code];
}

describe('a change that a page asks for', () => {
  test.each<[string, Record<string, string>]>([
    ['an allowed origin', { origin: appOrigin }],
    ['our own origin', { origin: 'http://localhost:4000' }],
    ['another loopback port', { origin: 'http://127.0.0.1:9999' }],
    ['loopback in IPv6', { origin: 'http://[::1]:3000' }],
    [
      'an allowed origin on another site',
      { origin: appOrigin, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
    ],
    [
      'the same origin without Origin',
      { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' },
    ],
    ['no browser', {}],
  ])('from %s is done in development', async (_from, headers) => {
    expect(await tryRedeem(service, headers)).toEqual([200, undefined]);
  });

  test.each<[string, Record<string, string>]>([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['a look-alike', { origin: 'http://localhost.evil.example' }],
    ['no origin that could be told', { origin: 'null' }],
    ['an origin with a path', { origin: `${appOrigin}/` }],
    ['an empty origin', { origin: '' }],
    ['another site without Origin', { 'sec-fetch-site': 'cross-site' }],
    ['the same site without Origin', { 'sec-fetch-site': 'same-site' }],
    [
      'a form that navigates, of an allowed origin',
      { origin: appOrigin, 'sec-fetch-mode': 'navigate' },
    ],
    [
      'a form that navigates, without Origin',
      { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' },
    ],
  ])('from %s is refused and spends nothing', async (_from, headers) => {
    expect(await tryRedeem(service, headers)).toEqual([400, 'origin_invalid']);
  });

  test('comes from exact origins alone in production', async () => {
    expect(await tryRedeem(production, { origin: realOrigin })).toEqual([200, undefined]);
    expect(await tryRedeem(production, { origin: 'https://accounts.example.com' })).toEqual([
      200,
      undefined,
    ]);
    for (const origin of [
      'http://app.example.com',
      'https://app.example.com:8443',
      'https://sub.app.example.com',
      appOrigin,
      'http://localhost:4000',
    ]) {
      expect(await tryRedeem(production, { origin })).toEqual([400, 'origin_invalid']);
    }
  });

  test.each([
    ['PATCH', '/v1/me'],
    ['DELETE', '/v1/client/sessions'],
    ['DELETE', '/v1/client'],
    ['DELETE', '/v1/me'],
    ['PUT', '/v1/client'],
    ['POST', '/v1/dev_browser'],
  ] as const)('by %s %s is refused too when the tunnel carries it', async (method, url) => {
    const { browser } = await signInPerson(service);
    const before = service.dump();
    const refused = await browser.post(
      `${url}?_method=${method}`,
      {},
      { headers: { origin: 'https://evil.example' } },
    );
    expect([refused.status, refused.code]).toEqual([400, 'origin_invalid']);
    expect(service.dump()).toBe(before);
  });
});

describe('CORS', () => {
  const get = (at: TestService, headers: Record<string, string>) =>
    at.app.inject({ url: '/v1/client', headers: { host: at.host, ...headers } });

  test('lets allowed origins read answers with credentials, by name', async () => {
    const { headers } = await get(service, { origin: appOrigin });
    expect(headers).toMatchObject({
      'access-control-allow-origin': appOrigin,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'Authorization, Clerk-Db-Jwt, x-country, retry-after',
      vary: 'Origin',
    });
  });

  test.each(['https://evil.example', 'null', 'http://localhost.evil.example:80'])(
    'tells %s nothing',
    async (origin) => {
      const { headers } = await get(service, { origin });
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers['access-control-allow-credentials']).toBeUndefined();
      expect(headers.vary).toBe('Origin');
    },
  );

  test('lets an allowed origin read refusals too', async () => {
    const refused = await service
      .browser()
      .post('/v1/client/sign_ins', { strategy: 'ticket', ticket: 'x' });
    expect(refused.headers['access-control-allow-origin']).toBe(appOrigin);
  });

  test('answers a preflight, for allowed origins alone, and never opens the Backend API', async () => {
    const ask = (origin: string, url: string) =>
      service.app.inject({
        method: 'OPTIONS',
        url,
        headers: {
          host: service.host,
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization',
        },
      });
    const allowed = await ask(appOrigin, '/__clerk/v1/client/sign_ins');
    expect([allowed.statusCode, allowed.headers['access-control-allow-headers']]).toEqual([
      204,
      'authorization',
    ]);
    expect(allowed.headers['access-control-allow-origin']).toBe(appOrigin);
    expect(
      (await ask('https://evil.example', '/v1/client')).headers['access-control-allow-origin'],
    ).toBeUndefined();
    const backend = await service.app.inject({
      url: '/v1/users',
      headers: {
        host: service.host,
        origin: appOrigin,
        authorization: `Bearer ${service.secretKey}`,
      },
    });
    expect(backend.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('azp of a session token', () => {
  async function azpWith(headers: Record<string, string>): Promise<unknown> {
    const { browser, sessionId } = await signInPerson(service, {
      browser: service.browser('http://localhost:7777'),
    });
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await service.app.inject({
      method: 'POST',
      url: `/v1/client/sessions/${sessionId}/tokens`,
      headers: { host: service.host, cookie, ...headers },
    });
    return (await service.world.signingKeys.verify(answer.json<{ jwt: string }>().jwt))?.['azp'];
  }

  test.each<[string, Record<string, string>, string]>([
    ['Origin', { origin: appOrigin, referer: 'http://localhost:1/' }, appOrigin],
    ['the page address', { referer: 'http://127.0.0.1:8080/page?a=b' }, 'http://127.0.0.1:8080'],
    ['the session where a request tells nothing', {}, 'http://localhost:7777'],
    [
      'the session where the page is foreign',
      { referer: 'https://evil.example/' },
      'http://localhost:7777',
    ],
    [
      'the session where nobody vouches for the proxy',
      { 'clerk-proxy-url': 'http://localhost:6666/__clerk' },
      'http://localhost:7777',
    ],
    [
      'the session where a wrong key vouches',
      {
        'clerk-proxy-url': 'http://localhost:6666/__clerk',
        'clerk-secret-key': `sk_test_${'x'.repeat(40)}`,
      },
      'http://localhost:7777',
    ],
  ])('is told by %s', async (_by, headers, azp) => {
    expect(await azpWith(headers)).toBe(azp);
  });

  test('is told by a proxy that vouches with the secret key', async () => {
    const headers = {
      'clerk-proxy-url': 'http://localhost:6666/__clerk',
      'clerk-secret-key': service.secretKey,
    };
    expect(await azpWith(headers)).toBe('http://localhost:6666');
  });
});

describe('the Host', () => {
  const ask = async (at: TestService, host: string, url = '/v1/environment') =>
    (await at.app.inject({ url, headers: { host } })).statusCode;

  test.each(['localhost:4000', 'LOCALHOST', '127.0.0.1:1', '[::1]:4000'])(
    '%s is ours in development',
    async (host) => {
      expect(await ask(service, host)).toBe(200);
    },
  );

  test.each([
    'evil.example',
    'localhost.evil.example',
    'evil.example:4000',
    'localhost@evil.example',
    '127.0.0.1.evil.example',
  ])('%s is refused on every path but those of health', async (host) => {
    for (const url of [
      '/v1/environment',
      '/',
      '/sign-in',
      '/mailbox',
      '/.well-known/jwks.json',
      '/no-such-path',
      '/v1/users',
    ]) {
      expect([url, await ask(service, host, url)]).toEqual([url, 400]);
    }
    expect(await ask(service, host, '/health/live')).toBe(200);
  });

  test('in production is the public one', async () => {
    expect(await ask(production, 'accounts.example.com')).toBe(200);
    expect(await ask(production, 'app.example.com')).toBe(400);
  });

  test('that a proxy forwards counts from trusted proxies alone', async () => {
    const behind = await openService({ trustedProxies: ['10.0.0.0/8'] });
    const from = async (remoteAddress: string) =>
      (
        await behind.app.inject({
          url: '/v1/environment',
          remoteAddress,
          headers: { host: 'internal', 'x-forwarded-host': 'localhost' },
        })
      ).statusCode;
    expect([await from('10.1.2.3'), await from('203.0.113.7')]).toEqual([200, 400]);
    await behind.close();
  });
});

test('an app below another path reaches the same service under /__clerk', async () => {
  const user = await createPerson(service);
  const { token } = await issueTicket(service, user.id);
  const { body } = await service
    .browser()
    .post<SignInJSON>('/__clerk/v1/client/sign_ins?_clerk_js_version=6', { ticket: token });
  expect(body.response.status).toBe('complete');
});
