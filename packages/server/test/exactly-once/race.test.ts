import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InvitationJSON } from '@willcall/contract';
import { type ReadyLine, type Running, startShared } from '../cli/command.ts';
import { isOnPostgres, testDatabase } from '../database/test-database.ts';
import {
  atOnce,
  countSessions,
  detailsOf,
  issueTickets,
  makeUser,
  redeemBy,
  refusalsIn,
  sessionsIn,
} from './race.ts';
import { callBackend, openVisitor, type Reply, type Servers } from './servers.ts';

const isNightly = process.env['WILLCALL_NIGHTLY'] === '1';
const callers = 64;
/** What was promised of every change, and of every night. */
const ticketCount = isNightly ? (isOnPostgres() ? 1000 : 10_000) : 500;
/** Tickets of one user, so that a user's sessions can be counted in one call. */
const round = 100;

let folder: string;
const running: Running[] = [];
let servers: Servers;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'willcall-race-'));
  // Hashing passwords would take longer than all races.
  await writeFile(path.join(folder, 'willcall.config.json'), '{ "password": false }');
  const { environment } = await testDatabase(folder);
  // One process on the embedded database by design; four on one that processes share.
  const env = environment ?? {};
  for (let count = environment === undefined ? 1 : 4; count > 0; count--)
    running.push(await startShared(['dev', '--json', '--port', '0'], { folder, env }));
  const ready = running.map(({ firstLine }) => JSON.parse(firstLine) as ReadyLine);
  servers = { urls: ready.map(({ url }) => url), secretKey: ready[0]?.secret_key ?? '' };
});
afterAll(async () => {
  await Promise.all(running.map((each) => each.stop()));
  await rm(folder, { recursive: true, force: true });
});

test(
  `${callers} strangers at once for each of ${ticketCount} tickets open as many sessions as there are tickets`,
  { timeout: isNightly ? 14_400_000 : 900_000 },
  async () => {
    const rounds = ticketCount / round;
    let raced = 0;
    for (let at = 0; at < rounds; at++) {
      const userId = await makeUser(servers);
      const opened = new Set<string>();
      for (const { id, ticket } of await issueTickets(servers, userId, round)) {
        const replies = await atOnce(callers, () => redeemBy(servers, ticket));
        const sessions = sessionsIn(replies);
        expect([id, replies.filter(({ status }) => status === 200).length]).toEqual([id, 1]);
        expect([id, ...refusalsIn(replies)]).toEqual([id, '400 sign_in_token_already_used_code']);
        for (const session of sessions) opened.add(session);
        raced += 1;
      }
      expect(opened.size).toBe(round);
      expect(await countSessions(servers, userId)).toBe(round);
    }
    expect(raced).toBe(rounds * round);
  },
);

test(`${callers} calls at once of one browser get one session, all of them`, async () => {
  const userId = await makeUser(servers);
  const tickets = await issueTickets(servers, userId, 30);
  for (const { id, ticket } of tickets) {
    const visitor = openVisitor(servers);
    await visitor.get('/v1/client');
    const replies = await atOnce(callers, () => redeemBy(servers, ticket, visitor));
    expect([id, ...refusalsIn(replies)]).toEqual([id]);
    const [session, ...more] = sessionsIn(replies);
    expect(more).toEqual([]);
    expect((await detailsOf(servers, id)).session_id).toBe(session);
  }
  expect(await countSessions(servers, userId)).toBe(tickets.length);
});

test('a ticket that is redeemed and revoked at once is one of both, never both', async () => {
  const userId = await makeUser(servers);
  let opened = 0;
  const tickets = await issueTickets(servers, userId, 100);
  for (const [at, { id, ticket }] of tickets.entries()) {
    const revokes: Promise<Reply<unknown>>[] = [];
    // Who comes first is shuffled, so that both outcomes are met.
    const redemptions = await atOnce(16, (caller) => {
      if (caller === at % 16)
        for (let more = 0; more < 4; more++)
          revokes.push(callBackend(servers, 'POST', `/v1/sign_in_tokens/${id}/revoke`));
      return redeemBy(servers, ticket);
    });
    const revoked = (await Promise.all(revokes)).filter(({ status }) => status === 200);
    const sessions = sessionsIn(redemptions);
    expect([id, sessions.length + revoked.length]).toEqual([id, 1]);
    expect(refusalsIn(await Promise.all(revokes)).slice(0, 1)).toEqual([
      expect.stringMatching(/^4\d\d sign_in_token_cannot_be_revoked_code$/),
    ]);
    const details = await detailsOf(servers, id);
    expect([details.status, details.session_id]).toEqual(
      revoked.length > 0 ? ['revoked', null] : ['accepted', sessions[0]],
    );
    expect(refusalsIn(redemptions)).toEqual([
      revoked.length > 0 ? '400 sign_in_token_revoked_code' : '400 sign_in_token_already_used_code',
    ]);
    opened += sessions.length;
  }
  expect(await countSessions(servers, userId)).toBe(opened);
});

