import type {
  ClientJSON,
  RefusedRedemptionsJSON,
  SignInJSON,
  SignInTokenDetailsJSON,
} from '@willcall/contract';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { auditEntry, byItself, operator } from '../src/domain/audit-log/audit-log.ts';
import { sealAuditLog } from '../src/domain/audit-log/verify.ts';
import { countPurgeable, purge } from '../src/domain/retention/purge.ts';
import type { Browser } from './browser.ts';
import { freshAddress, invite, signUp } from './invited.ts';
import {
  addressOf,
  createPerson,
  issueTicket,
  redeem,
  rightPassword,
  signInPerson,
} from './people.ts';
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
  expect((await purge(service.world)).sign_in_tokens).toBe(0);
  for (const name of ['used', 'revoked', 'expired'] as const)
    expect(await codeOf(name)).toBe(codes[name]);

  service.clock.advance(2000);
  expect((await purge(service.world)).sign_in_tokens).toBe(3);
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
  expect(await purge(service.world)).toMatchObject({ traces: 0, refused_redemptions: 0 });
  service.clock.advance(1001);
  expect(await purge(service.world)).toMatchObject({ traces: 1, refused_redemptions: 1 });
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
  expect(await purge(world)).toMatchObject({ sign_in_tokens: 0, traces: 1 });
  service.clock.advance(day);
  expect((await purge(world)).sign_in_tokens).toBe(3);
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

test('a session goes 90 days after its longest life, with its browser and what that knows', async () => {
  const { browser } = await signInPerson(service);
  service.clock.advance(97 * day - 1);
  expect(await purge(service.world)).toMatchObject({ sessions: 0, clients: 0 });
  service.clock.advance(2);
  expect(await countPurgeable(service.world)).toMatchObject({ sessions: 1, clients: 1 });
  expect(await purge(service.world)).toMatchObject({ sessions: 1, clients: 1 });
  const { sessions, clients } = service.dump();
  expect([sessions, clients]).toEqual([[], []]);
  expect((await signInPerson(service, { browser })).client.sessions).toHaveLength(1);
});

test('a live session, its browser and a good ticket stay, however old they are', async () => {
  const { world, clock } = service;
  await world.instance.save({
    ...world.instance.settings,
    tokenRetentionDays: 2,
    sessionLifetimeSeconds: 31_536_000,
    sessionInactivitySeconds: 31_536_000,
  });
  const { browser, sessionId } = await signInPerson(service);
  const { id, token } = await issueTicket(service, userId, { expires_in_seconds: 31_536_000 });
  const invited = await invite(service, { expires_in_days: 365 });
  // Whoever signs in for shorter leaves nothing that looks older than this session.
  await world.instance.save({ ...world.instance.settings, sessionLifetimeSeconds: 60 });
  clock.advance(364 * day);
  expect(await countPurgeable(world)).toMatchObject({
    // The one that was used.
    sign_in_tokens: 1,
    invitations: 0,
    sessions: 0,
    clients: 0,
  });
  await purge(world);
  expect((await browser.post(`/v1/client/sessions/${sessionId}/tokens`)).status).toBe(200);
  expect((await read(id)).body.status).toBe('pending');
  expect((await redeem(service.browser(), token)).body.response.status).toBe('complete');
  const { status, body } = await signUp(service.browser(), invited.ticket, {
    password: rightPassword,
  });
  expect([status, body.response.status]).toEqual([200, 'complete']);
});

test('an attempt goes two days after it began; one that is under way stays and ends well', async () => {
  const begin = async (browser: Browser) => {
    const identifier = addressOf(user);
    const { body } = await browser.post<SignInJSON>('/v1/client/sign_ins', { identifier });
    return `/v1/client/sign_ins/${body.response.id}/attempt_first_factor`;
  };
  const user = await createPerson(service, { password: rightPassword });
  const [early, late] = [service.browser(), service.browser()];
  await begin(early);
  await early.post('/v1/client/sign_ups', { email_address: freshAddress() });
  service.clock.advance(day + 1);
  const attempt = await begin(late);
  service.clock.advance(day - 1);
  expect(await purge(service.world)).toMatchObject({ sign_ins: 0, sign_ups: 0 });
  const form = { strategy: 'password', password: rightPassword };
  const ended = await late.post<SignInJSON>(attempt, form);
  expect(ended.body.response.status).toBe('complete');
  service.clock.advance(2);
  expect(await purge(service.world)).toMatchObject({ sign_ins: 1, sign_ups: 1 });
  // The browser whose attempt is gone has none, and begins anew.
  const { body } = await early.get<ClientJSON>('/v1/client');
  expect([body.response.sign_in, body.response.sign_up]).toEqual([null, null]);
  const again = await early.post<SignInJSON>(await begin(early), form);
  expect(again.body.response.status).toBe('complete');
});

