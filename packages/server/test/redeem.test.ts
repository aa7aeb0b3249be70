import type {
  ClientJSON,
  SignInJSON,
  SignInTokenDetailsJSON,
  SignInTokenJSON,
  UserJSON,
} from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyAuditLog } from '../src/domain/audit-log/verify.ts';
import { codeOf } from './authenticator.ts';
import type { Browser } from './browser.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;
let userId: string;
let count = 0;

beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

async function newUser(): Promise<string> {
  count += 1;
  const { body } = await service.backend<{ id: string }>('POST', '/v1/users', {
    email_address: [`person${count}@example.com`],
  });
  return body.id;
}

async function issue(fields: object = {}): Promise<SignInTokenJSON & { token: string }> {
  userId = await newUser();
  const { body } = await service.backend<SignInTokenJSON>('POST', '/v1/sign_in_tokens', {
    user_id: userId,
    ...fields,
  });
  if (!body.token) throw new Error('no ticket was issued');
  return { ...body, token: body.token };
}

function redeem(browser: Browser, ticket: string, isAnswerLost = false) {
  return browser.post<SignInJSON>(
    '/v1/client/sign_ins',
    { strategy: 'ticket', ticket },
    { isAnswerLost },
  );
}

/** Each answer brings a token of its own. */
function withoutTokens(client: ClientJSON | null) {
  return {
    ...client,
    sessions: client?.sessions.map((session) => ({ ...session, last_active_token: undefined })),
  };
}

async function statusOf(id: string): Promise<SignInTokenDetailsJSON> {
  return (await service.backend<SignInTokenDetailsJSON>('GET', `/v1/sign_in_tokens/${id}`)).body;
}

describe('a ticket', () => {
  test('opens a session, whose token says who signed in and where', async () => {
    const { token, id } = await issue();
    const browser = service.browser();
    const { status, body } = await redeem(browser, token);
    expect(status).toBe(200);
    expect(body.response).toMatchObject({
      status: 'complete',
      first_factor_verification: { strategy: 'ticket' },
    });
    const session = body.client?.sessions[0];
    expect(session?.id).toBe(body.response.created_session_id);
    const claims = await service.world.signingKeys.verify(session?.last_active_token?.jwt ?? '');
    expect(claims).toMatchObject({
      sub: userId,
      sid: session?.id,
      azp: 'http://localhost:5173',
      v: 2,
    });
    expect(await statusOf(id)).toMatchObject({ status: 'accepted', session_id: session?.id });
  });

  test('is answered with the client that is read afterwards, also after wrong passwords', async () => {
    const password = 'a row of eleven seats';
    for (const fields of [{}, { session_max_duration_in_seconds: 600 }]) {
      const { token } = await issue(fields);
      await service.backend('PATCH', `/v1/users/${userId}`, { password });
      const { body: user } = await service.backend<UserJSON>('GET', `/v1/users/${userId}`);
      const identifier = user.email_addresses[0]?.email_address ?? '';
      const guess = { identifier, password: 'something else' };
      expect((await service.browser().post('/v1/client/sign_ins', guess)).status).toBe(422);
      service.clock.advance(5000);
      const browser = service.browser();
      const answered = (await redeem(browser, token)).body.client;
      const { body } = await browser.get<ClientJSON>('/v1/client');
      expect(withoutTokens(answered)).toEqual(withoutTokens(body.response));
      expect(answered?.sessions[0]?.user.last_sign_in_at).toBe(service.clock.now());
    }
  });

  test('opens a session that ends when the token says, however it is used', async () => {
    const { token } = await issue({ session_max_duration_in_seconds: 600 });
    const browser = service.browser();
    const { body } = await redeem(browser, token);
    const touch = `/v1/client/sessions/${body.response.created_session_id}/touch`;
    service.clock.advance(599_999);
    expect((await browser.post(touch)).status).toBe(200);
    service.clock.advance(1);
    expect((await browser.post(touch)).status).toBe(401);
  });

  test('works once: another browser is told that it was used', async () => {
    const { token } = await issue();
    await redeem(service.browser(), token);
    const second = await redeem(service.browser(), token);
    expect([second.status, second.code]).toEqual([400, 'sign_in_token_already_used_code']);
    expect(second.body.client).toBeUndefined();
  });

  test('opens exactly one session when 64 browsers come at once', async () => {
    const { token } = await issue();
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => redeem(service.browser(), token)),
    );
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    const losers = new Set(answers.filter(({ status }) => status !== 200).map(({ code }) => code));
    expect([...losers]).toEqual(['sign_in_token_already_used_code']);
    const { body } = await service.backend<unknown[]>('GET', `/v1/sessions?user_id=${userId}`);
    expect(body).toHaveLength(1);
  });

  test('opens its session beside tickets of which one is used at this moment, and beside others of its user', async () => {
    const shared = await issue();
    const tickets = await Promise.all(
      Array.from({ length: 15 }, async (_, at) => {
        const user = at < 5 ? shared.user_id : await newUser();
        const { body } = await service.backend<SignInTokenJSON>('POST', '/v1/sign_in_tokens', {
          user_id: user,
        });
        return body.token ?? '';
      }),
    );
    // The last one comes twice.
    const asked = [...tickets, ...tickets.slice(-1)];
    const answers = await Promise.all(asked.map((ticket) => redeem(service.browser(), ticket)));
    const opened = answers.flatMap(({ status, body }) =>
      status === 200 ? [body.response.created_session_id] : [],
    );
    expect(new Set(opened).size).toBe(15);
    const refused = answers.flatMap(({ status, code }, at) => (status === 200 ? [] : [[at, code]]));
    expect(refused).toHaveLength(1);
    expect([14, 15]).toContain(refused[0]?.[0]);
    expect(refused[0]?.[1]).toBe('sign_in_token_already_used_code');
    expect((await verifyAuditLog(service.world)).problems).toEqual([]);
  });

  test('gives the same session again to the browser whose answer got lost', async () => {
    const { token } = await issue();
    const browser = service.browser();
    await browser.get('/v1/client');
    const first = await redeem(browser, token, true);
    const second = await redeem(browser, token);
    expect(second.status).toBe(200);
    expect(second.body.response.created_session_id).toBe(first.body.response.created_session_id);
    const { body } = await browser.get<{ sessions: unknown[] }>('/v1/client');
    expect(body.response.sessions).toHaveLength(1);
  });

  test('is used for its own browser too, a minute later', async () => {
    const { token } = await issue();
    const browser = service.browser();
    await browser.get('/v1/client');
    await redeem(browser, token, true);
    service.clock.advance(61_000);
    expect((await redeem(browser, token)).code).toBe('sign_in_token_already_used_code');
  });

  test('is used for its own browser after signing out', async () => {
    const { token } = await issue();
    const browser = service.browser();
    await redeem(browser, token);
    await browser.post('/v1/client/sessions?_method=DELETE');
    expect((await redeem(browser, token)).code).toBe('sign_in_token_already_used_code');
  });

  test('is redeemed without the word strategy as well', async () => {
    const { token } = await issue();
    const { body } = await service
      .browser()
      .post<SignInJSON>('/v1/client/sign_ins', { ticket: token });
    expect(body.response.status).toBe('complete');
  });

  test('stays pending when somebody is signed in already', async () => {
    const browser = service.browser();
    await redeem(browser, (await issue()).token);
    const second = await issue();
    expect((await redeem(browser, second.token)).code).toBe('session_exists');
    expect((await statusOf(second.id)).status).toBe('pending');
  });
});

