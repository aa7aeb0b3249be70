import type { BackendUserJSON } from '@willcall/contract';
import { hash } from '@node-rs/bcrypt';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { SqlValue } from '../src/store/engine.ts';
import { createPerson, issueTicket, redeem, rightPassword, signInPerson } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

/** Lists by a query and answers the first names. */
async function namesBy(query: string): Promise<(string | null)[]> {
  const { status, body } = await service.backend<BackendUserJSON[]>('GET', `/v1/users?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.map((user) => user.first_name);
}

describe('a user', () => {
  test('is created with every field, and is read as it was written', async () => {
    const given = {
      external_id: 'ext-1',
      first_name: 'Ada',
      last_name: 'Byron',
      locale: 'en-GB',
      email_address: ['Ada@Example.com', 'ada@second.example'],
      phone_number: ['+1 (201) 555-0199'],
      username: 'ada.byron',
      password: rightPassword,
      public_metadata: { plan: 'gold', nested: { a: [1, null] } },
      private_metadata: { note: 'hidden' },
      unsafe_metadata: { theme: 'dark' },
      delete_self_enabled: false,
      create_organization_enabled: true,
      create_organizations_limit: 3,
      legal_accepted_at: '2026-01-02T03:04:05Z',
      created_at: '2020-01-01T00:00:00Z',
      banned: false,
      locked: false,
      skip_legal_checks: true,
      skip_user_requirement: true,
      skip_password_requirement: true,
    };
    const { status, body } = await service.backend<BackendUserJSON>('POST', '/v1/users', given);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: 'user',
      external_id: 'ext-1',
      first_name: 'Ada',
      last_name: 'Byron',
      locale: 'en-GB',
      username: 'ada.byron',
      password_enabled: true,
      public_metadata: given.public_metadata,
      private_metadata: given.private_metadata,
      unsafe_metadata: given.unsafe_metadata,
      delete_self_enabled: false,
      create_organization_enabled: true,
      create_organizations_limit: 3,
      legal_accepted_at: Date.parse('2026-01-02T03:04:05Z'),
      created_at: Date.parse('2020-01-01T00:00:00Z'),
      banned: false,
      locked: false,
    });
    expect(
      body.email_addresses.map((each) => [each.email_address, each.verification?.status]),
    ).toEqual([
      ['Ada@Example.com', 'verified'],
      ['ada@second.example', 'verified'],
    ]);
    expect(body.phone_numbers.map((each) => each.phone_number)).toEqual(['+12015550199']);
    expect(body.primary_email_address_id).toBe(body.email_addresses[0]?.id);
    const read = await service.backend<BackendUserJSON>('GET', `/v1/users/${body.id}`);
    expect(read.body).toEqual(body);
    expect(JSON.stringify(service.dump())).not.toContain(rightPassword);
  });

  test.each([
    [{}, 'form_data_missing'],
    [{ email_address: ['not an address'] }, 'form_param_format_invalid'],
    [{ phone_number: ['12'] }, 'form_param_format_invalid'],
    [{ email_address: ['ok@example.com'], password: 'short' }, 'form_password_length_too_short'],
    [
      { email_address: ['ok@example.com'], password: 'x'.repeat(1025) },
      'form_password_size_in_bytes_exceeded',
    ],
    [
      { email_address: ['ok@example.com'], password_digest: 'x', password_hasher: 'bcrypt' },
      'form_param_value_invalid',
    ],
    [
      { email_address: ['ok@example.com'], public_metadata: { a: 'x'.repeat(8200) } },
      'form_param_value_invalid',
    ],
    [{ email_address: ['same@example.com', 'SAME@example.com'] }, 'form_identifier_exists'],
    [{ username: 'ab' }, 'form_param_value_invalid'],
    [{ email_address: ['ok@example.com'], email: 'typo' }, 'form_param_unknown'],
    [{ email_address: ['ok@example.com'], password_hasher: 'bcrypt' }, 'form_param_missing'],
    // The first millisecond that no date has.
    [{ username: 'late', created_at: 8_640_000_000_000_001 }, 'form_param_value_invalid'],
    [{ username: 'late', legal_accepted_at: 8_640_000_000_000_001 }, 'form_param_value_invalid'],
    [{ username: 'late', created_at: '9999-01-01T00:00:00Z' }, 'form_param_value_invalid'],
    [{ username: 'late', legal_accepted_at: 8_640_000_000_000_000 }, 'form_param_value_invalid'],
  ])('with %j is refused with %s, and not written', async (fields, code) => {
    const before = service.dump();
    const refused = await service.backend('POST', '/v1/users', fields);
    expect([refused.status, refused.code]).toEqual([422, code]);
    expect(service.dump()).toBe(before);
  });

  test('is made at a time of the past, give or take the clocks of two machines', async () => {
    const now = service.clock.now();
    const made = await service.backend<BackendUserJSON>('POST', '/v1/users', {
      username: 'made_now',
      created_at: now + 60_000,
    });
    expect([made.status, made.body.created_at]).toEqual([200, now + 60_000]);
    const late = { legal_accepted_at: now + 60_001 };
    const refused = await service.backend('PATCH', `/v1/users/${made.body.id}`, late);
    expect([refused.status, refused.code]).toEqual([422, 'form_param_value_invalid']);
  });

  test.each(['email_address', 'phone_number', 'username', 'external_id'] as const)(
    'has a %s that no other user has, whatever its case, however many come at once',
    async (field) => {
      const value = {
        email_address: 'Taken@example.com',
        phone_number: '+12015550100',
        username: 'Taken_Name',
        external_id: 'taken',
      }[field];
      const write = (text: string) =>
        field === 'email_address' || field === 'phone_number' ? [text] : text;
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          service.backend('POST', '/v1/users', {
            [field]: write(field === 'external_id' || at % 2 ? value : value.toUpperCase()),
          }),
        ),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const refused = answers.filter(({ status }) => status !== 200);
      expect(new Set(refused.map(({ status, code }) => `${status} ${code}`))).toEqual(
        new Set(['422 form_identifier_exists']),
      );
    },
  );

  test('is updated field by field; null empties, and what is not named stays', async () => {
    const user = await createPerson(service, {
      first_name: 'Grace',
      last_name: 'Hopper',
      username: 'grace',
    });
    const changed = await service.backend<BackendUserJSON>('PATCH', `/v1/users/${user.id}`, {
      first_name: null,
      last_name: 'H',
    });
    expect(changed.body).toMatchObject({ first_name: null, last_name: 'H', username: 'grace' });
    const taken = await createPerson(service, { username: 'taken.before' });
    const refused = await service.backend('PATCH', `/v1/users/${user.id}`, {
      username: 'TAKEN.before',
    });
    expect([refused.status, refused.code]).toEqual([422, 'form_identifier_exists']);
    const foreign = await service.backend('PATCH', `/v1/users/${user.id}`, {
      primary_email_address_id: taken.primary_email_address_id,
    });
    expect([foreign.status, foreign.code]).toEqual([422, 'form_param_value_invalid']);
  });

  test('changes the password, and signs out other sessions when that is asked', async () => {
    const { user, browser, sessionId } = await signInPerson(service);
    await service.backend('PATCH', `/v1/users/${user.id}`, {
      password: 'a brand new one',
      sign_out_of_other_sessions: true,
    });
    expect((await browser.post(`/v1/client/sessions/${sessionId}/touch`)).code).toBe(
      'authentication_invalid',
    );
    const proved = await service.backend('POST', `/v1/users/${user.id}/verify_password`, {
      password: 'a brand new one',
    });
    expect(proved.body).toEqual({ verified: true });
  });

  test('merges metadata one level deep, null removes a key, and the other kinds stay', async () => {
    const user = await createPerson(service, {
      public_metadata: { a: 1, b: { c: 1 } },
      private_metadata: { p: 1 },
    });
    const { body } = await service.backend<BackendUserJSON>(
      'PATCH',
      `/v1/users/${user.id}/metadata`,
      {
        public_metadata: { a: null, b: { d: 2 }, e: 3 },
      },
    );
    expect(body.public_metadata).toEqual({ b: { d: 2 }, e: 3 });
    expect(body.private_metadata).toEqual({ p: 1 });
  });

  test('is deleted with all that is personal, and the sessions end', async () => {
    const { user, browser } = await signInPerson(service);
    const address = user.email_addresses[0]?.email_address ?? '';
    // One attempt signed in; this one is open.
    await service.browser().post('/v1/client/sign_ins', { identifier: address });
    const deleted = await service.backend('DELETE', `/v1/users/${user.id}`);
    expect(deleted.body).toEqual({ object: 'user', id: user.id, deleted: true });
    const { body } = await browser.get<{ sessions: unknown[] }>('/v1/client');
    expect(body.response.sessions).toEqual([]);
    const { kept_mails: _mails, ...tables } = service.dump();
    expect(JSON.stringify(tables)).not.toContain(address);
    for (const method of ['GET', 'DELETE', 'PATCH'] as const) {
      const gone = await service.backend(
        method,
        `/v1/users/${user.id}`,
        method === 'PATCH' ? {} : undefined,
      );
      expect([gone.status, gone.code]).toEqual([404, 'resource_not_found']);
    }
  });

  test('leaves of sessions, when it is deleted, whose they were and how they ended', async () => {
    const { user, browser, sessionId } = await signInPerson(service);
    await browser.post(`/v1/client/sessions/${sessionId}/end`);
    service.clock.advance(1000);
    const live = await signInPerson(service, { user });
    const before = readSession(sessionId);
    service.clock.advance(1000);
    await service.backend('DELETE', `/v1/users/${user.id}`);
    expect(readSession(sessionId)).toEqual({ ...before, ip: null });
    expect(before.status).toBe('ended');
    expect(readSession(live.sessionId)).toEqual({
      ...{ user: user.id, status: 'revoked', ip: null },
      updated: service.clock.now(),
    });
  });
});

describe('a ban', () => {
  test('ends every session at once and keeps the person out until it is lifted', async () => {
    const { user, browser, sessionId } = await signInPerson(service);
    const banned = await service.backend<BackendUserJSON>('POST', `/v1/users/${user.id}/ban`);
    expect(banned.body.banned).toBe(true);
    expect((await browser.post(`/v1/client/sessions/${sessionId}/tokens`)).status).toBe(401);
    const refused = await service.backend('POST', '/v1/sign_in_tokens', { user_id: user.id });
    expect([refused.status, refused.code]).toEqual([403, 'user_banned']);
    const lifted = await service.backend<BackendUserJSON>('POST', `/v1/users/${user.id}/unban`);
    expect(lifted.body.banned).toBe(false);
    // What was ended stays so.
    expect((await browser.post(`/v1/client/sessions/${sessionId}/tokens`)).status).toBe(401);
    expect((await service.backend('POST', '/v1/sign_in_tokens', { user_id: user.id })).status).toBe(
      200,
    );
  });

  test('that comes at the same moment as a ticket leaves no session that lives', async () => {
    for (let round = 0; round < 10; round++) {
      const user = await createPerson(service);
      const { token } = await issueTicket(service, user.id);
      await Promise.all([
        redeem(service.browser(), token),
        service.backend('POST', `/v1/users/${user.id}/ban`),
      ]);
      const { body } = await service.backend<unknown[]>(
        'GET',
        `/v1/sessions?user_id=${user.id}&status=active`,
      );
      expect(body).toEqual([]);
    }
  });

  test('of somebody with many sessions ends them in parts, and all of them', async () => {
    let mostAtOnce = 0;
    const own = await openService({
      before: (engine) => ({
        ...engine,
        write: (job, how) =>
          engine.write(async (tx) => {
            let changed = 0;
            const run = async (sql: string, ...values: SqlValue[]) => {
              const rows = await tx.run(sql, ...values);
              changed += rows;
              return rows;
            };
            const result = await job({ ...tx, run });
            mostAtOnce = Math.max(mostAtOnce, changed);
            return result;
          }, how),
      }),
    });
    onTestFinished(() => own.close());
    const user = await createPerson(own);
    const open = () => own.backend('POST', '/v1/sessions', { user_id: user.id });
    for (let at = 0; at < 1001; at += 1) expect((await open()).status).toBe(200);
    mostAtOnce = 0;
    const banned = await own.backend<BackendUserJSON>('POST', `/v1/users/${user.id}/ban`);
    expect(banned.body.banned).toBe(true);
    const live = await own.backend('GET', `/v1/sessions?user_id=${user.id}&status=active`);
    expect(live.body).toEqual([]);
    const sessions = own.dump()['sessions']?.map((row) => row['status']);
    expect([sessions?.length, new Set(sessions)]).toEqual([1001, new Set(['revoked'])]);
    expect(mostAtOnce).toBe(500);
  });

  test('of many bans all of them, or nobody when one is unknown', async () => {
    const [a, b] = [await createPerson(service), await createPerson(service)];
    const refused = await service.backend('POST', '/v1/users/ban', {
      user_ids: [a.id, 'user_unknown'],
    });
    expect([refused.status, refused.code]).toEqual([404, 'resource_not_found']);
    expect((await service.backend<BackendUserJSON>('GET', `/v1/users/${a.id}`)).body.banned).toBe(
      false,
    );
    const done = await service.backend<BackendUserJSON[]>('POST', '/v1/users/ban', {
      user_ids: [a.id, b.id],
    });
    expect(done.body.map(({ banned }) => banned)).toEqual([true, true]);
    const undone = await service.backend<BackendUserJSON[]>('POST', '/v1/users/unban', {
      user_ids: [a.id, b.id],
    });
    expect(undone.body.map(({ banned }) => banned)).toEqual([false, false]);
  });
});

describe('a lock', () => {
  test('keeps a person from signing in until its time is over or it is opened', async () => {
    const user = await createPerson(service);
    const locked = await service.backend<BackendUserJSON>('POST', `/v1/users/${user.id}/lock`);
    expect(locked.body).toMatchObject({ locked: true, lockout_expires_in_seconds: 3600 });
    const refused = await service.backend('POST', '/v1/sign_in_tokens', { user_id: user.id });
    expect([refused.status, refused.code]).toEqual([403, 'user_locked']);
    const opened = await service.backend<BackendUserJSON>('POST', `/v1/users/${user.id}/unlock`);
    expect(opened.body).toMatchObject({ locked: false, lockout_expires_in_seconds: null });
    await service.backend('POST', `/v1/users/${user.id}/lock`);
    service.clock.advance(3_600_000);
    expect((await service.backend('POST', '/v1/sign_in_tokens', { user_id: user.id })).status).toBe(
      200,
    );
  });
});

describe('verify_password', () => {
  test('tells a right password from a wrong one, and an account without one', async () => {
    const user = await createPerson(service, { password: rightPassword });
    const right = await service.backend('POST', `/v1/users/${user.id}/verify_password`, {
      password: rightPassword,
    });
    expect([right.status, right.body]).toEqual([200, { verified: true }]);
    const wrong = await service.backend('POST', `/v1/users/${user.id}/verify_password`, {
      password: 'wrong',
    });
    expect([wrong.status, wrong.code]).toEqual([422, 'form_password_incorrect']);
    const without = await createPerson(service);
    const none = await service.backend('POST', `/v1/users/${without.id}/verify_password`, {
      password: 'wrong',
    });
    expect([none.status, none.code]).toEqual([400, 'strategy_for_user_invalid']);
  });

  test('takes a bcrypt digest that was imported', async () => {
    const user = await createPerson(service, {
      password_digest: await hash(rightPassword, 4),
      password_hasher: 'bcrypt',
    });
    const right = await service.backend('POST', `/v1/users/${user.id}/verify_password`, {
      password: rightPassword,
    });
    expect(right.body).toEqual({ verified: true });
  });
});

describe('a list of users', () => {
  let marked: BackendUserJSON[];

  beforeAll(async () => {
    const people = [
      {
        first_name: 'Lista',
        last_name: 'Zed',
        username: 'lista_1',
        external_id: 'l1',
        phone_number: ['+12015550111'],
      },
      {
        first_name: 'Listb',
        last_name: 'Yak',
        username: 'lista_2',
        external_id: 'l2',
        phone_number: ['+12015550112'],
      },
      {
        first_name: 'Listc',
        last_name: 'Xen',
        username: 'other_3',
        external_id: 'l3',
        banned: true,
      },
    ];
    marked = [];
    for (const [at, fields] of people.entries()) {
      service.clock.advance(1000);
      marked.push(
        await createPerson(service, { ...fields, email_address: [`listed${at + 1}@list.example`] }),
      );
    }
  });

  test.each([
    ['query=list.example&order_by=created_at', ['Lista', 'Listb', 'Listc']],
    ['query=list.example', ['Listc', 'Listb', 'Lista']],
    ['query=list.example&order_by=%2Blast_name', ['Listc', 'Listb', 'Lista']],
    ['query=list.example&order_by=-first_name', ['Listc', 'Listb', 'Lista']],
    ['query=list.example&order_by=username', ['Lista', 'Listb', 'Listc']],
    ['query=list.example&order_by=-email_address', ['Listc', 'Listb', 'Lista']],
    ['query=list.example&order_by=created_at&limit=1&offset=1', ['Listb']],
    ['query=list.example&limit=5&offset=3', []],
    ['email_address=LISTED1@list.example', ['Lista']],
    [
      'email_address=listed1@list.example&email_address=listed2@list.example&order_by=created_at',
      ['Lista', 'Listb'],
    ],
    ['phone_number=%2B12015550112', ['Listb']],
    ['username=LISTA_1', ['Lista']],
    ['external_id=l1&external_id=l3&order_by=created_at', ['Lista', 'Listc']],
    ['query=list.example&banned=true', ['Listc']],
    ['query=list.example&banned=false&order_by=created_at', ['Lista', 'Listb']],
    ['query=lista%20zed', ['Lista']],
    ['username_query=lista_&order_by=created_at', ['Lista', 'Listb']],
    ['email_address_query=listed3', ['Listc']],
    ['phone_number_query=5550111', ['Lista']],
    ['name_query=yak', ['Listb']],
    ['query=%25', []],
    ['query=list_.example', []],
    ['username=lista_1&external_id=l2', []],
  ])('by %s is %j', async (query, names) => {
    expect(await namesBy(query)).toEqual(names);
  });

  test('is bounded by times, and its count agrees', async () => {
    const second = marked[1]?.created_at ?? 0;
    expect(await namesBy(`query=list.example&created_at_after=${second}`)).toEqual(['Listc']);
    expect(await namesBy(`query=list.example&created_at_before=${second}`)).toEqual(['Lista']);
    await signInPerson(service, { ...(marked[0] ? { user: marked[0] } : {}) });
    const past = service.clock.now() - 1;
    expect(await namesBy(`query=list.example&last_sign_in_at_after=${past}`)).toEqual(['Lista']);
    expect(await namesBy(`query=list.example&last_active_at_since=${past}`)).toEqual(['Lista']);
    const { body } = await service.backend(
      'GET',
      '/v1/users/count?query=list.example&banned=false&limit=1',
    );
    expect(body).toEqual({ object: 'total_count', total_count: 2 });
  });

  test.each([
    'limit=0',
    'limit=501',
    'offset=-1',
    'order_by=password_digest',
    'order_by=created_at;',
    'banned=maybe',
    'created_at_before=yesterday',
  ])('by %s is refused', async (query) => {
    const refused = await service.backend('GET', `/v1/users?${query}`);
    expect([refused.status, refused.code]).toEqual([422, 'form_param_value_invalid']);
  });
});

/** What a row says of a session. */
function readSession(id: string) {
  const row = (service.dump()['sessions'] ?? []).find((each) => each['id'] === id);
  if (!row) throw new Error(`there is no session ${id}`);
  return {
    user: row['user_id'],
    status: row['status'],
    ip: row['ip_address'],
    updated: row['updated_at'],
  };
}