test('an invitation keeps its code for 90 days after its end', async () => {
  const { id, ticket } = await invite(service);
  await service.backend('POST', `/v1/invitations/${id}/revoke`);
  const expired = await invite(service, { expires_in_days: 1 });
  service.clock.advance(90 * day - 1);
  expect((await purge(service.world)).invitations).toBe(0);
  expect((await signUp(service.browser(), ticket)).code).toBe('revoked_invitation');
  service.clock.advance(1);
  expect((await purge(service.world)).invitations).toBe(1);
  expect((await signUp(service.browser(), ticket)).code).toBe('ticket_invalid_code');
  service.clock.advance(day);
  expect((await purge(service.world)).invitations).toBe(1);
  expect((await signUp(service.browser(), expired.ticket)).code).toBe('ticket_invalid_code');
});

test('counting tells what would go, and changes nothing', async () => {
  await issueEach();
  await invite(service);
  await service.browser().post('/v1/client/sign_ups', { email_address: freshAddress() });
  await signInPerson(service);
  await service.backend(
    'POST',
    '/v1/sign_in_tokens',
    { user_id: userId },
    { 'idempotency-key': 'a' },
  );
  const used = await issueTicket(service, userId);
  await redeem(service.browser(), used.token);
  await redeem(service.browser(), used.token);
  await read(used.id);
  service.clock.advance(500 * day);
  const before = service.dump();
  // Lines that wait for their place are counted once they have it, as with a server that runs.
  await sealAuditLog(service.world);
  const counted = await countPurgeable(service.world);
  expect(service.dump()).toEqual(before);
  const { one_use_codes: ofOneUse, rate_limits: windows, ...others } = counted;
  expect([ofOneUse, windows]).toEqual([0, 0]);
  for (const [kind, count] of Object.entries(others))
    expect([kind, count > 0]).toEqual([kind, true]);
  // A token that goes takes its network and device with it.
  expect(await purge(service.world)).toEqual({ ...counted, traces: 0 });
  const left = await countPurgeable(service.world);
  expect(Object.values(left).reduce((sum, count) => sum + count)).toBe(0);
});

test('many rows go in several transactions, and none begins once it is stopped', async () => {
  const { world } = service;
  const template = await world.store.signInTokens.find((await issueTicket(service, userId)).id);
  if (!template) throw new Error('no token was issued');
  // As many at once as a busy server has.
  for (let begun = 0; begun < 1200; begun += 100)
    await Promise.all(
      Array.from({ length: 100 }, (_, at) => {
        const id = `sit_${begun + at}`;
        const entry = auditEntry(world, operator, { action: 'test', subjectId: id });
        return world.store.signInTokens.add({ ...template, id, status: 'revoked' }, entry);
      }),
    );
  service.clock.advance(91 * day);
  let asked = 0;
  expect((await purge(world, byItself, () => (asked += 1) > 1)).sign_in_tokens).toBe(500);
  expect((await purge(world)).sign_in_tokens).toBe(700);
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
  const late = {
    ended: Number.MAX_SAFE_INTEGER,
    clients: 0,
    traces: 0,
    issues: 0,
    spent: 0,
    windows: 0,
  };
  for await (const gone of service.world.store.retention.remove('sign_in_tokens', late, 10))
    expect(gone).toBe(1);
  expect((await read(id)).status).toBe(404);
  const before = service.dump();
  const last = await browser.post(`${attempt}/attempt_second_factor`, {
    strategy: 'email_code',
    code: await service.mailedCode(),
  });
  expect([last.status, last.code]).toEqual([400, 'sign_in_step_invalid']);
  expect(service.dump()).toEqual(before);
});
