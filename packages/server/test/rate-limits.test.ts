import type { ErrorsJSON, SignInJSON } from '@willcall/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addressOf, createPerson, issueTicket } from './people.ts';
import { appOrigin, openService, type TestOptions, type TestService } from './service.ts';

const open: TestService[] = [];
let limited: TestService;

beforeAll(async () => {
  limited = await start({ hasRateLimits: true });
});
afterAll(() => Promise.all(open.map((service) => service.close())));

async function start(options: TestOptions): Promise<TestService> {
  const service = await openService(options);
  open.push(service);
  return service;
}

interface Call {
  readonly address: string;
  readonly forwarded?: string;
  readonly vouchedBy?: string;
  readonly form?: Readonly<Record<string, string>>;
}

/** Calls from an address, and answers the statuses. */
async function call(
  service: TestService,
  count: number,
  url: string,
  { address, forwarded, vouchedBy, form = { strategy: 'email_code', code: '1' } }: Call,
): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < count; at++) {
    const answer = await service.app.inject({
      method: 'POST',
      url,
      remoteAddress: address,
      headers: {
        host: service.host,
        'content-type': 'application/x-www-form-urlencoded',
        ...(forwarded ? { 'x-forwarded-for': forwarded, 'x-forwarded-host': service.host } : {}),
        ...(vouchedBy ? { 'clerk-secret-key': vouchedBy } : {}),
      },
      payload: new URLSearchParams(form).toString(),
    });
    statuses.push(answer.statusCode);
    if (answer.statusCode !== 429) continue;
    expect(answer.json<ErrorsJSON>().errors[0]?.code).toBe('too_many_requests');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(10);
  }
  return statuses;
}

const limitedOnly = (statuses: readonly number[]) => statuses.map((status) => status === 429);

const signIns = '/v1/client/sign_ins';