test('a user who is banned while a ticket is redeemed holds no session that can be used', async () => {
  for (let at = 0; at < 30; at++) {
    const userId = await makeUser(servers);
    const [issued] = await issueTickets(servers, userId, 1);
    const visitors = Array.from({ length: 8 }, () => openVisitor(servers));
    const ban: Promise<Reply<unknown>>[] = [];
    const replies = await atOnce(visitors.length, (caller) => {
      if (caller === at % visitors.length)
        ban.push(callBackend(servers, 'POST', `/v1/users/${userId}/ban`));
      return redeemBy(servers, issued?.ticket ?? '', visitors[caller]);
    });
    expect((await Promise.all(ban)).map(({ status }) => status)).toEqual([200]);
    const sessions = sessionsIn(replies);
    expect(sessions.length).toBeLessThanOrEqual(1);
    expect(['400 sign_in_token_already_used_code', '403 user_banned']).toEqual(
      expect.arrayContaining([...refusalsIn(replies)]),
    );
    for (const session of sessions) {
      const tokens = await Promise.all(
        visitors.map((visitor) => visitor.post(`/v1/client/sessions/${session}/tokens`)),
      );
      expect(tokens.filter(({ status }) => status === 200)).toEqual([]);
    }
    expect(await countSessions(servers, userId)).toBe(sessions.length);
  }
});

test('sign-ins that were started with one ticket in several browsers end in one session', async () => {
  for (let at = 0; at < 15; at++) {
    const codes = Array.from({ length: 6 }, (_, number) => `spare-code-${number}`);
    const userId = await makeUser(servers, {
      totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      backup_codes: codes,
    });
    const [issued] = await issueTickets(servers, userId, 1);
    const started = await atOnce(codes.length, async () => {
      const visitor = openVisitor(servers);
      const { body } = await redeemBy(servers, issued?.ticket ?? '', visitor);
      expect(body.response.status).toBe('needs_second_factor');
      return { visitor, step: `/v1/client/sign_ins/${body.response.id}/attempt_second_factor` };
    });
    const replies = await atOnce(codes.length, (caller) => {
      const { visitor, step } = started[caller] ?? { visitor: openVisitor(servers), step: '/' };
      return visitor.post(step, { strategy: 'backup_code', code: codes[caller] ?? '' });
    });
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(refusalsIn(replies)).toEqual(['400 sign_in_token_already_used_code']);
    expect((await detailsOf(servers, issued?.id ?? '')).session_id).toBe(sessionsIn(replies)[0]);
    expect(await countSessions(servers, userId)).toBe(1);
  }
});

describe('every other kind of ticket', () => {
  test('an actor token lets one browser act', async () => {
    const userId = await makeUser(servers);
    const fields = { actor: { sub: await makeUser(servers) } };
    for (const { ticket } of await issueTickets(servers, userId, 20, {
      path: '/v1/actor_tokens',
      fields,
    })) {
      const replies = await atOnce(callers, () => redeemBy(servers, ticket));
      expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(refusalsIn(replies)).toEqual(['400 actor_token_already_used_code']);
    }
    expect(await countSessions(servers, userId)).toBe(20);
  });

  test('an invitation makes one account with one session', async () => {
    for (let at = 0; at < 20; at++) {
      const address = `invited-racer${at}@example.com`;
      const invited = await callBackend<InvitationJSON>(servers, 'POST', '/v1/invitations', {
        email_address: address,
        notify: false,
      });
      const ticket = new URL(invited.body.url ?? '').searchParams.get('ticket') ?? '';
      const replies = await atOnce(callers, () =>
        openVisitor(servers).post('/v1/client/sign_ups', {
          strategy: 'ticket',
          ticket,
        }),
      );
      expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(refusalsIn(replies)).toEqual(['400 invitation_already_accepted']);
      const query = `/v1/users?email_address=${encodeURIComponent(address)}`;
      const users = (await callBackend<{ id: string }[]>(servers, 'GET', query)).body;
      expect(users).toHaveLength(1);
      expect(await countSessions(servers, users[0]?.id ?? '')).toBe(1);
    }
  });
});
