import type { DeletedObjectJSON, SessionJSON, UserJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPerson, rightPassword, signInPerson } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

describe('a person', () => {
  test('sees the own account without what is private to the application', async () => {
    const user = await createPerson(service, {
      private_metadata: { secret: 1 },
      public_metadata: { plan: 'gold' },
    });
    const { browser } = await signInPerson(service, { user });
    const { body } = await browser.get<UserJSON>('/v1/me');
    expect(body.response).toMatchObject({ id: user.id, public_metadata: { plan: 'gold' } });
    expect(body.response).not.toHaveProperty('private_metadata');
  });

  test('changes the name and nothing that belongs to the application', async () => {
    const { browser, user } = await signInPerson(service);
    const changed = await browser.post<UserJSON>('/v1/me?_method=PATCH', {
      first_name: ' Ada ',
      last_name: '',
      public_metadata: '{"plan":"gold"}',
      private_metadata: '{}',
      banned: 'false',
      external_id: 'x',
    });
    expect(changed.body.response).toMatchObject({
      first_name: 'Ada',
      last_name: null,
      public_metadata: {},
      external_id: null,
    });
    expect(changed.body.client?.sessions[0]?.user.first_name).toBe('Ada');
    const foreign = (await createPerson(service)).primary_email_address_id ?? '';
    const refused = await browser.post('/v1/me?_method=PATCH', {
      primary_email_address_id: foreign,
    });
    expect([refused.status, refused.code]).toEqual([422, 'form_param_value_invalid']);
    expect(user.id).toBeTruthy();
  });

  test('who is not signed in is 401 everywhere', async () => {
    for (const [method, url] of [
      ['get', '/v1/me'],
      ['get', '/v1/me/sessions'],
      ['get', '/v1/me/sessions/active'],
      ['post', '/v1/me?_method=PATCH'],
      ['post', '/v1/me?_method=DELETE'],
      ['post', '/v1/me/sessions/x/revoke'],
    ] as const) {
      const refused = await service.browser()[method](url);
      expect([url, refused.status, refused.code]).toEqual([url, 401, 'authentication_invalid']);
    }
  });

  test('speaks for a session of the own browser alone', async () => {
    const [one, two] = [await signInPerson(service), await signInPerson(service)];
    const refused = await one.browser.get(`/v1/me?_clerk_session_id=${two.sessionId}`);
    expect([refused.status, refused.code]).toEqual([401, 'authentication_invalid']);
  });
});

describe('changing the password', () => {
  const change = { current_password: rightPassword, new_password: 'another good one' };

  test('needs the present one, and may sign out other devices', async () => {
    const user = await createPerson(service, { password: rightPassword });
    const [here, there] = [
      await signInPerson(service, { user }),
      await signInPerson(service, { user }),
    ];
    const { current_password: _dropped, ...without } = change;
    const missing = await here.browser.post('/v1/me/change_password', without);
    expect([missing.status, missing.code]).toEqual([422, 'form_param_missing']);
    const wrong = await here.browser.post('/v1/me/change_password', {
      ...change,
      current_password: 'wrong',
    });
    expect([wrong.status, wrong.code, wrong.body.errors?.[0]?.meta.param_name]).toEqual([
      422,
      'form_password_incorrect',
      'current_password',
    ]);
    const same = await here.browser.post('/v1/me/change_password', {
      ...change,
      new_password: rightPassword,
    });
    expect([same.status, same.code]).toEqual([422, 'form_new_password_matches_current']);
    const short = await here.browser.post('/v1/me/change_password', {
      ...change,
      new_password: 'short',
    });
    expect(short.code).toBe('form_password_length_too_short');
    const done = await here.browser.post('/v1/me/change_password', {
      ...change,
      sign_out_of_other_sessions: 'true',
    });
    expect(done.status).toBe(200);
    expect((await here.browser.post(`/v1/client/sessions/${here.sessionId}/touch`)).status).toBe(
      200,
    );
    expect((await there.browser.post(`/v1/client/sessions/${there.sessionId}/touch`)).status).toBe(
      401,
    );
    const old = await service.backend('POST', `/v1/users/${user.id}/verify_password`, {
      password: rightPassword,
    });
    expect(old.code).toBe('form_password_incorrect');
  });
});

describe('the own sessions', () => {
  test('are listed with their device, and one of them can be ended from another', async () => {
    const user = await createPerson(service);
    const here = await signInPerson(service, { user });
    const there = await signInPerson(service, { user });
    for (const url of ['/v1/me/sessions', '/v1/me/sessions/active']) {
      const listed = await here.browser.get<never>(url);
      const sessions = listed.body as unknown as SessionJSON[];
      expect(sessions.map(({ id }) => id).toSorted()).toEqual(
        [here.sessionId, there.sessionId].toSorted(),
      );
    }
    const ended = await here.browser.post<SessionJSON>(`/v1/me/sessions/${there.sessionId}/revoke`);
    expect(ended.body.response.status).toBe('revoked');
    expect((await there.browser.post(`/v1/client/sessions/${there.sessionId}/tokens`)).status).toBe(
      401,
    );
    const stranger = await signInPerson(service);
    const refused = await here.browser.post(`/v1/me/sessions/${stranger.sessionId}/revoke`);
    expect([refused.status, refused.code]).toEqual([404, 'resource_not_found']);
    expect(
      (await stranger.browser.post(`/v1/client/sessions/${stranger.sessionId}/tokens`)).status,
    ).toBe(200);
  });

  test('are the newest 200 and the own where there are more', async () => {
    const user = await createPerson(service);
    await signInPerson(service, { user });
    const { browser, sessionId: own } = await signInPerson(service, { user });
    const made: string[] = [];
    for (let at = 0; at < 200; at += 1) {
      service.clock.advance(1);
      const { body } = await service.backend<{ id: string }>('POST', '/v1/sessions', {
        user_id: user.id,
      });
      made.push(body.id);
    }
    const listed = await browser.get<never>('/v1/me/sessions/active');
    const ids = (listed.body as unknown as SessionJSON[]).map(({ id }) => id);
    expect(ids).toEqual([...made.toReversed(), own]);
  });
});

describe('deleting oneself', () => {
  test('takes the account away, where the operator lets people do so', async () => {
    const { browser, user } = await signInPerson(service);
    const gone = await browser.post<DeletedObjectJSON>('/v1/me?_method=DELETE');
    expect([gone.body.response.deleted, gone.body.client?.sessions]).toEqual([true, []]);
    expect((await service.backend('GET', `/v1/users/${user.id}`)).status).toBe(404);
    const kept = await signInPerson(service, {
      user: await createPerson(service, { delete_self_enabled: false }),
    });
    const refused = await kept.browser.post('/v1/me?_method=DELETE');
    expect([refused.status, refused.code]).toEqual([403, 'not_allowed_access']);
    expect((await service.backend('GET', `/v1/users/${kept.user.id}`)).status).toBe(200);
  });
});
