import type { ClientJSON, SessionJSON, SignInJSON, SignUpJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { presentEnvironment } from '../src/http/wire/environment.ts';
import {
  addressOf,
  createPerson,
  issueTicket,
  redeem,
  rightPassword,
  signInPerson,
} from './people.ts';
import { appOrigin, openService, type TestService } from './service.ts';

let service: TestService;
let production: TestService;
const realOrigin = 'https://app.example.com';

beforeAll(async () => {
  service = await openService();
  production = await openService({
    type: 'production',
    publicUrl: 'https://accounts.example.com',
    settings: { allowedOrigins: [realOrigin], cookieDomain: 'example.com' },
  });
});
afterAll(() => Promise.all([service.close(), production.close()]));

describe('the environment', () => {
  test('is the same by GET and by PATCH, and tells what is on', async () => {
    const browser = service.browser();
    const got = await browser.get<never>('/v1/environment');
    const patched = await browser.post<never>('/v1/environment?_method=PATCH');
    expect(patched.text).toBe(got.text);
    const environment = got.body as unknown as ReturnType<typeof presentEnvironment>;
    expect(environment.auth_config.single_session_mode).toBe(true);
    expect(environment.display_config.instance_environment_type).toBe('development');
  });
});

describe('a client', () => {
  test('is nobody at first, and the first answer makes the browser known without writing', async () => {
    const browser = service.browser();
    const before = service.dump();
    const { status, body, setCookies } = await browser.get('/v1/client');
    expect([status, body.response, body.client]).toEqual([200, null, null]);
    expect(setCookies).toHaveLength(1);
    expect(service.dump()).toBe(before);
  });

  test('of an unknown cookie is nobody, and not refused', async () => {
    const answer = await service.browser().get('/v1/client', {
      headers: { cookie: `__client_x=wcc_${'0'.repeat(26)}_${'a'.repeat(27)}` },
    });
    expect([answer.status, answer.body.response]).toEqual([200, null]);
  });

  test('is made by PUT and POST, and found again', async () => {
    for (const url of ['/v1/client?_method=PUT', '/v1/client']) {
      const browser = service.browser();
      const made = await browser.post<ClientJSON>(url);
      expect(made.body.response).toMatchObject({
        object: 'client',
        sessions: [],
        sign_in: null,
        sign_up: null,
      });
      const again = await browser.post<ClientJSON>(url);
      expect(again.body.response.id).toBe(made.body.response.id);
    }
  });

  test('is emptied by DELETE, which ends its sessions and takes the cookie away', async () => {
    const { browser, sessionId } = await signInPerson(service);
    const gone = await browser.post('/v1/client?_method=DELETE');
    expect([gone.status, gone.body.response]).toEqual([200, null]);
    expect(browser.cookies.size).toBe(0);
    expect(
      (await service.backend<SessionJSON>('GET', `/v1/sessions/${sessionId}`)).body.status,
    ).toBe('removed');
  });

  test('keeps its cookie when everybody signs out', async () => {
    const { browser, client, sessionId } = await signInPerson(service);
    const out = await browser.post<ClientJSON>('/v1/client/sessions?_method=DELETE');
    expect(out.body.response).toMatchObject({ id: client.id, sessions: [] });
    expect(browser.cookies.size).toBe(1);
    expect((await browser.post(`/v1/client/sessions/${sessionId}/touch`)).status).toBe(401);
  });

  test('never adopts a client that was planted: signing in replaces its secret and its id', async () => {
    const attacker = service.browser();
    await attacker.post('/v1/client');
    const victim = service.browser();
    for (const [name, value] of attacker.cookies) victim.cookies.set(name, value);
    await signInPerson(service, { browser: victim });
    expect((await attacker.get<ClientJSON>('/v1/client')).body.response.sessions).toEqual([]);
  });
});

describe('a dev browser', () => {
  const url = (token: string, path = '/v1/client') => `${path}?__clerk_db_jwt=${token}`;

  async function newToken(): Promise<string> {
    const { headers, body } = await service.browser().post<never>('/v1/dev_browser');
    const { id } = body as unknown as { id: string };
    expect(headers['clerk-db-jwt']).toBe(id);
    return id;
  }

  test('stands for a client without any cookie', async () => {
    const token = await newToken();
    const user = await createPerson(service);
    const { token: ticket } = await issueTicket(service, user.id);
    await service.browser().post(url(token, '/v1/client/sign_ins'), { ticket });
    const { body } = await service.browser().get<ClientJSON>(url(token));
    expect(body.response.sessions.map(({ user: { id } }) => id)).toEqual([user.id]);
    await service.browser().post(`${url(token, '/v1/client/sessions')}&_method=DELETE`);
    expect((await service.browser().get<ClientJSON>(url(token))).body.response.sessions).toEqual(
      [],
    );
  });

  test('that is unknown is 401 dev_browser_unauthenticated', async () => {
    for (const token of ['dvb_unknown', 'x']) {
      const refused = await service.browser().get(url(token));
      expect([refused.status, refused.code]).toEqual([401, 'dev_browser_unauthenticated']);
    }
  });

  test('goes on without a client until it has one, with the cookie of the browser', async () => {
    const { browser, user } = await signInPerson(service);
    const { body } = await browser.get<ClientJSON>(url(await newToken()));
    expect(body.response.sessions[0]?.user.id).toBe(user.id);
  });

  test('does not exist in production, where its parameter counts nothing', async () => {
    const refused = await production.browser(realOrigin).post('/v1/dev_browser');
    expect([refused.status, refused.code]).toEqual([403, 'request_invalid_for_instance']);
    expect((await production.browser(realOrigin).get(url('dvb_unknown'))).status).toBe(200);
  });
});

describe('a native app', () => {
  test('carries its client token in Authorization both ways, without cookies', async () => {
    const user = await createPerson(service);
    const { token: ticket } = await issueTicket(service, user.id);
    const native = (authorization: string) => ({ headers: { authorization } });
    const first = await service.browser().get('/v1/client?_is_native=1', native(''));
    const signedIn = await service
      .browser()
      .post<SignInJSON>(
        '/v1/client/sign_ins?_is_native=1',
        { ticket },
        native(String(first.headers['authorization'])),
      );
    expect([signedIn.status, signedIn.setCookies]).toEqual([200, []]);
    const token = String(signedIn.headers['authorization']);
    const { body } = await service
      .browser()
      .get<ClientJSON>('/v1/client?_is_native=1', native(`Bearer ${token}`));
    expect(body.response.sessions[0]?.user.id).toBe(user.id);
    const stranger = await service
      .browser()
      .get('/v1/client?_is_native=1', native(`${token.slice(0, -2)}xx`));
    expect(stranger.body.response).toBeNull();
  });
});

describe('signing in with a password', () => {
  test('works in one call and in two', async () => {
    const user = await createPerson(service, { password: rightPassword });
    const once = await service.browser().post<SignInJSON>('/v1/client/sign_ins', {
      strategy: 'password',
      identifier: addressOf(user),
      password: rightPassword,
    });
    expect(once.body.response).toMatchObject({
      status: 'complete',
      first_factor_verification: { strategy: 'password', status: 'verified' },
    });
    expect(once.body.client?.last_authentication_strategy).toBe('password');
    const browser = service.browser();
    const started = await browser.post<SignInJSON>('/v1/client/sign_ins', {
      identifier: addressOf(user).toUpperCase(),
    });
    expect(started.body.response.status).toBe('needs_first_factor');
    expect(started.body.response.supported_first_factors?.map(({ strategy }) => strategy)).toEqual([
      'password',
      'email_code',
      'reset_password_email_code',
    ]);
    expect(started.body.client?.sign_in?.id).toBe(started.body.response.id);
    const done = await browser.post<SignInJSON>(
      `/v1/client/sign_ins/${started.body.response.id}/attempt_first_factor`,
      { strategy: 'password', password: rightPassword },
    );
    expect(done.body.response.status).toBe('complete');
    expect(done.body.client?.sign_in).toBeNull();
    expect(done.body.client?.last_active_session_id).toBe(done.body.response.created_session_id);
  });

  test.each([
    [{ identifier: 'nobody@example.com', password: 'x' }, 422, 'form_identifier_not_found'],
    [{ strategy: 'oauth_google' }, 422, 'form_param_value_invalid'],
    [{ strategy: 'ticket' }, 400, 'ticket_invalid_code'],
  ])('with %j is refused', async (form, status, code) => {
    const refused = await service.browser().post('/v1/client/sign_ins', form);
    expect([refused.status, refused.code]).toEqual([status, code]);
  });

  test('belongs to the browser that began it', async () => {
    const user = await createPerson(service, { password: rightPassword });
    const { body } = await service
      .browser()
      .post<SignInJSON>('/v1/client/sign_ins', { identifier: addressOf(user) });
    const stranger = service.browser();
    const path = `/v1/client/sign_ins/${body.response.id}/attempt_first_factor`;
    expect(
      (await stranger.post(path, { strategy: 'password', password: rightPassword })).code,
    ).toBe('client_not_found');
    await stranger.post('/v1/client');
    expect(
      (await stranger.post(path, { strategy: 'password', password: rightPassword })).code,
    ).toBe('resource_not_found');
  });

  test('is not offered where the instance or the account has none', async () => {
    const user = await createPerson(service);
    const { body } = await service
      .browser()
      .post<SignInJSON>('/v1/client/sign_ins', { identifier: addressOf(user) });
    expect(body.response.supported_first_factors?.map(({ strategy }) => strategy)).toEqual([
      'email_code',
    ]);
    const refused = await service
      .browser()
      .post('/v1/client/sign_ins', { identifier: addressOf(user), password: 'x' });
    expect([refused.status, refused.code]).toEqual([400, 'strategy_for_user_invalid']);
  });
});

describe('signing in with a code', () => {
  test('arrives by mail and opens a session', async () => {
    const user = await createPerson(service);
    const browser = service.browser();
    service.clock.advance(1);
    const started = await browser.post<SignInJSON>('/v1/client/sign_ins', {
      identifier: addressOf(user),
      strategy: 'email_code',
    });
    expect(started.body.response.first_factor_verification).toMatchObject({
      strategy: 'email_code',
      status: 'unverified',
    });
    const [mail] = await service.world.store.mailbox.list();
    expect(mail?.to).toBe(addressOf(user));
    const done = await browser.post<SignInJSON>(
      `/v1/client/sign_ins/${started.body.response.id}/attempt_first_factor`,
      { strategy: 'email_code', code: await service.mailedCode() },
    );
    expect(done.body.response.status).toBe('complete');
  });

  test('of a test address is 424242 in development, and no mail is sent', async () => {
    const user = await createPerson(service, { email_address: ['jane+clerk_test@example.com'] });
    const browser = service.browser();
    const mails = () => service.dump()['kept_mails']?.length;
    const before = mails();
    const { body } = await browser.post<SignInJSON>('/v1/client/sign_ins', {
      identifier: addressOf(user),
      strategy: 'email_code',
    });
    expect(mails()).toBe(before);
    const done = await browser.post<SignInJSON>(
      `/v1/client/sign_ins/${body.response.id}/attempt_first_factor`,
      { strategy: 'email_code', code: '424242' },
    );
    expect(done.body.response.status).toBe('complete');
  });

  test('of a test address is no fixed one when test mode is off', async () => {
    const strict = await openService({ settings: { isTestMode: false } });
    const user = await createPerson(strict, { email_address: ['jane+clerk_test@example.com'] });
    const browser = strict.browser();
    const begin = { identifier: addressOf(user), strategy: 'email_code' };
    let { body } = await browser.post<SignInJSON>('/v1/client/sign_ins', begin);
    // One random code in a million is the fixed one.
    while ((await strict.mailedCode()) === '424242') {
      ({ body } = await browser.post<SignInJSON>('/v1/client/sign_ins', begin));
    }
    const refused = await browser.post(
      `/v1/client/sign_ins/${body.response.id}/attempt_first_factor`,
      { strategy: 'email_code', code: '424242' },
    );
    expect(refused.code).toBe('form_code_incorrect');
    await strict.close();
  });
});

describe('a forgotten password', () => {
  test('is replaced after the code, and other sessions end when that is asked', async () => {
    const user = await createPerson(service, { password: rightPassword });
    const other = await signInPerson(service, { user });
    const browser = service.browser();
    const { id } = (
      await browser.post<SignInJSON>('/v1/client/sign_ins', { identifier: addressOf(user) })
    ).body.response;
    const path = `/v1/client/sign_ins/${id}`;
    const early = await browser.post(`${path}/reset_password`, { password: 'a new password' });
    expect([early.status, early.code]).toEqual([400, 'sign_in_step_invalid']);
    service.clock.advance(1);
    await browser.post(`${path}/prepare_first_factor`, {
      strategy: 'reset_password_email_code',
      email_address_id: user.primary_email_address_id ?? '',
    });
    const proved = await browser.post<SignInJSON>(`${path}/attempt_first_factor`, {
      strategy: 'reset_password_email_code',
      code: await service.mailedCode(),
    });
    expect([proved.body.response.status, proved.body.response.created_session_id]).toEqual([
      'needs_new_password',
      null,
    ]);
    expect((await browser.post(`${path}/reset_password`, { password: 'short' })).code).toBe(
      'form_password_length_too_short',
    );
    const done = await browser.post<SignInJSON>(`${path}/reset_password`, {
      password: 'a new password',
      sign_out_of_other_sessions: 'true',
    });
    expect(done.body.response.status).toBe('complete');
    expect((await other.browser.post(`/v1/client/sessions/${other.sessionId}/touch`)).status).toBe(
      401,
    );
    const old = await service
      .browser()
      .post('/v1/client/sign_ins', { identifier: addressOf(user), password: rightPassword });
    expect(old.code).toBe('form_password_incorrect');
    expect(
      (await browser.post(`${path}/reset_password`, { password: 'yet another one' })).status,
    ).toBeGreaterThanOrEqual(400);
  });
});

describe('signing up', () => {
  test('makes the account when the address is proved, and opens its session', async () => {
    const browser = service.browser();
    const started = await browser.post<SignUpJSON>('/v1/client/sign_ups', {
      email_address: 'newbie@example.com',
      first_name: 'New',
    });
    expect(started.body.response).toMatchObject({
      status: 'missing_requirements',
      missing_fields: ['password'],
      unverified_fields: ['email_address'],
    });
    const path = `/v1/client/sign_ups/${started.body.response.id}`;
    await browser.post(`${path}?_method=PATCH`, {
      password: rightPassword,
      unsafe_metadata: '{"a":1}',
    });
    service.clock.advance(1);
    await browser.post(`${path}/prepare_verification`, { strategy: 'email_code' });
    expect(
      (await service.backend<unknown[]>('GET', '/v1/users?email_address=newbie@example.com')).body,
    ).toEqual([]);
    const done = await browser.post<SignUpJSON>(`${path}/attempt_verification`, {
      strategy: 'email_code',
      code: await service.mailedCode(),
    });
    expect(done.body.response).toMatchObject({
      status: 'complete',
      missing_fields: [],
      unverified_fields: [],
    });
    expect(done.body.client?.sessions[0]).toMatchObject({
      id: done.body.response.created_session_id,
      user: { first_name: 'New', unsafe_metadata: { a: 1 } },
    });
    expect(JSON.stringify(service.dump())).not.toContain(rightPassword);
  });

  test('with an address that is taken, or where nobody may, is refused', async () => {
    const user = await createPerson(service);
    const taken = await service
      .browser()
      .post('/v1/client/sign_ups', { email_address: addressOf(user) });
    expect([taken.status, taken.code]).toEqual([422, 'form_identifier_exists']);
    const closed = await openService({ settings: { signUpMode: 'restricted' } });
    const refused = await closed
      .browser()
      .post('/v1/client/sign_ups', { email_address: 'a@example.com' });
    expect([refused.status, refused.code]).toEqual([403, 'sign_up_mode_restricted']);
    await closed.close();
  });

  test('with the ticket of a sign-in spends it not', async () => {
    const { token, id } = await issueTicket(service, (await createPerson(service)).id);
    const refused = await service
      .browser()
      .post('/v1/client/sign_ups', { strategy: 'ticket', ticket: token });
    expect([refused.status, refused.code]).toEqual([400, 'sign_in_token_not_in_sign_in_code']);
    expect(
      (await service.backend<{ status: string }>('GET', `/v1/sign_in_tokens/${id}`)).body.status,
    ).toBe('pending');
  });
});

describe('a session', () => {
  test('is touched, gives a bare token, and is ended or removed by its own browser alone', async () => {
    for (const [verb, status] of [
      ['end', 'ended'],
      ['remove', 'removed'],
    ] as const) {
      const { browser, sessionId } = await signInPerson(service);
      const path = `/v1/client/sessions/${sessionId}`;
      const touched = await browser.post<SessionJSON>(`${path}/touch`, {
        active_organization_id: '',
        intent: 'focus',
      });
      expect([touched.body.response.id, touched.body.client?.last_active_session_id]).toEqual([
        sessionId,
        sessionId,
      ]);
      const token = await browser.post<never>(`${path}/tokens`, { organization_id: '' });
      expect(Object.keys(token.body)).toEqual(['object', 'jwt']);
      const stranger = (await signInPerson(service)).browser;
      for (const step of ['touch', 'tokens', 'end', 'remove']) {
        const refused = await stranger.post(`${path}/${step}`);
        expect([refused.status, refused.code]).toEqual([401, 'authentication_invalid']);
      }
      expect((await stranger.get(path)).status).toBe(401);
      const over = await browser.post<SessionJSON>(`${path}/${verb}`);
      expect([over.body.response.status, over.body.client?.sessions]).toEqual([status, []]);
      expect((await browser.post(`${path}/tokens`)).status).toBe(401);
    }
  });

  test('ends when it is not used, and lives on when it is', async () => {
    const short = await openService({
      settings: { sessionInactivitySeconds: 60, sessionLifetimeSeconds: 150 },
    });
    const { browser, sessionId } = await signInPerson(short);
    const touch = async () => (await browser.post(`/v1/client/sessions/${sessionId}/touch`)).status;
    short.clock.advance(59_000);
    expect(await touch()).toBe(200);
    short.clock.advance(59_000);
    expect(await touch()).toBe(200);
    short.clock.advance(31_999);
    expect(await touch()).toBe(200);
    short.clock.advance(1);
    expect(await touch()).toBe(401);
    await short.close();
  });

  test('lives beside others where a browser may hold several', async () => {
    const many = await openService({ settings: { isSingleSession: false } });
    const first = await signInPerson(many);
    many.clock.advance(1);
    const second = await signInPerson(many, { browser: first.browser });
    expect(second.client.sessions.map(({ id }) => id)).toEqual([first.sessionId, second.sessionId]);
    const { token, id } = await issueTicket(many, first.user.id);
    const refused = await redeem(first.browser, token);
    expect([refused.status, refused.code]).toEqual([400, 'identifier_already_signed_in']);
    expect(refused.body.errors?.[0]?.meta.session_id).toBe(first.sessionId);
    expect(
      (await many.backend<{ status: string }>('GET', `/v1/sign_in_tokens/${id}`)).body.status,
    ).toBe('pending');
    await many.close();
  });
});

describe('a ticket link', () => {
  test('leads to the page that redeems it, and changes nothing, whoever looks', async () => {
    const user = await createPerson(service);
    const { token } = await issueTicket(service, user.id, {
      sign_in_url: `${appOrigin}/in`,
      redirect_url: `${appOrigin}/after`,
    });
    const before = service.dump();
    for (const method of ['GET', 'HEAD', 'OPTIONS'] as const) {
      await service.app.inject({
        method,
        url: `/v1/tickets/accept?ticket=${token}`,
        headers: { host: service.host },
      });
    }
    const { status, location } = await service
      .browser()
      .get(`/__clerk/v1/tickets/accept?ticket=${token}`);
    expect(status).toBe(303);
    expect(location).toBe(
      `${appOrigin}/in?__clerk_ticket=${token}&redirect_url=${encodeURIComponent(`${appOrigin}/after`)}`,
    );
    expect(service.dump()).toBe(before);
    const garbage = await service.browser().get('/v1/tickets/accept?ticket=garbage');
    expect([garbage.status, garbage.location]).toEqual([
      303,
      'http://localhost:4000/sign-in?__clerk_ticket=garbage',
    ]);
  });
});