describe('a ticket that needed a second factor', () => {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

  test('is not repeated by ticket and former cookie alone, but by the code that proved it', async () => {
    const { body: user } = await service.backend<{ id: string }>('POST', '/v1/users', {
      email_address: ['second@example.com'],
      totp_secret: secret,
    });
    const { body: issued } = await service.backend<SignInTokenJSON>('POST', '/v1/sign_in_tokens', {
      user_id: user.id,
    });
    const browser = service.browser();
    const begun = await redeem(browser, issued.token ?? '');
    expect(begun.body.response.status).toBe('needs_second_factor');
    expect((await statusOf(issued.id)).status).toBe('pending');

    const url = `/v1/client/sign_ins/${begun.body.response.id}/attempt_second_factor`;
    const form = { strategy: 'totp', code: codeOf(secret, service.clock) };
    const lost = await browser.post<SignInJSON>(url, form, { isAnswerLost: true });
    expect(lost.body.response.status).toBe('complete');
    expect((await redeem(browser, issued.token ?? '')).code).toBe(
      'sign_in_token_already_used_code',
    );
    const again = await browser.post<SignInJSON>(url, form);
    expect(again.body.response.created_session_id).toBe(lost.body.response.created_session_id);
  });
});

describe('a refusal', () => {
  test.each([
    ['garbage', 'ticket_invalid_code'],
    ['', 'ticket_invalid_code'],
    ['wct_00000000000000000000000000_000000000000000000000000000', 'ticket_invalid_code'],
  ])('of %j is %s, and names no field', async (ticket, code) => {
    const refused = await service
      .browser()
      .post('/v1/client/sign_ins', { strategy: 'ticket', ticket });
    expect([refused.status, refused.code]).toEqual([400, code]);
    expect(refused.body.errors?.[0]?.meta).toEqual({});
  });

  test('of a right id with a wrong secret is the same as of no ticket', async () => {
    const { token, id } = await issue();
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    expect((await redeem(service.browser(), forged)).code).toBe('ticket_invalid_code');
    expect((await statusOf(id)).status).toBe('pending');
  });

  test('tells an expired ticket, from its last moment on', async () => {
    const { token } = await issue({ expires_in_seconds: 10 });
    service.clock.advance(10_000);
    expect((await redeem(service.browser(), token)).code).toBe('ticket_expired_code');
  });

  test('tells a revoked one, a banned, a locked and a deleted user', async () => {
    const revoked = await issue();
    await service.backend('POST', `/v1/sign_in_tokens/${revoked.id}/revoke`);
    expect((await redeem(service.browser(), revoked.token)).code).toBe(
      'sign_in_token_revoked_code',
    );

    const banned = await issue();
    await service.backend('POST', `/v1/users/${userId}/ban`);
    const refused = await redeem(service.browser(), banned.token);
    expect([refused.status, refused.code]).toEqual([403, 'user_banned']);

    const locked = await issue();
    await service.backend('POST', `/v1/users/${userId}/lock`);
    expect((await redeem(service.browser(), locked.token)).code).toBe('user_locked');

    const deleted = await issue();
    await service.backend('DELETE', `/v1/users/${userId}`);
    expect((await redeem(service.browser(), deleted.token)).code).toBe(
      'sign_in_token_cannot_be_used_code',
    );
  });
});
