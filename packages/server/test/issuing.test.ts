import type {
  ActorTokenDetailsJSON,
  ActorTokenJSON,
  AuditLineJSON,
  PageJSON,
  RefusedRedemptionsJSON,
  SignInTokenDetailsJSON,
  SignInTokenJSON,
  TokenRevocationJSON,
} from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSecretKey } from '../src/domain/key/secret-key.ts';
import { createPerson, issueTicket, redeem } from './people.ts';
import { openService, type TestService } from './service.ts';

const day = 86_400_000;
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';

let service: TestService;

beforeAll(async () => {
  service = await openService({ trustedProxies: ['127.0.0.1'] });
});
afterAll(() => service.close());

function issue(key: string, body: object, headers: Record<string, string> = {}) {
  return service.backend<SignInTokenJSON>('POST', '/v1/sign_in_tokens', body, {
    'idempotency-key': key,
    ...headers,
  });
}

type FullDetails = SignInTokenDetailsJSON & RefusedRedemptionsJSON;

async function read(id: string): Promise<FullDetails> {
  return (await service.backend<FullDetails>('GET', `/v1/sign_in_tokens/${id}`)).body;
}

describe('a call with Idempotency-Key', () => {
  test('a hundred times at once issues one token, and all get its ticket', async () => {
    const user = await createPerson(service);
    const body = { user_id: user.id, expires_in_seconds: 600, reason: 'an order' };
    const answers = await Promise.all(Array.from({ length: 100 }, () => issue('order-1', body)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map((each) => JSON.stringify(each.body))).size).toBe(1);
    const { data } = (
      await service.backend<PageJSON<SignInTokenJSON>>(
        'GET',
        `/v1/sign_in_tokens?user_id=${user.id}`,
      )
    ).body;
    expect(data.map(({ id }) => id)).toEqual([answers[0]?.body.id]);
    const redeemed = await redeem(service.browser(), answers[0]?.body.token ?? '');
    expect(redeemed.body.response.status).toBe('complete');
  });

  test('one after another answers the same ticket, after it was used and the user was banned too', async () => {
    const user = await createPerson(service);
    const first = await issue('order-2', { user_id: user.id });
    await redeem(service.browser(), first.body.token ?? '');
    await service.backend('POST', `/v1/users/${user.id}/ban`);
    const before = service.dump();
    const again = await issue('order-2', { user_id: user.id });
    expect(again.body).toMatchObject({
      id: first.body.id,
      token: first.body.token,
      url: first.body.url,
      status: 'accepted',
    });
    expect(service.dump()).toEqual(before);
  });

  test('with another body is refused, of another kind too', async () => {
    const user = await createPerson(service);
    await issue('order-3', { user_id: user.id });
    const before = service.dump();
    const others = [
      await issue('order-3', { user_id: user.id, expires_in_seconds: 60 }),
      await issue('order-3', { user_id: user.id, reason: 'another' }),
      await service.backend(
        'POST',
        '/v1/actor_tokens',
        { user_id: user.id, actor: { sub: 'support' } },
        { 'idempotency-key': 'order-3' },
      ),
    ];
    for (const { status, code } of others)
      expect([status, code]).toEqual([422, 'idempotency_key_reused']);
    expect(service.dump()).toEqual(before);
  });

  test('with two bodies at once issues one of them', async () => {
    const user = await createPerson(service);
    const answers = await Promise.all(
      [60, 70, 80].map((seconds) =>
        issue('order-4', { user_id: user.id, expires_in_seconds: seconds }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422, 422]);
  });

  test('of another secret key is another call', async () => {
    const user = await createPerson(service);
    const { secret } = await createSecretKey(service.world, 'other');
    const first = await issue('order-5', { user_id: user.id });
    const other = await issue(
      'order-5',
      { user_id: user.id },
      { authorization: `Bearer ${secret.reveal()}` },
    );
    expect(other.status).toBe(200);
    expect(other.body.id).not.toBe(first.body.id);
  });

  test('after 24 hours is a new call', async () => {
    const user = await createPerson(service);
    const first = await issue('order-6', { user_id: user.id });
    service.clock.advance(day - 1);
    expect((await issue('order-6', { user_id: user.id })).body.id).toBe(first.body.id);
    service.clock.advance(1);
    const later = await issue('order-6', { user_id: user.id });
    expect(later.status).toBe(200);
    expect(later.body.id).not.toBe(first.body.id);
    expect((await issue('order-6', { user_id: user.id })).body.id).toBe(later.body.id);
  });

  test('works for actor tokens', async () => {
    const user = await createPerson(service);
    const body = { user_id: user.id, actor: { sub: 'support' } };
    const call = () =>
      service.backend<ActorTokenJSON>('POST', '/v1/actor_tokens', body, {
        'idempotency-key': 'act-1',
      });
    const first = await call();
    expect((await call()).body).toEqual(first.body);
  });

  test('issues anew once the fence was raised', async () => {
    const user = await createPerson(service);
    const first = await issue('order-8', { user_id: user.id });
    await service.world.store.fence.raise({ reason: 'operator', now: service.clock.now() });
    const again = await issue('order-8', { user_id: user.id });
    expect(again.body.id).not.toBe(first.body.id);
    expect(again.body.status).toBe('pending');
  });

  test('that was refused is judged anew', async () => {
    const user = await createPerson(service);
    await service.backend('POST', `/v1/users/${user.id}/ban`);
    expect((await issue('order-7', { user_id: user.id })).code).toBe('user_banned');
    await service.backend('POST', `/v1/users/${user.id}/unban`);
    expect((await issue('order-7', { user_id: user.id })).status).toBe(200);
  });

  test.each(['', 'two words', 'x'.repeat(256), 'é', 'a\tb'])(
    'is refused where the key is %j',
    async (key) => {
      const user = await createPerson(service);
      const before = service.dump();
      const refused = await issue(key, { user_id: user.id });
      expect([refused.status, refused.code]).toEqual([400, 'idempotency_key_invalid']);
      expect(service.dump()).toEqual(before);
    },
  );

  test('leaves neither its key nor what makes the ticket in the database', async () => {
    const user = await createPerson(service);
    const key = 'mail:ada@example.com';
    const { body } = await issue(key, { user_id: user.id });
    const rows = JSON.stringify(service.dump());
    expect(rows).not.toContain(key);
    expect(rows).not.toContain(body.token?.slice(-27));
    expect(rows).toContain(body.id);
  });
});

describe('a token', () => {
  test('says who redeemed it, when and from which network, and why it was issued', async () => {
    const user = await createPerson(service);
    const { id, token } = await issueTicket(service, user.id, { reason: 'a lost password' });
    expect(await read(id)).toMatchObject({
      reason: 'a lost password',
      redeemed_address: null,
      redeemed_device: null,
    });
    await service
      .browser()
      .post(
        '/v1/client/sign_ins',
        { ticket: token },
        { headers: { 'x-forwarded-for': '203.0.113.77', 'user-agent': chrome } },
      );
    expect(await read(id)).toMatchObject({
      status: 'accepted',
      user_id: user.id,
      redeemed_at: service.clock.now(),
      redeemed_address: '203.0.113.0/24',
      redeemed_device: 'Chrome on Windows',
      session_id: expect.stringMatching(/^sess_/) as string,
    });
  });

  test.each(['', ' ', 'x'.repeat(501), 7])('is not issued for the reason %j', async (reason) => {
    const user = await createPerson(service);
    const refused = await service.backend('POST', '/v1/sign_in_tokens', {
      user_id: user.id,
      reason,
    });
    expect(refused.status).toBe(422);
    expect(refused.code).toMatch(/^form_param_/);
  });

  test('is found by reason and by expiry', async () => {
    const user = await createPerson(service);
    const short = await issueTicket(service, user.id, { expires_in_seconds: 1, reason: 'a' });
    const used = await issueTicket(service, user.id, { expires_in_seconds: 1, reason: 'a' });
    await redeem(service.browser(), used.token);
    const long = await issueTicket(service, user.id, { reason: 'b' });
    service.clock.advance(1000);
    const list = async (query: string) =>
      (
        await service.backend<PageJSON<SignInTokenJSON>>(
          'GET',
          `/v1/sign_in_tokens?user_id=${user.id}&${query}`,
        )
      ).body.data.map(({ id }) => id);
    expect(await list('is_expired=true')).toEqual([short.id]);
    expect((await list('is_expired=false')).toSorted()).toEqual([used.id, long.id].toSorted());
    expect(await list('reason=b')).toEqual([long.id]);
    expect(await list('status=accepted&is_expired=true')).toEqual([]);
  });
});

describe('a bulk revocation', () => {
  const revoke = (body: object, kind = 'sign_in_tokens') =>
    service.backend<TokenRevocationJSON>('POST', `/v1/${kind}/revoke`, body);

  test('ends the pending tokens of one user, once, and no others', async () => {
    const [user, other] = [await createPerson(service), await createPerson(service)];
    const used = await issueTicket(service, user.id);
    await redeem(service.browser(), used.token);
    const open = await issueTicket(service, user.id);
    await issueTicket(service, user.id);
    const foreign = await issueTicket(service, other.id);
    const actor = await service.backend<ActorTokenJSON>('POST', '/v1/actor_tokens', {
      user_id: user.id,
      actor: { sub: 'support' },
    });
    expect((await revoke({ user_id: user.id })).body).toEqual({
      object: 'token_revocation',
      revoked_count: 2,
    });
    expect((await revoke({ user_id: user.id })).body.revoked_count).toBe(0);
    expect((await read(open.id)).status).toBe('revoked');
    expect((await read(used.id)).status).toBe('accepted');
    expect((await read(foreign.id)).status).toBe('pending');
    expect((await revoke({ user_id: user.id }, 'actor_tokens')).body.revoked_count).toBe(1);
    const left = await service.backend<ActorTokenDetailsJSON>(
      'GET',
      `/v1/actor_tokens/${actor.body.id}`,
    );
    expect(left.body.status).toBe('revoked');
  });

  test('goes by reason and by time', async () => {
    const user = await createPerson(service);
    const early = await issueTicket(service, user.id, { reason: 'campaign' });
    service.clock.advance(10);
    const late = await issueTicket(service, user.id, { reason: 'campaign' });
    await issueTicket(service, user.id, { reason: 'other' });
    const before = { reason: 'campaign', issued_before: service.clock.now() };
    expect((await revoke(before)).body.revoked_count).toBe(1);
    expect([(await read(early.id)).status, (await read(late.id)).status]).toEqual([
      'revoked',
      'pending',
    ]);
  });

  test('of more tokens than one commit takes ends them all, and each part has its line', async () => {
    const user = await createPerson(service);
    await Promise.all(Array.from({ length: 1001 }, () => issueTicket(service, user.id)));
    expect((await revoke({ user_id: user.id })).body.revoked_count).toBe(1001);
    const { body } = await service.backend<PageJSON<AuditLineJSON>>(
      'GET',
      `/v1/audit_log?user_id=${user.id}&action=sign_in_token.revoked`,
    );
    expect(body.data.map(({ detail }) => detail['count'])).toEqual([1, 1000]);
  });

  test.each([{}, { user_id: null }, { user: 'user_1' }, { user_id: '' }, undefined])(
    'of everything is refused: %j',
    async (body) => {
      const before = service.dump();
      const refused = await service.backend('POST', '/v1/sign_in_tokens/revoke', body);
      expect([400, 422]).toContain(refused.status);
      expect(service.dump()).toEqual(before);
    },
  );
});

describe('a refused redemption', () => {
  const from = { headers: { 'x-forwarded-for': '2001:db8:7:1::9', 'user-agent': chrome } };

  test('is kept with its reason, time, network and device', async () => {
    const user = await createPerson(service);
    const { id, token } = await issueTicket(service, user.id);
    const browser = service.browser();
    await redeem(browser, token);
    await service.browser().post('/v1/client/sign_ins', { ticket: token }, from);
    service.clock.advance(1000);
    await service.browser().post('/v1/client/sign_ups', { ticket: token }, from);
    const { refused_redemption_count: count, refused_redemptions: tries } = await read(id);
    const place = { address: '2001:db8:7::/48', device: 'Chrome on Windows' };
    expect(count).toBe(2);
    expect(tries).toEqual([
      {
        code: 'sign_in_token_not_in_sign_in_code',
        refused_at: service.clock.now(),
        ...place,
      },
      {
        code: 'sign_in_token_already_used_code',
        refused_at: service.clock.now() - 1000,
        ...place,
      },
    ]);
  });

  test('for who is signed in and for whom is banned is kept, and the ticket stays', async () => {
    const user = await createPerson(service);
    const browser = service.browser();
    await redeem(browser, (await issueTicket(service, user.id)).token);
    const { id, token } = await issueTicket(service, user.id);
    expect((await redeem(browser, token)).code).toBe('session_exists');
    await service.backend('POST', `/v1/users/${user.id}/ban`);
    expect((await redeem(service.browser(), token)).code).toBe('user_banned');
    const details = await read(id);
    expect(details.refused_redemptions.map(({ code }) => code)).toEqual([
      'user_banned',
      'session_exists',
    ]);
    expect(details.status).toBe('pending');
  });

  test('of an actor token is kept', async () => {
    const user = await createPerson(service);
    const { body } = await service.backend<ActorTokenJSON>('POST', '/v1/actor_tokens', {
      user_id: user.id,
      actor: { sub: 'support' },
    });
    await service.backend('POST', `/v1/actor_tokens/${body.id}/revoke`);
    await redeem(service.browser(), body.token ?? '');
    const { body: details } = await service.backend<RefusedRedemptionsJSON>(
      'GET',
      `/v1/actor_tokens/${body.id}`,
    );
    expect(details.refused_redemptions.map(({ code }) => code)).toEqual([
      'actor_token_revoked_code',
    ]);
  });

  test('of an invitation is kept', async () => {
    const { body: invitation } = await service.backend<{ id: string; url: string }>(
      'POST',
      '/v1/invitations',
      { email_address: 'guest@example.com', notify: false },
    );
    const ticket = new URL(invitation.url).searchParams.get('ticket') ?? '';
    await service.backend('POST', `/v1/invitations/${invitation.id}/revoke`);
    await service.browser().post('/v1/client/sign_ups', { ticket });
    await redeem(service.browser(), ticket);
    const { body } = await service.backend<RefusedRedemptionsJSON>(
      'GET',
      `/v1/invitations/${invitation.id}/refused_redemptions`,
    );
    expect(body.refused_redemptions.map(({ code }) => code)).toEqual([
      'revoked_invitation',
      'revoked_invitation',
    ]);
  });

  test('at the last step of a sign-in is kept', async () => {
    const user = await createPerson(service);
    const { id, token } = await issueTicket(service, user.id, { step_up: 'client_trust' });
    const browser = service.browser();
    const begun = await redeem(browser, token);
    const attempt = `/v1/client/sign_ins/${begun.body.response.id}`;
    await browser.post(`${attempt}/prepare_second_factor`, { strategy: 'email_code' });
    await service.backend('POST', `/v1/sign_in_tokens/${id}/revoke`);
    const last = await browser.post(`${attempt}/attempt_second_factor`, {
      strategy: 'email_code',
      code: await service.mailedCode(),
    });
    expect(last.code).toBe('sign_in_token_revoked_code');
    expect((await read(id)).refused_redemptions.map(({ code }) => code)).toContain(
      'sign_in_token_revoked_code',
    );
  });

  test('goes with its user, and so does what is personal on the token', async () => {
    const user = await createPerson(service);
    const { id, token } = await issueTicket(service, user.id, {
      reason: 'for Ada',
      redirect_url: 'http://localhost:5173/ada',
    });
    await service.browser().post('/v1/client/sign_ins', { ticket: token }, from);
    await service.browser().post('/v1/client/sign_ins', { ticket: token }, from);
    expect((await read(id)).refused_redemption_count).toBe(1);
    await service.backend('DELETE', `/v1/users/${user.id}`);
    expect(await read(id)).toMatchObject({
      reason: null,
      redeemed_address: null,
      redeemed_device: null,
      refused_redemption_count: 0,
    });
    expect(JSON.stringify(service.dump())).not.toMatch(/for Ada|\/ada/);
  });

  test('is counted for ever, and the newest twenty are kept', async () => {
    const user = await createPerson(service);
    const { id, token } = await issueTicket(service, user.id, { expires_in_seconds: 1 });
    service.clock.advance(1000);
    for (let tries = 0; tries < 45; tries++) {
      service.clock.advance(1);
      expect((await redeem(service.browser(), token)).code).toBe('ticket_expired_code');
    }
    const details = await read(id);
    expect(details.refused_redemption_count).toBe(45);
    const times = details.refused_redemptions.map((each) => each.refused_at);
    expect(times).toEqual(Array.from({ length: 20 }, (_, at) => service.clock.now() - at));
  });

  test('of a ticket with a wrong secret leaves no trace', async () => {
    const user = await createPerson(service);
    const { id, token } = await issueTicket(service, user.id);
    const wrong = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;
    expect((await redeem(service.browser(), wrong)).code).toBe('ticket_invalid_code');
    expect((await read(id)).refused_redemption_count).toBe(0);
  });
});