describe('rate limits', () => {
  test.each([
    ['/v1/client/sign_ins', 5],
    ['/v1/client/sign_ups', 5],
    ['/v1/client/sign_ins/x/prepare_first_factor', 3],
    ['/v1/client/sign_ins/x/attempt_first_factor', 3],
    ['/v1/client/sign_ups/x/attempt_verification', 3],
  ])('of %s begin above %i in ten seconds, and end with these', async (url, most) => {
    const from = { address: '192.0.2.1' };
    const expected = [...Array.from({ length: most }, () => false), true, true];
    expect(limitedOnly(await call(limited, most + 2, url, from))).toEqual(expected);
    limited.clock.advance(9999);
    expect(limitedOnly(await call(limited, 1, url, from))).toEqual([true]);
    limited.clock.advance(1);
    expect(limitedOnly(await call(limited, most + 2, url, from))).toEqual(expected);
  });

  test('of a time that a clock was ahead end when it is set right', async () => {
    const service = await start({ hasRateLimits: true });
    const from = { address: '192.0.2.1' };
    const expected = [false, false, false, false, false, true];
    service.clock.advance(86_400_000);
    expect(limitedOnly(await call(service, 6, signIns, from))).toEqual(expected);
    service.clock.advance(-86_400_000);
    expect(limitedOnly(await call(service, 6, signIns, from))).toEqual(expected);
  });

  test('count the people behind an app that vouches for their addresses, and nobody by a wrong key', async () => {
    const address = '198.51.100.7';
    for (const forwarded of ['203.0.113.1', '203.0.113.2, 10.0.0.1', '2001:db8::1']) {
      const from = { address, forwarded, vouchedBy: limited.secretKey };
      expect(limitedOnly(await call(limited, 5, signIns, from))).not.toContain(true);
    }
    const wrong = { address, vouchedBy: 'sk_test_never_issued_to_anybody' };
    await call(limited, 5, signIns, { ...wrong, forwarded: '203.0.113.3' });
    const last = await call(limited, 1, signIns, { ...wrong, forwarded: '203.0.113.4' });
    expect(last).toEqual([429]);
  });

  test('count each address by itself, and all of a /64 as one', async () => {
    for (const [address, other, isOne] of [
      ['198.51.100.1', '198.51.100.2', false],
      ['::ffff:198.51.100.8', '198.51.100.8', true],
      ['2001:db8:0:1::1', '2001:db8:0:1:ffff::2', true],
      ['2001:db8:0:2::1', '2001:db8:0:3::1', false],
    ] as const) {
      expect((await call(limited, 6, signIns, { address })).at(-1)).toBe(429);
      const more = limitedOnly(await call(limited, 5, signIns, { address: other }));
      expect([address, ...more]).toEqual([address, ...Array.from({ length: 5 }, () => isOne)]);
    }
  });

  test('cannot be outrun by a forwarded address that nobody vouches for', async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 6; at++) {
      const from = { address: '198.51.100.3', forwarded: `203.0.113.${at}` };
      statuses.push(...(await call(limited, 1, signIns, from)));
    }
    expect(statuses.at(-1)).toBe(429);
  });

  test('count the forwarded address behind a trusted proxy', async () => {
    const behind = await start({ hasRateLimits: true, trustedProxies: ['10.0.0.1'] });
    const address = '10.0.0.1';
    for (let at = 0; at < 8; at++) {
      const from = { address, forwarded: `203.0.113.${at}` };
      expect(await call(behind, 1, signIns, from)).not.toContain(429);
    }
    const same = await call(behind, 6, signIns, { address, forwarded: '203.0.113.99' });
    expect(same.at(-1)).toBe(429);
  });

  test('count an address as one whatever port a proxy writes behind it, and else the connection', async () => {
    const behind = await start({ hasRateLimits: true, trustedProxies: ['10.0.0.0/8'] });
    const written = [
      ['10.0.0.1', (at: number) => `203.0.113.1:${1001 + at}`],
      ['10.0.0.1', (at: number) => `[2001:db8::${at}]:${1001 + at}`],
      ['10.0.0.2', (at: number) => `unknown-${at}`],
    ] as const;
    for (const [address, write] of written) {
      const statuses: number[] = [];
      for (let at = 0; at < 6; at++)
        statuses.push(...(await call(behind, 1, signIns, { address, forwarded: write(at) })));
      expect([write(0), ...limitedOnly(statuses)]).toEqual([
        ...[write(0), false, false, false, false, false, true],
      ]);
    }
    const vouched = { address: '198.51.100.77', vouchedBy: behind.secretKey };
    const statuses: number[] = [];
    for (let at = 0; at < 6; at++)
      statuses.push(
        ...(await call(behind, 1, signIns, { ...vouched, forwarded: `203.0.113.2:${at + 1}` })),
      );
    expect(limitedOnly(statuses).indexOf(true)).toBe(5);
    expect(limitedOnly(await call(behind, 1, signIns, vouched))).toEqual([false]);
  });

  test('are off where they are switched off', async () => {
    const free = await start({});
    expect(await call(free, 60, signIns, { address: '192.0.2.9' })).not.toContain(429);
  });

  test('of the Backend API begin above a hundred in development, and leave the keys alone', async () => {
    const ask = async (url: string) => (await limited.backend('GET', url)).status;
    for (let at = 0; at < 150; at++) expect(await ask('/v1/jwks')).toBe(200);
    const statuses: number[] = [];
    for (let at = 0; at < 101; at++) statuses.push(await ask('/v1/instance'));
    expect([statuses.indexOf(429), statuses.length]).toEqual([100, 101]);
    limited.clock.advance(10_000);
    expect(await ask('/v1/instance')).toBe(200);
  });

  test('let a network open a thousand browsers a minute, and those that are open go on', async () => {
    const service = await start({ hasRateLimits: true });
    const known = service.browser();
    await known.post('/v1/client');
    const come = () => service.browser().post('/v1/client');
    for (let at = 1; at < 1000; at++) await come();
    const before = service.dump()['clients']?.length;
    const refused = await come();
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '60']);
    expect([before, service.dump()['clients']?.length]).toEqual([1000, 1000]);
    expect((await known.post('/v1/client')).status).toBe(200);
    expect(limitedOnly(await call(service, 1, '/v1/client', { address: '192.0.2.7' }))).toEqual([
      false,
    ]);
    service.clock.advance(60_000);
    expect((await come()).status).toBe(200);
  });

  test('let a network make a thousand handshakes a minute', async () => {
    const service = await start({ hasRateLimits: true });
    const browser = service.browser();
    const go = () => browser.get(`/v1/client/handshake?redirect_url=${appOrigin}/page`);
    for (let at = 0; at < 1000; at++) await go();
    const before = service.dump()['handshakes']?.length;
    const refused = await go();
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '60']);
    expect([before, service.dump()['handshakes']?.length]).toEqual([1000, 1000]);
    service.clock.advance(60_000);
    expect((await go()).status).toBe(307);
  });

  test('of the Backend API begin above a thousand in production', async () => {
    const service = await start({
      type: 'production',
      hasRateLimits: true,
      publicUrl: 'https://auth.example.com',
    });
    const statuses: number[] = [];
    for (let at = 0; at < 1001; at++)
      statuses.push((await service.backend('GET', '/v1/instance')).status);
    expect([statuses.indexOf(429), statuses.length]).toEqual([1000, 1001]);
  });

  test('let one user be changed ten times, and the next one as well', async () => {
    const [one, other] = [await createPerson(limited), await createPerson(limited)];
    const change = async (id: string, path = '') =>
      (await limited.backend('PATCH', `/v1/users/${id}${path}`, {})).status;
    const statuses: number[] = [];
    for (let at = 0; at < 6; at++)
      statuses.push(await change(one.id), await change(one.id, '/metadata'));
    expect(limitedOnly(statuses)).toEqual([...Array.from({ length: 10 }, () => false), true, true]);
    expect(await change(other.id)).toBe(200);
  });

  test('let 25 lists of invitations be sent in an hour', async () => {
    const service = await start({ hasRateLimits: true });
    const answers: { status: number; after: unknown }[] = [];
    for (let at = 0; at < 26; at++) {
      const list = [{ email_address: `guest${at}@example.com`, notify: false }];
      const { status, headers } = await service.backend('POST', '/v1/invitations/bulk', list);
      answers.push({ status, after: headers['retry-after'] });
    }
    expect(limitedOnly(answers.map(({ status }) => status)).indexOf(true)).toBe(25);
    expect(answers.at(-1)?.after).toBe('3600');
    expect(service.dump()['invitations']).toHaveLength(25);
  });
});

