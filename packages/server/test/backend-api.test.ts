import type {
  ErrorsJSON,
  BackendSessionJSON,
  InstanceJSON,
  RedirectUrlJSON,
  SignInTokenDetailsJSON,
  SignInTokenJSON,
  TestingTokenJSON,
} from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSecretKey, revokeSecretKey } from '../src/domain/key/secret-key.ts';
import { createPerson, issueTicket, redeem, signInPerson } from './people.ts';
import { appOrigin, openService, type TestService } from './service.ts';

let service: TestService;
let production: TestService;

beforeAll(async () => {
  service = await openService();
  production = await openService({
    type: 'production',
    publicUrl: 'https://accounts.example.com',
    settings: {
      allowedOrigins: ['https://app.example.com'],
      signInUrl: 'https://app.example.com/in?from=mail',
      askingPages: ['https://app.example.com/in'],
    },
  });
});
afterAll(() => Promise.all([service.close(), production.close()]));

describe('a sign-in token', () => {
  test('leads by default to the hosted page, with the ticket', async () => {
    const user = await createPerson(service);
    const { status, body } = await service.backend<SignInTokenJSON>('POST', '/v1/sign_in_tokens', {
      user_id: user.id,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ object: 'sign_in_token', user_id: user.id, status: 'pending' });
    expect(body.url).toBe(`http://localhost:4000/sign-in?__clerk_ticket=${body.token}`);
    expect(JSON.stringify(service.dump())).not.toContain(body.token);
  });

  test('leads to the page that was asked for, its query kept, and on to redirect_url', async () => {
    const user = await createPerson(service);
    const { url, token } = await issueTicket(service, user.id, {
      sign_in_url: `${appOrigin}/in?a=1`,
      redirect_url: `${appOrigin}/after?x=y`,
    });
    const link = new URL(url);
    expect([link.origin, link.pathname, link.searchParams.get('a')]).toEqual([
      appOrigin,
      '/in',
      '1',
    ]);
    expect(link.searchParams.get('__clerk_ticket')).toBe(token);
    expect(link.searchParams.get('redirect_url')).toBe(`${appOrigin}/after?x=y`);
  });

  test('leads to the page of the instance where one is set', async () => {
    const user = await createPerson(production);
    const { url, token } = await issueTicket(production, user.id);
    expect(url).toBe(`https://app.example.com/in?from=mail&__clerk_ticket=${token}`);
  });

  test.each(
    ['sign_in_url', 'redirect_url'].flatMap((field) =>
      [
        'https://evil.example/',
        'http://app.example.com/',
        'https://app.example.com.evil.example/',
        'https://app.example.com@evil.example/',
        'https://user:password@app.example.com/',
        'https://app.example.com:444/',
        'https://app.example.com\\@evil.example/',
        '//app.example.com/',
        '/relative',
        'javascript:alert(1)',
        'https:app.example.com',
        ' https://app.example.com/',
        'http://localhost:5173/',
      ].map((url) => [field, url] as const),
    ),
  )('with %s %s is refused at issue in production, and not written', async (field, url) => {
    const user = await createPerson(production);
    const before = production.dump();
    const refused = await production.backend('POST', '/v1/sign_in_tokens', {
      user_id: user.id,
      [field]: url,
    });
    expect([refused.status, refused.code]).toEqual([422, 'redirect_url_mismatch']);
    expect(production.dump()).toBe(before);
  });

  test.each([
    [{ user_id: 'user_unknown' }, 404, 'resource_not_found'],
    [{}, 422, 'form_param_missing'],
    [{ expires_in_seconds: 0 }, 422, 'form_param_value_invalid'],
    [{ expires_in_seconds: 31_536_001 }, 422, 'form_param_value_invalid'],
    [{ confirmaton: 'always' }, 422, 'form_param_unknown'],
  ])('with %j is refused', async (fields, status, code) => {
    const user = await createPerson(service);
    const body =
      'user_id' in fields || Object.keys(fields).length === 0
        ? fields
        : { user_id: user.id, ...fields };
    const refused = await service.backend('POST', '/v1/sign_in_tokens', body);
    expect([refused.status, refused.code]).toEqual([status, code]);
  });

  test('is read with what became of it, and never shows its ticket again', async () => {
    const user = await createPerson(service);
    const { id } = await issueTicket(service, user.id, { expires_in_seconds: 10 });
    const read = () => service.backend<SignInTokenDetailsJSON>('GET', `/v1/sign_in_tokens/${id}`);
    const fresh = (await read()).body;
    expect(fresh).toMatchObject({
      status: 'pending',
      is_expired: false,
      session_id: null,
      redeemed_at: null,
    });
    expect(fresh).not.toHaveProperty('token');
    service.clock.advance(10_000);
    expect((await read()).body).toMatchObject({ status: 'pending', is_expired: true });
  });

  test('is listed by user and status, newest first, page by page', async () => {
    const user = await createPerson(service);
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) {
      service.clock.advance(5);
      ids.unshift((await issueTicket(service, user.id)).id);
    }
    await service.backend('POST', `/v1/sign_in_tokens/${ids[0]}/revoke`);
    type Page = { data: SignInTokenDetailsJSON[]; next_cursor: string | null };
    const list = async (query: string) =>
      (await service.backend<Page>('GET', `/v1/sign_in_tokens?user_id=${user.id}&${query}`)).body;
    const first = await list('limit=3');
    expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 3));
    const second = await list(`limit=3&cursor=${first.next_cursor}`);
    expect([second.data.map(({ id }) => id), second.next_cursor]).toEqual([ids.slice(3), null]);
    expect((await list('status=revoked')).data.map(({ id }) => id)).toEqual([ids[0]]);
    expect((await list('status=accepted')).data).toEqual([]);
  });

  test('is revoked once, and not when it is used', async () => {
    const user = await createPerson(service);
    const { id } = await issueTicket(service, user.id);
    expect(
      (await service.backend<SignInTokenJSON>('POST', `/v1/sign_in_tokens/${id}/revoke`)).body
        .status,
    ).toBe('revoked');
    const again = await service.backend('POST', `/v1/sign_in_tokens/${id}/revoke`);
    expect([again.status, again.code]).toEqual([400, 'sign_in_token_cannot_be_revoked_code']);
    const used = await issueTicket(service, user.id);
    await redeem(service.browser(), used.token);
    expect((await service.backend('POST', `/v1/sign_in_tokens/${used.id}/revoke`)).code).toBe(
      'sign_in_token_cannot_be_revoked_code',
    );
    const unknown = await service.backend('POST', '/v1/sign_in_tokens/sit_unknown/revoke');
    expect([unknown.status, unknown.code]).toEqual([404, 'resource_not_found']);
  });
});

