import type { RefusedRedemptionsJSON, SignInTokenDetailsJSON } from '@willcall/contract';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { auditEntry, operator } from '../src/domain/audit-log/audit-log.ts';
import { purge } from '../src/domain/retention/purge.ts';
import { createPerson, issueTicket, redeem } from './people.ts';
import { openService, type TestService } from './service.ts';

const day = 86_400_000;

let service: TestService;
let userId: string;

beforeEach(async () => {
  service = await openService();
  onTestFinished(() => service.close());
  userId = (await createPerson(service)).id;
});

async function read(id: string) {
  return service.backend<SignInTokenDetailsJSON & RefusedRedemptionsJSON>(
    'GET',
    `/v1/sign_in_tokens/${id}`,
  );
}

/** One token that was used, one that was revoked, one that expired, and one that is good. */
async function issueEach() {
  const issued = {
    used: await issueTicket(service, userId),
    revoked: await issueTicket(service, userId),
    expired: await issueTicket(service, userId, { expires_in_seconds: 1 }),
    pending: await issueTicket(service, userId, { expires_in_seconds: 31_536_000 }),
  };
  await redeem(service.browser(), issued.used.token);
  await service.backend('POST', `/v1/sign_in_tokens/${issued.revoked.id}/revoke`);
  service.clock.advance(1000);
  return issued;
}

const codes = {
  used: 'sign_in_token_already_used_code',
  revoked: 'sign_in_token_revoked_code',
  expired: 'ticket_expired_code',
} as const;

test('a ticket keeps its code for 90 days after its end, and is unknown after that', async () => {
  const issued = await issueEach();
  const codeOf = async (name: keyof typeof issued) =>
    (await redeem(service.browser(), issued[name].token)).code;

  service.clock.advance(90 * day - 2000);
  expect((await purge(service.world)).tokens).toBe(0);
  for (const name of ['used', 'revoked', 'expired'] as const)
    expect(await codeOf(name)).toBe(codes[name]);

  service.clock.advance(2000);
  expect((await purge(service.world)).tokens).toBe(3);
  for (const name of ['used', 'revoked', 'expired'] as const) {
    expect(await codeOf(name)).toBe('ticket_invalid_code');
    expect((await read(issued[name].id)).status).toBe(404);
  }
  expect((await read(issued.pending.id)).body.status).toBe('pending');
  expect(await codeOf('pending')).toBeUndefined();
});

test('networks, devices and refused tries go before their token does', async () => {
  const { used } = await issueEach();
  await redeem(service.browser(), used.token);
  const before = (await read(used.id)).body;
  expect([before.redeemed_address, before.refused_redemption_count]).toEqual(['127.0.0.0/24', 1]);

  service.clock.advance(30 * day - 1001);
  expect((await purge(service.world)).traces).toBe(0);
  service.clock.advance(1001);
  expect((await purge(service.world)).traces).toBe(2);
  expect((await read(used.id)).body).toMatchObject({
    status: 'accepted',
    redeemed_address: null,
    redeemed_device: null,
    session_id: before.session_id,
    refused_redemptions: [],
  });
});

test('the settings decide how long', async () => {
  const { world } = service;
  await world.instance.save({
    ...world.instance.settings,
    tokenRetentionDays: 3,
    traceRetentionDays: 1,
  });
  const { used } = await issueEach();
  service.clock.advance(2 * day);
  expect(await purge(world)).toMatchObject({ tokens: 0, traces: 1 });
  service.clock.advance(day);
  expect((await purge(world)).tokens).toBe(3);
  expect((await read(used.id)).status).toBe(404);
});

test('what a call left for its repeat goes after a day', async () => {
  await service.backend(
    'POST',
    '/v1/sign_in_tokens',
    { user_id: userId },
    { 'idempotency-key': 'order' },
  );
  await purge(service.world);
  expect(service.dump()['idempotent_issues']).toHaveLength(1);
  service.clock.advance(day);
  await purge(service.world);
  expect(service.dump()['idempotent_issues']).toEqual([]);
});

test('many rows go in several transactions, and none begins once it is stopped', async () => {
  const { world } = service;
  const template = await world.store.signInTokens.find((await issueTicket(service, userId)).id);
  if (!template) throw new Error('no token was issued');
  await Promise.all(
    Array.from({ length: 1200 }, (_, at) =>
      world.store.signInTokens.add(
        { ...template, id: `sit_${at}`, status: 'revoked' },
        auditEntry(world, operator, { action: 'test', subjectId: `sit_${at}` }),
      ),
    ),
  );
  service.clock.advance(91 * day);
  let asked = 0;
  expect((await purge(world, () => (asked += 1) > 1)).tokens).toBe(500);
  expect((await purge(world)).tokens).toBe(700);
  expect(service.dump()['sign_in_tokens']).toEqual([
    expect.objectContaining({ id: template.id, status: 'pending' }),
  ]);
});

test('a sign-in that waits when its token goes is over, and asks for nothing less', async () => {
  const { id, token } = await issueTicket(service, userId, { step_up: 'client_trust' });
  const browser = service.browser();
  const begun = await redeem(browser, token);
  const attempt = `/v1/client/sign_ins/${begun.body.response.id}`;
  await browser.post(`${attempt}/prepare_second_factor`, { strategy: 'email_code' });
  const gone = await service.world.store.retention.purge(
    { tokens: Number.MAX_SAFE_INTEGER, traces: 0, issues: 0, spent: 0 },
    10,
  );
  expect(gone.tokens).toBe(1);
  expect((await read(id)).status).toBe(404);
  const before = service.dump();
  const last = await browser.post(`${attempt}/attempt_second_factor`, {
    strategy: 'email_code',
    code: await service.mailedCode(),
  });
  expect([last.status, last.code]).toEqual([400, 'sign_in_step_invalid']);
  expect(service.dump()).toEqual(before);
});