describe('whoever knows an identifier', () => {
  const password = 'a row of eleven seats';
  const address = '192.0.2.66';
  beforeEach(() => limited.clock.advance(10_000));
  const wrong = (identifier: string) => ({ identifier, strategy: 'password', password: 'wrong' });

  test('uses up the tries of the own address alone', async () => {
    const identifier = addressOf(await createPerson(limited, { password }));
    const attack = await call(limited, 6, signIns, { address, form: wrong(identifier) });
    expect(attack).toEqual([422, 422, 422, 422, 422, 429]);
    const owner = { address: '192.0.2.67', form: { identifier, strategy: 'password', password } };
    expect(await call(limited, 1, signIns, owner)).toEqual([200]);
  });

  test('and tries others from there is stopped above fifty', async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 51; at++) {
      const form = { identifier: `nobody${at}@example.com` };
      statuses.push(...(await call(limited, 1, signIns, { address: '192.0.2.68', form })));
    }
    expect(limitedOnly(statuses).indexOf(true)).toBe(50);
  });

  test('stops nobody from the same address who signs in with a ticket, or in a known browser', async () => {
    const user = await createPerson(limited, { password });
    const identifier = addressOf(user);
    // Browsers of the tests call from there.
    const beside = '127.0.0.1';
    const own = limited.browser();
    const right = { identifier, strategy: 'password', password };
    expect((await own.post<SignInJSON>(signIns, right)).body.response.status).toBe('complete');
    await own.post('/v1/client/sessions?_method=DELETE');
    const attack = await call(limited, 60, signIns, { address: beside, form: wrong(identifier) });
    expect(attack.at(-1)).toBe(429);
    expect((await limited.browser().post(signIns, right)).status).toBe(429);
    const { token } = await issueTicket(limited, user.id);
    const ticket = { strategy: 'ticket', ticket: token };
    expect((await limited.browser().post(signIns, ticket)).status).toBe(200);
    expect((await own.post(signIns, right)).status).toBe(200);
  });

  test('tries a code no oftener in many sign-ins than in one', async () => {
    const identifier = addressOf(await createPerson(limited));
    const browser = limited.browser();
    const statuses: number[] = [];
    for (let at = 0; at < 4; at++) {
      const { body } = await browser.post<SignInJSON>(signIns, { identifier });
      const form = { strategy: 'email_code', code: '000000' };
      const attempt = `${signIns}/${body.response.id}/attempt_first_factor`;
      statuses.push((await browser.post(attempt, form)).status);
    }
    expect(limitedOnly(statuses)).toEqual([false, false, false, true]);
  });
});
