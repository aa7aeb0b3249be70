import type { ErrorsJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openService, type TestOptions, type TestService } from './service.ts';

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

/** Calls from an address, and answers the statuses. */
async function call(
  service: TestService,
  count: number,
  url: string,
  from: { address: string; forwarded?: string; vouchedBy?: string },
): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < count; at++) {
    const answer = await service.app.inject({
      method: 'POST',
      url,
      remoteAddress: from.address,
      headers: {
        host: service.host,
        'content-type': 'application/x-www-form-urlencoded',
        ...(from.forwarded
          ? { 'x-forwarded-for': from.forwarded, 'x-forwarded-host': service.host }
          : {}),
        ...(from.vouchedBy ? { 'clerk-secret-key': from.vouchedBy } : {}),
      },
      payload: 'strategy=email_code&code=1',
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

describe('rate limits', () => {
  test.each([
    ['/v1/client/sign_ins', 5],
    ['/v1/client/sign_ups', 5],
    ['/v1/client/sign_ins/x/prepare_first_factor', 3],
    ['/v1/client/sign_ins/x/attempt_first_factor', 3],
    ['/v1/client/sign_ups/x/attempt_verification', 3],
  ])('of %s begin above %i in ten seconds, and not before', async (url, most) => {
    const address = `192.0.2.${most}${url.length}`.slice(0, 12);
    const statuses = await call(limited, most + 2, url, { address });
    expect(limitedOnly(statuses)).toEqual([
      ...Array.from({ length: most }, () => false),
      true,
      true,
    ]);
  });

  test('count the people behind an app that vouches for their addresses, and nobody by a wrong key', async () => {
    const address = '198.51.100.7';
    const url = '/v1/client/sign_ins';
    for (const forwarded of ['203.0.113.1', '203.0.113.2, 10.0.0.1', '2001:db8::1']) {
      const from = { address, forwarded, vouchedBy: limited.secretKey };
      expect(limitedOnly(await call(limited, 5, url, from))).not.toContain(true);
    }
    const wrong = { address, vouchedBy: 'sk_test_never_issued_to_anybody' };
    await call(limited, 5, url, { ...wrong, forwarded: '203.0.113.3' });
    expect((await call(limited, 1, url, { ...wrong, forwarded: '203.0.113.4' })).at(-1)).toBe(429);
  });

  test('count each address by itself', async () => {
    expect(
      (await call(limited, 6, '/v1/client/sign_ins', { address: '198.51.100.1' })).at(-1),
    ).toBe(429);
    expect(
      limitedOnly(await call(limited, 5, '/v1/client/sign_ins', { address: '198.51.100.2' })),
    ).not.toContain(true);
  });

  test('cannot be outrun by a forwarded address that nobody vouches for', async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 6; at++) {
      statuses.push(
        ...(await call(limited, 1, '/v1/client/sign_ins', {
          address: '198.51.100.3',
          forwarded: `203.0.113.${at}`,
        })),
      );
    }
    expect(statuses.at(-1)).toBe(429);
  });

  test('count the forwarded address behind a trusted proxy', async () => {
    const behind = await start({ hasRateLimits: true, trustedProxies: ['10.0.0.1'] });
    for (let at = 0; at < 8; at++) {
      const statuses = await call(behind, 1, '/v1/client/sign_ins', {
        address: '10.0.0.1',
        forwarded: `203.0.113.${at}`,
      });
      expect(statuses).not.toContain(429);
    }
    const same = await call(behind, 6, '/v1/client/sign_ins', {
      address: '10.0.0.1',
      forwarded: '203.0.113.99',
    });
    expect(same.at(-1)).toBe(429);
  });

  test('are off where they are switched off', async () => {
    const free = await start({});
    expect(
      limitedOnly(await call(free, 30, '/v1/client/sign_ins', { address: '192.0.2.9' })),
    ).not.toContain(true);
  });

  test('of the Backend API begin above a thousand', async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 1001; at++)
      statuses.push((await limited.backend('GET', '/v1/jwks')).status);
    // Ten seconds are longer than a thousand calls; if not, none was limited.
    expect(statuses.slice(0, 1000)).not.toContain(429);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
  });
});