describe('a session', () => {
  test('is listed, read and revoked, once', async () => {
    const { user, sessionId, browser, client } = await signInPerson(service);
    const listed = await service.backend<{ data: BackendSessionJSON[]; total_count: number }>(
      'GET',
      `/v1/sessions?paginated=true&user_id=${user.id}&client_id=${client.id}&status=active`,
    );
    expect([listed.body.data.map(({ id }) => id), listed.body.total_count]).toEqual([
      [sessionId],
      1,
    ]);
    const read = await service.backend<BackendSessionJSON>('GET', `/v1/sessions/${sessionId}`);
    expect(read.body).toMatchObject({ user_id: user.id, client_id: client.id, status: 'active' });
    const revoked = await service.backend<BackendSessionJSON>(
      'POST',
      `/v1/sessions/${sessionId}/revoke`,
    );
    expect(revoked.body.status).toBe('revoked');
    const again = await service.backend('POST', `/v1/sessions/${sessionId}/revoke`);
    expect([again.status, again.code]).toEqual([400, 'session_not_active']);
    expect(
      (await browser.get<{ sessions: unknown[] }>('/v1/client')).body.response.sessions,
    ).toEqual([]);
  });

  test('that ran out says so in every list', async () => {
    const { user, sessionId } = await signInPerson(service);
    service.clock.advance(604_800_000);
    const of = async (status: string) =>
      (
        await service.backend<BackendSessionJSON[]>(
          'GET',
          `/v1/sessions?user_id=${user.id}&status=${status}`,
        )
      ).body.map(({ id }) => id);
    expect([await of('active'), await of('expired')]).toEqual([[], [sessionId]]);
    const refused = await service.backend('POST', `/v1/sessions/${sessionId}/tokens`, {});
    expect([refused.status, refused.code]).toEqual([404, 'resource_not_found']);
  });

  test('is made directly in development only', async () => {
    const user = await createPerson(service);
    const made = await service.backend<BackendSessionJSON>('POST', '/v1/sessions', {
      user_id: user.id,
    });
    expect(made.body).toMatchObject({ user_id: user.id, status: 'active' });
    const real = await createPerson(production);
    const before = production.dump();
    const refused = await production.backend('POST', '/v1/sessions', { user_id: real.id });
    expect([refused.status, refused.code]).toEqual([403, 'request_invalid_for_instance']);
    expect(production.dump()).toBe(before);
  });

  test('gives tokens of the life that is asked for, and verifies its own alone', async () => {
    const [one, two] = [await signInPerson(service), await signInPerson(service)];
    const { body } = await service.backend<{ jwt: string }>(
      'POST',
      `/v1/sessions/${one.sessionId}/tokens`,
      { expires_in_seconds: 600 },
    );
    const claims = await service.world.signingKeys.verify(body.jwt);
    expect(Number(claims?.['exp']) - Number(claims?.['iat'])).toBe(600);
    const verify = (id: string, token: string) =>
      service.backend('POST', `/v1/sessions/${id}/verify`, { token });
    expect((await verify(one.sessionId, body.jwt)).status).toBe(200);
    for (const [id, token] of [
      [two.sessionId, body.jwt],
      [one.sessionId, 'garbage'],
      [one.sessionId, `${body.jwt}x`],
    ] as const) {
      const refused = await verify(id, token);
      expect([refused.status, refused.code]).toEqual([401, 'authentication_invalid']);
    }
    service.clock.advance(600_000);
    expect((await verify(one.sessionId, body.jwt)).code).toBe('authentication_invalid');
  });
});

