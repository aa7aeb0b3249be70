import type { ActorTokenJSON, SignInJSON } from '@willcall/contract';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { codeOf } from '../authenticator.ts';
import type { Browser } from '../browser.ts';
import { createOrganization, freshAddress, invite, inviteMember, signUp } from '../invited.ts';
import { addressOf, createPerson, issueTicket, redeem, signInPerson } from '../people.ts';
import { appOrigin, openService, type TestService } from '../service.ts';

let service: TestService;

beforeEach(async () => {
  service = await openService({ settings: { hasOrganizations: true } });
  onTestFinished(() => service.close());
});

function raise(reason: 'operator' | 'restore' = 'operator') {
  return service.world.store.fence.raise({ reason, now: service.clock.now() });
}

/** What becomes of each table when the fence is raised. A new table finds its place here. */
const tables = {
  ended: [
    'sign_in_tokens',
    'invitations',
    'sessions',
    'sign_ins',
    'sign_ups',
    'handovers',
    'idempotent_issues',
    'handshakes',
    'enterprise_visits',
    'continuations',
    'client_gestures',
    'fresh_proofs',
  ],
  // Who people are and what the instance is: none of it opens a session by itself.
  kept: [
    'audit_anchor',
    'backup_codes',
    'clients',
    'dev_browsers',
    'enterprise_accounts',
    'enterprise_connections',
    'enterprise_domains',
    'fence_raises',
    'identifications',
    'instance',
    'kept_mails',
    'known_devices',
    'migrations',
    'organization_memberships',
    'organizations',
    'rate_limits',
    'redirect_urls',
    'secret_keys',
    'signing_keys',
    'users',
  ],
};

test('it is decided for every table whether a raise ends what is in it', () => {
  const decided = [...tables.ended, ...tables.kept].toSorted();
  expect(Object.keys(service.dump()).toSorted()).toEqual(decided);
});

