import type { SignInTokenJSON } from '@willcall/contract';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { isOnPostgres } from './database/test-database.ts';
import { createPerson, issueTicket, redeem } from './people.ts';
import { openService, type TestService } from './service.ts';

/*
 * What the four calls cost that every customer makes most. It is counted, since time differs
 * from machine to machine: whoever raises a figure here says why.
 */

let service: TestService;

beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

/** Reads beside transactions, transactions that bring something to disk, their statements, signatures. */
async function costOf(call: () => Promise<{ readonly status: number }>, expected = 200) {
  service.takeWork();
  const { status } = await call();
  expect(status).toBe(expected);
  const { statements, hashes, signatures } = service.takeWork();
  const commits = statements.filter((each) => each.includes('COMMIT of'));
  return {
    reads: statements.length - commits.length,
    commits: commits.length,
    // Without a round trip for each statement.
    atOnce: commits.filter((each) => each.endsWith('at once')).length,
    written: commits.flatMap((each) => each.split('; ').slice(0, -1)).length,
    signatures,
    hashes: hashes.length,
  };
}

/** Where a round trip costs something, there is one for all of a transaction; behind a pooler each first asks. */
const atOnce = () => (isOnPostgres() && inject('poolerUrl') === undefined ? 1 : 0);

test('issuing commits once, and looks at its user in the same transaction', async () => {
  const user = await createPerson(service);
  const issue = () =>
    service.backend<SignInTokenJSON>('POST', '/v1/sign_in_tokens', { user_id: user.id });
  expect(await costOf(issue)).toEqual({
    reads: 0,
    commits: 1,
    atOnce: atOnce(),
    written: 3,
    signatures: 0,
    hashes: 0,
  });
});

test('redeeming commits once and signs once', async () => {
  const user = await createPerson(service);
  const { token } = await issueTicket(service, user.id);
  expect(await costOf(() => redeem(service.browser(), token))).toEqual({
    reads: 1,
    commits: 1,
    atOnce: atOnce(),
    written: 6,
    signatures: 1,
    hashes: 0,
  });
});

test('the token of a redemption is signed while the session goes to disk', async () => {
  const { openings } = service.world.store;
  const { open } = openings;
  const signed: number[] = [];
  Object.assign(openings, {
    async open(...args: Parameters<typeof open>) {
      const outcome = await open(...args);
      signed.push(service.takeWork().signatures);
      return outcome;
    },
  });
  try {
    const user = await createPerson(service);
    const { token } = await issueTicket(service, user.id);
    service.takeWork();
    await redeem(service.browser(), token);
  } finally {
    Object.assign(openings, { open });
  }
  expect([...signed, service.takeWork().signatures]).toEqual([1, 0]);
});

test('refreshing and verifying read alone', async () => {
  const user = await createPerson(service);
  const { token } = await issueTicket(service, user.id);
  const browser = service.browser();
  const { body } = await redeem(browser, token);
  const id = body.response.created_session_id;
  expect(await costOf(() => browser.post(`/v1/client/sessions/${id}/tokens`, {}))).toEqual({
    reads: 1,
    commits: 0,
    atOnce: 0,
    written: 0,
    signatures: 1,
    hashes: 0,
  });
  // Within seconds the same token is given again, unless the page asks to skip caches.
  for (const [query, signed] of [
    ['', 0],
    ['?debug=skip_cache', 1],
  ] as const) {
    const again = () => browser.post(`/v1/client/sessions/${id}/tokens${query}`, {});
    expect(await costOf(again)).toMatchObject({ reads: 1, commits: 0, signatures: signed });
  }
  const { body: given } = await service.backend<{ jwt: string }>(
    'POST',
    `/v1/sessions/${id}/tokens`,
  );
  const verify = () => service.backend('POST', `/v1/sessions/${id}/verify`, { token: given.jwt });
  expect(await costOf(verify)).toEqual({
    reads: 1,
    commits: 0,
    atOnce: 0,
    written: 0,
    signatures: 0,
    hashes: 0,
  });
});

test('a refusal signs and hashes nothing; that of a used ticket reads three rows more, for who used it', async () => {
  const user = await createPerson(service);
  const used = await issueTicket(service, user.id);
  await redeem(service.browser(), used.token);
  const revoked = await issueTicket(service, user.id);
  await service.backend('POST', `/v1/sign_in_tokens/${revoked.id}/revoke`);
  const expired = await issueTicket(service, user.id, { expires_in_seconds: 1 });
  service.clock.advance(1000);
  const costs = [];
  for (const { token } of [used, revoked, expired]) {
    const {
      reads,
      signatures: signed,
      hashes,
    } = await costOf(() => redeem(service.browser(), token), 400);
    costs.push({ reads, signed, hashes });
  }
  // The note of a refusal is written behind the answer, and stands in none of these.
  expect(costs).toEqual([
    { reads: 4, signed: 0, hashes: 0 },
    { reads: 1, signed: 0, hashes: 0 },
    { reads: 1, signed: 0, hashes: 0 },
  ]);
});