describe('a client', () => {
  test('is read by id and verified by its token', async () => {
    const { browser, client, sessionId } = await signInPerson(service);
    const read = await service.backend('GET', `/v1/clients/${client.id}`);
    expect(read.body).toMatchObject({
      object: 'client',
      id: client.id,
      session_ids: [sessionId],
      last_active_session_id: sessionId,
    });
    const token = [...browser.cookies.values()][0] ?? '';
    expect((await service.backend('POST', '/v1/clients/verify', { token })).body).toMatchObject({
      id: client.id,
    });
    const forged = await service.backend('POST', '/v1/clients/verify', {
      token: `${token.slice(0, -2)}xx`,
    });
    expect([forged.status, forged.code]).toEqual([401, 'authentication_invalid']);
    expect((await service.backend('GET', '/v1/clients/client_unknown')).status).toBe(404);
  });

  test('hands the payload of a handshake out once, within a minute', async () => {
    const { browser } = await signInPerson(service);
    const start = async () => {
      const { location } = await browser.get(
        `/v1/client/handshake?redirect_url=${encodeURIComponent(appOrigin)}`,
      );
      return new URL(location ?? '').searchParams.get('__clerk_handshake_nonce');
    };
    const take = (nonce: string | null) =>
      service.backend<{ directives: string[] }>(
        'GET',
        `/v1/clients/handshake_payload?nonce=${nonce}`,
      );
    const nonce = await start();
    const answers = await Promise.all([take(nonce), take(nonce), take(nonce)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.map(({ code }) => code))).toEqual(
      new Set([undefined, 'invalid_handshake']),
    );
    const late = await start();
    service.clock.advance(60_000);
    expect((await take(late)).code).toBe('invalid_handshake');
  });
});

describe('a redirect URL', () => {
  test('is added once, listed, read and removed', async () => {
    const added = await service.backend<RedirectUrlJSON>('POST', '/v1/redirect_urls', {
      url: 'myapp://callback',
    });
    expect(added.body).toMatchObject({ object: 'redirect_url', url: 'myapp://callback' });
    const twice = await service.backend('POST', '/v1/redirect_urls', { url: 'myapp://callback' });
    expect([twice.status, twice.code]).toEqual([422, 'form_identifier_exists']);
    expect((await service.backend('GET', '/v1/redirect_urls')).body).toEqual([added.body]);
    expect((await service.backend('GET', '/v1/redirect_urls?paginated=true')).body).toEqual({
      data: [added.body],
      total_count: 1,
    });
    expect((await service.backend('GET', `/v1/redirect_urls/${added.body.id}`)).body).toEqual(
      added.body,
    );
    const removed = await service.backend('DELETE', `/v1/redirect_urls/${added.body.id}`);
    expect(removed.body).toEqual({ object: 'redirect_url', id: added.body.id, deleted: true });
    expect((await service.backend('DELETE', `/v1/redirect_urls/${added.body.id}`)).status).toBe(
      404,
    );
  });

  test.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'no address',
    '/path',
  ])('%s is refused', async (url) => {
    const refused = await service.backend('POST', '/v1/redirect_urls', { url });
    expect([refused.status, refused.code]).toEqual([422, 'redirect_url_invalid']);
  });
});

