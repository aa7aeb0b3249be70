import type { ActorTokenJSON, ClientJSON, SignInJSON, SignInTokenJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from './browser.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;
let subjectId: string;
let supporterId: string;

beforeAll(async () => {
  service = await openService();
  subjectId = await newUser('subject');
  supporterId = await newUser('supporter');
});
afterAll(() => service.close());

async function newUser(name: string): Promise<string> {
  const body = { email_address: [`${name}@example.com`], password: 'a row of eleven seats' };
  return (await service.backend<{ id: string }>('POST', '/v1/users', body)).body.id;
}

async function issue(fields: object = {}): Promise<ActorTokenJSON & { token: string }> {
  const body = {
    user_id: subjectId,
    actor: { sub: supporterId, reason: 'a lost seat' },
    ...fields,
  };
  const issued = await service.backend<ActorTokenJSON>('POST', '/v1/actor_tokens', body);
  if (!issued.body.token) throw new Error(`no ticket was issued: ${JSON.stringify(issued.body)}`);
  return { ...issued.body, token: issued.body.token };
}

function redeem(browser: Browser, ticket: string) {
  return browser.post<SignInJSON>('/v1/client/sign_ins', { strategy: 'ticket', ticket });
}

async function signedIn(userId: string): Promise<Browser> {
  const issued = await service.backend<SignInTokenJSON>('POST', '/v1/sign_in_tokens', {
    user_id: userId,
  });
  const browser = service.browser();
  await redeem(browser, issued.body.token ?? '');
  return browser;
}

async function clientOf(browser: Browser): Promise<ClientJSON> {
  return (await browser.get<ClientJSON>('/v1/client')).body.response;
}

describe('an actor token', () => {
  test('opens a session of the user in which the token tells who acts', async () => {
    const { token, id } = await issue();
    expect(token).toMatch(/^wca_/);
    const { body } = await redeem(service.browser(), token);
    const session = body.client?.sessions[0];
    expect(session).toMatchObject({
      actor: { sub: supporterId, reason: 'a lost seat' },
      status: 'active',
    });
    const claims = await service.world.signingKeys.verify(session?.last_active_token?.jwt ?? '');
    expect(claims).toMatchObject({
      sub: subjectId,
      act: { sub: supporterId, reason: 'a lost seat' },
    });
    const after = await service.backend('GET', `/v1/actor_tokens/${id}`);
    expect(after.body).toMatchObject({
      object: 'actor_token',
      status: 'accepted',
      session_id: session?.id,
    });
    expect(JSON.stringify(after.body)).not.toContain(token);
  });

  test('works once, and says so in words of its own', async () => {
    const { token } = await issue();
    await redeem(service.browser(), token);
    expect((await redeem(service.browser(), token)).code).toBe('actor_token_already_used_code');
    const revoked = await issue();
    expect((await service.backend('POST', `/v1/actor_tokens/${revoked.id}/revoke`)).status).toBe(
      200,
    );
    expect((await redeem(service.browser(), revoked.token)).code).toBe('actor_token_revoked_code');
    const again = await service.backend<{ errors: { code: string }[] }>(
      'POST',
      `/v1/actor_tokens/${revoked.id}/revoke`,
    );
    expect([again.status, again.body.errors[0]?.code]).toEqual([
      400,
      'actor_token_cannot_be_revoked_code',
    ]);
  });

  test('lives an hour unless it says otherwise', async () => {
    const { token } = await issue();
    service.clock.advance(3_600_000);
    expect((await redeem(service.browser(), token)).code).toBe('ticket_expired_code');
  });

  test('leaves no mark of a sign-in on the user', async () => {
    const before = await service.backend<{ last_sign_in_at: number }>(
      'GET',
      `/v1/users/${subjectId}`,
    );
    service.clock.advance(5000);
    await redeem(service.browser(), (await issue()).token);
    const after = await service.backend<{ last_sign_in_at: number }>(
      'GET',
      `/v1/users/${subjectId}`,
    );
    expect(after.body.last_sign_in_at).toBe(before.body.last_sign_in_at);
  });

  test('is not found among sign-in tokens, nor the other way round', async () => {
    const { id } = await issue();
    expect((await service.backend('GET', `/v1/sign_in_tokens/${id}`)).status).toBe(404);
    expect((await service.backend('POST', `/v1/sign_in_tokens/${id}/revoke`)).status).toBe(404);
    const listed = await service.backend<{ data: { id: string }[] }>(
      'GET',
      '/v1/sign_in_tokens?limit=500',
    );
    expect(listed.body.data.map((each) => each.id)).not.toContain(id);
  });

  test.each([
    [{ actor: undefined }, 'form_param_missing'],
    [{ actor: {} }, 'form_param_missing'],
    [{ actor: { sub: '' } }, 'form_param_value_invalid'],
    [{ actor: 'somebody' }, 'form_param_value_invalid'],
    [{ actor: { sub: 'x', more: 'y'.repeat(3000) } }, 'form_param_value_invalid'],
    [{ session_max_duration_in_seconds: 1801 }, 'form_param_value_invalid'],
    [{ expires_in_seconds: 0 }, 'form_param_value_invalid'],
    [{ confirmation: 'always' }, 'form_param_unknown'],
    [{ redirect_url: 'https://elsewhere.example' }, 'redirect_url_mismatch'],
  ])('is not issued with %j: %s', async (fields, code) => {
    const body = { user_id: subjectId, actor: { sub: supporterId }, ...fields };
    const refused = await service.backend<{ errors: { code: string }[] }>(
      'POST',
      '/v1/actor_tokens',
      body,
    );
    expect([refused.status, refused.body.errors[0]?.code]).toEqual([422, code]);
  });

  test('is not issued to act as oneself', async () => {
    const body = { user_id: subjectId, actor: { sub: subjectId } };
    expect((await service.backend('POST', '/v1/actor_tokens', body)).status).toBe(422);
  });
});

describe('an impersonation', () => {
  test('goes beside the session that is there, and its sign-out gives that back', async () => {
    const browser = await signedIn(supporterId);
    const own = (await clientOf(browser)).last_active_session_id;
    const { body } = await redeem(browser, (await issue()).token);
    expect(body.client?.sessions).toHaveLength(2);
    expect(body.client?.last_active_session_id).toBe(body.response.created_session_id);

    const left = await browser.post<ClientJSON>('/v1/client/sessions?_method=DELETE');
    expect(left.body.response.sessions.map(({ id }) => id)).toEqual([own]);
    expect(left.body.response.last_active_session_id).toBe(own);
    await browser.post('/v1/client/sessions?_method=DELETE');
    expect((await clientOf(browser)).sessions).toEqual([]);
  });

  test('ends after ten unused minutes, and after its longest time however it is used', async () => {
    const browser = service.browser();
    const unused = await redeem(browser, (await issue()).token);
    service.clock.advance(600_000);
    const id = unused.body.response.created_session_id ?? '';
    expect((await browser.post(`/v1/client/sessions/${id}/touch`)).status).toBe(401);

    const used = await redeem(
      browser,
      (await issue({ session_max_duration_in_seconds: 1200 })).token,
    );
    const usedId = used.body.response.created_session_id ?? '';
    for (let minutes = 0; minutes < 15; minutes += 5) {
      service.clock.advance(300_000);
      expect((await browser.post(`/v1/client/sessions/${usedId}/touch`)).status).toBe(200);
    }
    service.clock.advance(300_000);
    expect((await browser.post(`/v1/client/sessions/${usedId}/touch`)).status).toBe(401);
  });

  test('lets nothing else begin in its browser', async () => {
    const browser = service.browser();
    await redeem(browser, (await issue()).token);
    const second = await redeem(browser, (await issue()).token);
    expect([second.status, second.code]).toEqual([409, 'session_creation_not_allowed']);
    const form = {
      identifier: 'supporter@example.com',
      password: 'a row of eleven seats',
      strategy: 'password',
    };
    expect((await browser.post('/v1/client/sign_ins', form)).code).toBe(
      'session_creation_not_allowed',
    );
  });

  test('is over when its user is banned', async () => {
    const browser = service.browser();
    const { body } = await redeem(browser, (await issue()).token);
    await service.backend('POST', `/v1/users/${subjectId}/ban`);
    const id = body.response.created_session_id ?? '';
    expect((await browser.post(`/v1/client/sessions/${id}/tokens`)).status).toBe(401);
    const next = await service.backend<ActorTokenJSON>('POST', '/v1/actor_tokens', {
      user_id: subjectId,
      actor: { sub: supporterId },
    });
    expect(next.status).toBe(403);
    await service.backend('POST', `/v1/users/${subjectId}/unban`);
  });
});

describe('an instance with several sessions in a browser', () => {
  let several: TestService;
  beforeAll(async () => {
    several = await openService({ settings: { isSingleSession: false } });
  });
  afterAll(() => several.close());

  async function link(email: string): Promise<string> {
    const found = await several.backend<{ id: string }[]>(
      'GET',
      `/v1/users?email_address=${encodeURIComponent(email)}`,
    );
    const user =
      found.body[0] ??
      (await several.backend<{ id: string }>('POST', '/v1/users', { email_address: [email] })).body;
    const issued = await several.backend<SignInTokenJSON>('POST', '/v1/sign_in_tokens', {
      user_id: user.id,
    });
    return issued.body.token ?? '';
  }

  test('adds another person, and names the session of one who is there', async () => {
    const browser = several.browser();
    const first = await redeem(browser, await link('one@example.com'));
    const second = await redeem(browser, await link('two@example.com'));
    expect(second.body.client?.sessions).toHaveLength(2);
    expect(second.body.client?.last_active_session_id).toBe(
      second.body.response.created_session_id,
    );

    const ticket = await link('one@example.com');
    const again = await redeem(browser, ticket);
    expect([again.status, again.code]).toEqual([400, 'identifier_already_signed_in']);
    expect(again.body.errors?.[0]?.meta).toEqual({
      session_id: first.body.response.created_session_id,
    });
    // It was not spent.
    expect((await redeem(several.browser(), ticket)).status).toBe(200);
  });
});