describe('raising the fence', () => {
  test.each([
    [
      'a sign-in token',
      'sign_in_token_revoked_code',
      async () => (await issueTicket(service, (await createPerson(service)).id)).token,
    ],
    [
      'an actor token',
      'actor_token_revoked_code',
      async () => {
        const { body } = await service.backend<ActorTokenJSON>('POST', '/v1/actor_tokens', {
          user_id: (await createPerson(service)).id,
          actor: { sub: (await createPerson(service)).id },
        });
        return body.token ?? '';
      },
    ],
    [
      'an invitation to sign in',
      'revoked_invitation',
      async () => {
        const user = await createPerson(service);
        const given = { email_address: addressOf(user), ignore_existing: true };
        return (await invite(service, given)).ticket;
      },
    ],
  ] as const)('withdraws %s: %s', async (_kind, code, issue) => {
    const ticket = await issue();
    await raise();
    const before = service.dump();
    expect((await redeem(service.browser(), ticket)).code).toBe(code);
    expect(service.dump()).toEqual(before);
  });

  test('withdraws invitations to sign up, to the application and to an organization', async () => {
    const organization = await createOrganization(service);
    const tickets = [
      (await invite(service)).ticket,
      (await inviteMember(service, organization.id)).ticket,
    ];
    await raise();
    const codes: (string | undefined)[] = [];
    for (const ticket of tickets) codes.push((await signUp(service.browser(), ticket)).code);
    expect(codes).toEqual(['revoked_invitation', 'organization_invitation_revoked_code']);
  });

  test('ends sessions for browsers and for servers, and mints no more of their tokens', async () => {
    const { browser, sessionId } = await signInPerson(service);
    await raise();
    for (const call of ['tokens', 'touch']) {
      const { status, code } = await browser.post(`/v1/client/sessions/${sessionId}/${call}`);
      expect([call, status, code]).toEqual([call, 401, 'authentication_invalid']);
    }
    expect(
      (await browser.get<{ sessions: unknown[] }>('/v1/client')).body.response.sessions,
    ).toEqual([]);
    const told = await service.backend<{ status: string }>('GET', `/v1/sessions/${sessionId}`);
    expect(told.body.status).toBe('revoked');
    const minted = await service.backend('POST', `/v1/sessions/${sessionId}/tokens`);
    expect(minted.status).toBeGreaterThanOrEqual(400);
    expect((await browser.get('/v1/me')).status).toBe(401);
  });

  test('ends a sign-in that waits for its second factor, with and without a ticket', async () => {
    const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    const password = 'a row of eleven seats';
    const user = await createPerson(service, { totp_secret: secret, password });
    const begin = async (form: Record<string, string>) => {
      const browser = service.browser();
      const { body } = await browser.post<SignInJSON>('/v1/client/sign_ins', form);
      expect(body.response.status).toBe('needs_second_factor');
      return { browser, url: `/v1/client/sign_ins/${body.response.id}/attempt_second_factor` };
    };
    const { token } = await issueTicket(service, user.id);
    const started = [
      await begin({ strategy: 'ticket', ticket: token }),
      await begin({ strategy: 'password', identifier: addressOf(user), password }),
    ];
    await raise();
    for (const { browser, url } of started) {
      const form = { strategy: 'totp', code: codeOf(secret, service.clock) };
      expect((await browser.post(url, form)).code).toBe('sign_in_step_invalid');
    }
    expect(service.dump()['sessions']).toEqual([]);
  });

  test('ends a sign-up under way', async () => {
    const browser = service.browser();
    const { body } = await browser.post<{ id: string }>('/v1/client/sign_ups', {
      email_address: freshAddress(),
      password: 'a row of eleven seats',
    });
    const url = `/v1/client/sign_ups/${body.response.id}`;
    await browser.post(`${url}/prepare_verification`, { strategy: 'email_code' });
    const code = await service.mailedCode();
    await raise();
    const attempt = await browser.post(`${url}/attempt_verification`, {
      strategy: 'email_code',
      code,
    });
    expect(attempt.status).toBeGreaterThanOrEqual(400);
    expect(service.dump()['sessions']).toEqual([]);
  });

  test('makes codes that hand a session over worthless', async () => {
    const { browser } = await signInPerson(service);
    const to = `/v1/client/handshake?redirect_url=${encodeURIComponent(appOrigin)}&format=nonce`;
    const { location } = await browser.get(to);
    const nonce = new URL(location ?? '').searchParams.get('__clerk_handshake_nonce') ?? '';
    await raise();
    const told = await service.backend('GET', `/v1/clients/handshake_payload?nonce=${nonce}`);
    expect(told.code).toBe('invalid_handshake');
    expect([service.dump()['handshakes'], service.dump()['handovers']]).toEqual([[], []]);
  });

  test('leaves people, keys and spent tickets as they are, and what is issued afterwards works', async () => {
    const { user } = await signInPerson(service);
    const spent = await issueTicket(service, user.id);
    await redeem(service.browser(), spent.token);
    await raise();
    const told = await service.backend<{ status: string }>('GET', `/v1/sign_in_tokens/${spent.id}`);
    expect(told.body.status).toBe('accepted');
    expect((await redeem(service.browser(), spent.token)).code).toBe(
      'sign_in_token_already_used_code',
    );
    const { browser, sessionId } = await signInPerson(service, { user });
    const fresh = await browser.post(`/v1/client/sessions/${sessionId}/tokens`);
    expect(fresh.status).toBe(200);
  });

  test('a repeat within the minute gives no session back that a raise has ended', async () => {
    const user = await createPerson(service);
    const { token } = await issueTicket(service, user.id);
    const browser: Browser = service.browser();
    await redeem(browser, token);
    await raise();
    expect((await redeem(browser, token)).code).toBe('sign_in_token_already_used_code');
  });

  test('counts what it ended, and the epoch grows by each', async () => {
    await signInPerson(service);
    await issueTicket(service, (await createPerson(service)).id);
    await invite(service);
    const { store } = service.world;
    expect(await store.fence.find()).toEqual({ epoch: 1, mark: 0 });
    expect(await raise()).toEqual({ epoch: 2, mark: 1, endedTickets: 2, endedSessions: 1 });
    expect(await raise()).toEqual({ epoch: 3, mark: 2, endedTickets: 0, endedSessions: 0 });
    expect(await store.fence.findRaise()).toEqual({
      epoch: 3,
      reason: 'operator',
      raisedAt: service.clock.now(),
    });
  });

  test('never lowers it: a history that is further on counts, part by part', async () => {
    const { fence } = service.world.store;
    const now = service.clock.now();
    const further = await fence.raise({ reason: 'restore', now, above: { epoch: 7, mark: 0 } });
    expect([further.epoch, further.mark]).toEqual([8, 1]);
    const behind = await fence.raise({ reason: 'restore', now, above: { epoch: 2, mark: 90 } });
    expect([behind.epoch, behind.mark]).toEqual([9, 91]);
  });
});