describe('the instance', () => {
  test('is read, and its settings count from the next request on', async () => {
    const { body } = await service.backend<InstanceJSON>('GET', '/v1/instance');
    expect(body).toMatchObject({
      object: 'instance',
      environment_type: 'development',
      allowed_origins: [],
    });
    const changed = await service.backend('PATCH', '/v1/instance', {
      allowed_origins: ['https://new.example.com'],
    });
    expect([changed.status, changed.body]).toEqual([204, undefined]);
    const user = await createPerson(service);
    await issueTicket(service, user.id, { sign_in_url: 'https://new.example.com/in' });
    await service.backend('PATCH', '/v1/instance', { allowed_origins: [] });
    const refused = await service.backend('POST', '/v1/sign_in_tokens', {
      user_id: user.id,
      sign_in_url: 'https://new.example.com/in',
    });
    expect(refused.code).toBe('redirect_url_mismatch');
  });

  test.each(['*', 'https://*.example.com', 'https://app.example.com/', 'null', 'app.example.com'])(
    'takes no origin %s',
    async (origin) => {
      const refused = await service.backend('PATCH', '/v1/instance', { allowed_origins: [origin] });
      expect(refused.status).toBe(422);
    },
  );

  test.each([
    [{ allowed_origins: ['https://app.example.com', 'http://evil.example'] }, 'allowed_origins'],
    [{ allowed_origins: ['https://localhost:5173'] }, 'allowed_origins'],
    [{ allowed_origins: [] }, 'allowed_origins'],
    [{ new_link_url: 'http://app.example.com/new-link', test_mode: false }, 'new_link_url'],
  ])('of production takes no settings that its file could not say: %j', async (body, field) => {
    const real = await openService({
      type: 'production',
      publicUrl: 'https://accounts.example.com',
      settings: {
        allowedOrigins: ['https://app.example.com'],
        signInUrl: 'https://app.example.com/sign-in',
      },
    });
    try {
      const [before, settings] = [real.dump(), real.world.instance.settings];
      const refused = await real.backend<ErrorsJSON>('PATCH', '/v1/instance', body);
      expect([refused.status, refused.code]).toEqual([422, 'form_param_value_invalid']);
      expect(refused.body.errors[0]?.meta.param_name).toBe(field);
      expect([real.dump(), real.world.instance.settings]).toEqual([before, settings]);
      const allowed_origins = ['https://app.example.com', 'https://other.example.com'];
      const given = { allowed_origins, new_link_url: 'mailto:help@example.com' };
      expect((await real.backend('PATCH', '/v1/instance', given)).status).toBe(204);
    } finally {
      await real.close();
    }
  });

  test('gives testing tokens and the keys that verify', async () => {
    const { body } = await service.backend<TestingTokenJSON>('POST', '/v1/testing_tokens');
    expect(body).toMatchObject({
      object: 'testing_token',
      expires_at: Math.floor(service.clock.now() / 1000) + 3600,
    });
    const misspelt = await service.backend('POST', '/v1/testing_tokens', { expires_in: 60 });
    expect([misspelt.status, misspelt.code]).toEqual([422, 'form_param_unknown']);
    const jwks = await service.backend<{ keys: object[] }>('GET', '/v1/jwks');
    expect(jwks.body.keys).toEqual([
      expect.objectContaining({ use: 'sig', kty: 'RSA', alg: 'RS256', e: 'AQAB' }),
    ]);
    const open = await service.app.inject({
      url: '/.well-known/jwks.json',
      headers: { host: service.host },
    });
    expect(open.json()).toEqual(jwks.body);
  });
});

describe('a secret key', () => {
  test('opens nothing once it is revoked', async () => {
    const { key, secret } = await createSecretKey(service.world, 'short-lived');
    const call = () =>
      service.app.inject({
        url: '/v1/instance',
        headers: { host: service.host, authorization: `Bearer ${secret.reveal()}` },
      });
    expect((await call()).statusCode).toBe(200);
    await revokeSecretKey(service.world, key.id);
    const refused = await call();
    expect([refused.statusCode, refused.json<ErrorsJSON>().errors[0]?.code]).toEqual([
      401,
      'clerk_key_invalid',
    ]);
    expect(JSON.stringify(service.dump())).not.toContain(secret.reveal());
  });

  test('answers with exactly application/json', async () => {
    expect((await service.backend('GET', '/v1/instance')).headers['content-type']).toBe(
      'application/json',
    );
  });
});
