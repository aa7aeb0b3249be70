import type {
  BackendUserJSON,
  ClientJSON,
  SignInJSON,
  SignInTokenDetailsJSON,
  TotpJSON,
} from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, enrol, me, renewBackupCodes, wrongCodeOf } from './authenticator.ts';
import type { Browser, PageAnswer, PageCall } from './browser.ts';
import {
  addressOf,
  createPerson,
  issueTicket,
  redeem,
  rightPassword,
  signInPerson,
} from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService({ settings: { lockoutAttempts: 12 } });
});
afterAll(() => service.close());

/** A person with a password, an enrolled app and ten backup codes; nobody is signed in any more. */
async function enrolled() {
  const user = await createPerson(service, { password: rightPassword });
  const { browser, sessionId } = await signInPerson(service, { user });
  const app = await enrol(browser, service.clock);
  return { user, browser, sessionId, ...app };
}

/** A fresh browser in which this person's password was proved. */
async function atSecondFactor(user: BackendUserJSON, browser = service.browser()) {
  await browser.get('/v1/client');
  const form = { identifier: addressOf(user), password: rightPassword };
  const { body } = await browser.post<SignInJSON>('/v1/client/sign_ins', form);
  expect(body.response.status).toBe('needs_second_factor');
  return { browser, id: body.response.id };
}

function attempt(browser: Browser, id: string, strategy: string, code: string, call?: PageCall) {
  return browser.post<SignInJSON>(
    `/v1/client/sign_ins/${id}/attempt_second_factor`,
    { strategy, code },
    call,
  );
}

async function sessionsOf(user: BackendUserJSON): Promise<unknown[]> {
  return (await service.backend<unknown[]>('GET', `/v1/sessions?user_id=${user.id}&status=active`))
    .body;
}

const codesOf = (answers: readonly PageAnswer<unknown>[]) =>
  answers.map(({ code }) => code ?? 'ok').toSorted();

describe('enrolling an app', () => {
  test('shows the secret once, and counts only after a code', async () => {
    const { browser } = await signInPerson(service);
    const begun = await browser.post<TotpJSON>('/v1/me/totp');
    const { secret, uri, ...rest } = begun.body.response;
    expect(rest).toMatchObject({ object: 'totp', verified: false, backup_codes: null });
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(new URL(uri ?? '').searchParams.get('secret')).toBe(secret);
    expect(await me(browser)).toMatchObject({
      totp_enabled: false,
      two_factor_enabled: false,
      mfa_enabled_at: null,
    });

    const wrong = { code: wrongCodeOf(secret ?? '', service.clock) };
    const refused = await browser.post('/v1/me/totp/attempt_verification', wrong);
    expect([refused.status, refused.code]).toEqual([422, 'form_code_incorrect']);
    expect((await me(browser)).totp_enabled).toBe(false);

    const right = { code: codeOf(secret ?? '', service.clock) };
    const verified = await browser.post<TotpJSON>('/v1/me/totp/attempt_verification', right);
    expect(verified.body.response).toMatchObject({
      verified: true,
      secret: null,
      uri: null,
      id: rest.id,
    });
    expect(new Set(verified.body.response.backup_codes).size).toBe(10);
    expect(await me(browser)).toMatchObject({
      totp_enabled: true,
      two_factor_enabled: true,
      backup_code_enabled: true,
      mfa_enabled_at: service.clock.now(),
      mfa_disabled_at: null,
    });
  });

  test('keeps neither the secret nor a backup code where the database could tell it', async () => {
    const { secret, backupCodes } = await enrolled();
    const kept = JSON.stringify(service.dump());
    for (const hidden of [secret, ...backupCodes]) expect(kept).not.toContain(hidden);
  });

  test('begins anew until it is verified, and then not before the app is removed', async () => {
    const { browser } = await signInPerson(service);
    const first = (await browser.post<TotpJSON>('/v1/me/totp')).body.response.secret ?? '';
    await browser.post('/v1/me/totp');
    const old = await browser.post('/v1/me/totp/attempt_verification', {
      code: codeOf(first, service.clock),
    });
    expect(old.code).toBe('form_code_incorrect');
    await enrol(browser, service.clock);
    const again = await browser.post('/v1/me/totp');
    expect([again.status, again.code]).toEqual([400, 'totp_already_enabled']);
    expect((await browser.post('/v1/me/totp/attempt_verification', { code: '000000' })).code).toBe(
      'totp_already_enabled',
    );
  });

  test('has one winner when the code comes ten times at once', async () => {
    const { browser } = await signInPerson(service);
    const secret = (await browser.post<TotpJSON>('/v1/me/totp')).body.response.secret ?? '';
    const code = codeOf(secret, service.clock);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => browser.post('/v1/me/totp/attempt_verification', { code })),
    );
    expect(codesOf(answers)).toEqual([
      'ok',
      ...Array.from({ length: 9 }, () => 'totp_already_enabled'),
    ]);
  });

  test('takes the code that verified it for no sign-in', async () => {
    const user = await createPerson(service, { password: rightPassword });
    const { browser } = await signInPerson(service, { user });
    const secret = (await browser.post<TotpJSON>('/v1/me/totp')).body.response.secret ?? '';
    const code = codeOf(secret, service.clock);
    await browser.post('/v1/me/totp/attempt_verification', { code });
    const step = await atSecondFactor(user);
    expect((await attempt(step.browser, step.id, 'totp', code)).code).toBe('form_code_incorrect');
  });

  test('is for the person alone: nobody without a session, and nobody who acts as somebody', async () => {
    const subject = await createPerson(service, { password: rightPassword });
    const issued = await service.backend<{ token: string }>('POST', '/v1/actor_tokens', {
      user_id: subject.id,
      actor: { sub: 'support' },
    });
    const actor = service.browser();
    await redeem(actor, issued.body.token);
    const calls = [
      ['/v1/me/totp', {}],
      ['/v1/me/totp/attempt_verification', { code: '000000' }],
      ['/v1/me/totp?_method=DELETE', {}],
      ['/v1/me/backup_codes', {}],
      ['/v1/me/change_password', { new_password: 'another horse battery' }],
      ['/v1/me?_method=PATCH', { username: 'somebody.else' }],
      ['/v1/me?_method=DELETE', {}],
    ] as const;
    const before = service.dump();
    for (const [url, form] of calls) {
      const refused = await actor.post(url, form);
      expect([url, refused.status, refused.code]).toEqual([url, 403, 'not_allowed_access']);
      expect([url, (await service.browser().post(url, form)).status]).toEqual([url, 401]);
    }
    expect(service.dump()).toEqual(before);
    expect((await actor.post('/v1/me?_method=PATCH', { first_name: 'Sam' })).status).toBe(200);
  });
});

describe('removing an app', () => {
  test('removes the backup codes, ends no session, and leaves the times', async () => {
    const { browser, user } = await enrolled();
    const enabledAt = (await me(browser)).mfa_enabled_at;
    const removed = await browser.post('/v1/me/totp?_method=DELETE');
    expect(removed.body.response).toMatchObject({ object: 'totp', deleted: true });
    expect(await me(browser)).toMatchObject({
      totp_enabled: false,
      two_factor_enabled: false,
      backup_code_enabled: false,
      mfa_enabled_at: enabledAt,
      mfa_disabled_at: service.clock.now(),
    });
    expect(service.dump()['backup_codes']?.filter((row) => row['user_id'] === user.id)).toEqual([]);
    const again = await browser.post('/v1/me/totp?_method=DELETE');
    expect([again.status, again.code]).toEqual([404, 'resource_not_found']);
    const codes = await browser.post('/v1/me/backup_codes');
    expect([codes.status, codes.code]).toEqual([400, 'backup_codes_not_available']);
    const verify = await browser.post('/v1/me/totp/attempt_verification', { code: '000000' });
    expect([verify.status, verify.code]).toEqual([404, 'resource_not_found']);
  });
});

describe('signing in with a second factor', () => {
  test('takes the code of the app, and the session tells when', async () => {
    const { user, secret } = await enrolled();
    const { browser, id } = await atSecondFactor(user);
    const { body } = await attempt(browser, id, 'totp', codeOf(secret, service.clock));
    expect(body.response).toMatchObject({
      status: 'complete',
      second_factor_verification: { strategy: 'totp', status: 'verified' },
    });
    const jwt = body.client?.sessions[0]?.last_active_token?.jwt ?? '';
    expect((await service.world.signingKeys.verify(jwt))?.fva).toEqual([0, 0]);
  });

  test('offers the app, and backup codes while one is left', async () => {
    const { user } = await enrolled();
    const { browser, id } = await atSecondFactor(user);
    const { body } = await browser.get<SignInJSON>(`/v1/client/sign_ins/${id}`);
    expect(body.response.supported_second_factors).toEqual([
      { strategy: 'totp' },
      { strategy: 'backup_code' },
    ]);
    await service.backend('DELETE', `/v1/users/${user.id}/backup_code`);
    const after = await browser.get<SignInJSON>(`/v1/client/sign_ins/${id}`);
    expect(after.body.response.supported_second_factors).toEqual([{ strategy: 'totp' }]);
  });

  test.each([
    [-2, 'form_code_incorrect'],
    [-1, undefined],
    [0, undefined],
    [1, undefined],
    [2, 'form_code_incorrect'],
  ])('takes a code that is %i steps off with %s', async (offset, code) => {
    const { user, secret } = await enrolled();
    const { browser, id } = await atSecondFactor(user);
    service.clock.advance(60_000);
    expect((await attempt(browser, id, 'totp', codeOf(secret, service.clock, offset))).code).toBe(
      code,
    );
  });

  test('takes no code twice, and none from before one that was taken', async () => {
    const { user, secret } = await enrolled();
    const code = codeOf(secret, service.clock);
    const first = await atSecondFactor(user);
    expect((await attempt(first.browser, first.id, 'totp', code)).status).toBe(200);
    const second = await atSecondFactor(user);
    expect((await attempt(second.browser, second.id, 'totp', code)).code).toBe(
      'form_code_incorrect',
    );
    const earlier = codeOf(secret, service.clock, -1);
    expect((await attempt(second.browser, second.id, 'totp', earlier)).code).toBe(
      'form_code_incorrect',
    );
    expect(
      (await attempt(second.browser, second.id, 'totp', codeOf(secret, service.clock, 1))).status,
    ).toBe(200);
  });

  test('gives one code to one of ten browsers', async () => {
    const { user, secret, browser: own } = await enrolled();
    await own.post('/v1/client/sessions?_method=DELETE');
    const steps = [];
    for (let count = 0; count < 10; count++) steps.push(await atSecondFactor(user));
    const code = codeOf(secret, service.clock);
    const answers = await Promise.all(
      steps.map(({ browser, id }) => attempt(browser, id, 'totp', code)),
    );
    expect(codesOf(answers)).toEqual([
      ...Array.from({ length: 9 }, () => 'form_code_incorrect'),
      'ok',
    ]);
    expect(await sessionsOf(user)).toHaveLength(1);
  });

  test('takes a backup code once, however it is written', async () => {
    const { user, backupCodes } = await enrolled();
    const code = backupCodes[0] ?? '';
    const first = await atSecondFactor(user);
    const written = ` ${code.slice(0, 5).toUpperCase()}-${code.slice(5)} `;
    const { body } = await attempt(first.browser, first.id, 'backup_code', written);
    expect(body.response.second_factor_verification).toMatchObject({
      object: 'verification_backup_code',
      strategy: 'backup_code',
    });
    const second = await atSecondFactor(user);
    expect((await attempt(second.browser, second.id, 'backup_code', code)).code).toBe(
      'form_code_incorrect',
    );
    expect(
      (await attempt(second.browser, second.id, 'backup_code', backupCodes[1] ?? '')).status,
    ).toBe(200);
  });

  test('gives one backup code to one of ten browsers', async () => {
    const { user, backupCodes } = await enrolled();
    const steps = [];
    for (let count = 0; count < 10; count++) steps.push(await atSecondFactor(user));
    const answers = await Promise.all(
      steps.map(({ browser, id }) => attempt(browser, id, 'backup_code', backupCodes[0] ?? '')),
    );
    expect(codesOf(answers)).toEqual([
      ...Array.from({ length: 9 }, () => 'form_code_incorrect'),
      'ok',
    ]);
  });

  test('takes no backup code from before the newest set', async () => {
    const { user, browser: own, backupCodes } = await enrolled();
    const newest = await renewBackupCodes(own);
    expect(newest).toHaveLength(10);
    const { browser, id } = await atSecondFactor(user);
    expect((await attempt(browser, id, 'backup_code', backupCodes[0] ?? '')).code).toBe(
      'form_code_incorrect',
    );
    expect((await attempt(browser, id, 'backup_code', newest[0] ?? '')).status).toBe(200);
  });

  test.each([
    ['totp', '', 422, 'form_param_missing'],
    ['backup_code', '', 422, 'form_param_missing'],
    ['totp', 'abcdef', 422, 'form_code_incorrect'],
    ['totp', '12345', 422, 'form_code_incorrect'],
    ['backup_code', 'zzzzzzzzzz', 422, 'form_code_incorrect'],
    ['email_code', '424242', 422, 'form_param_value_invalid'],
    ['password', rightPassword, 422, 'form_param_value_invalid'],
    ['totp', 'x'.repeat(101), 422, 'form_param_max_length_exceeded'],
  ])('refuses %s with %j', async (strategy, code, status, expected) => {
    const { user } = await enrolled();
    const { browser, id } = await atSecondFactor(user);
    const refused = await attempt(browser, id, strategy, code);
    expect([refused.status, refused.code]).toEqual([status, expected]);
    expect((await browser.get<ClientJSON>('/v1/client')).body.response.sessions).toEqual([]);
  });

  test('has nothing to prepare, and refuses a step that is not due', async () => {
    const { user, secret } = await enrolled();
    const { browser, id } = await atSecondFactor(user);
    const prepared = await browser.post(`/v1/client/sign_ins/${id}/prepare_second_factor`, {
      strategy: 'totp',
    });
    expect([prepared.status, prepared.code]).toEqual([422, 'form_param_value_invalid']);
    const first = { strategy: 'password', password: rightPassword };
    expect((await browser.post(`/v1/client/sign_ins/${id}/attempt_first_factor`, first)).code).toBe(
      'sign_in_step_invalid',
    );
    const begun = await service
      .browser()
      .post<SignInJSON>('/v1/client/sign_ins', { identifier: addressOf(user) });
    const foreign = await attempt(
      browser,
      begun.body.response.id,
      'totp',
      codeOf(secret, service.clock),
    );
    expect([foreign.status, foreign.code]).toEqual([404, 'resource_not_found']);
  });

  // Another server's clock may set it.
  test.each([1, -600_000])(
    'is not enough after a password that was changed meanwhile, by a clock %i ms off',
    async (off) => {
      const { user, secret } = await enrolled();
      const { browser, id } = await atSecondFactor(user);
      service.clock.advance(off);
      const changed = { password: 'another horse battery' };
      expect((await service.backend('PATCH', `/v1/users/${user.id}`, changed)).status).toBe(200);
      service.clock.advance(-off);
      const answer = await attempt(browser, id, 'totp', codeOf(secret, service.clock));
      expect([answer.status, answer.code]).toEqual([400, 'sign_in_step_invalid']);
      // The one in which the app was enrolled.
      expect(await sessionsOf(user)).toHaveLength(1);
    },
  );
});

describe('guessing', () => {
  test('ends after five tries in one sign-in, also when they come at once', async () => {
    const { user, secret } = await enrolled();
    const { browser, id } = await atSecondFactor(user);
    const code = wrongCodeOf(secret, service.clock);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => attempt(browser, id, 'totp', code)),
    );
    expect(codesOf(answers).filter((each) => each === 'form_code_incorrect')).toHaveLength(5);
    expect(codesOf(answers).filter((each) => each === 'verification_failed')).toHaveLength(3);
    const right = await attempt(browser, id, 'totp', codeOf(secret, service.clock));
    expect([right.status, right.code]).toEqual([400, 'verification_failed']);
  });

  test('over many sign-ins locks the account, although the password is right each time', async () => {
    const { user, secret } = await enrolled();
    const code = wrongCodeOf(secret, service.clock);
    const seen = [];
    for (let round = 0; round < 3; round++) {
      const { browser, id } = await atSecondFactor(user);
      for (let guess = 0; guess < 4; guess++)
        seen.push((await attempt(browser, id, 'totp', code)).code);
    }
    expect(seen).toEqual([
      ...Array.from({ length: 11 }, () => 'form_code_incorrect'),
      'user_locked',
    ]);
    const locked = await service
      .browser()
      .post('/v1/client/sign_ins', { identifier: addressOf(user), password: rightPassword });
    expect(locked.code).toBe('user_locked');
  });

  test('is forgotten when a session opens', async () => {
    const { user, secret } = await enrolled();
    const { browser, id } = await atSecondFactor(user);
    for (let guess = 0; guess < 3; guess++)
      await attempt(browser, id, 'totp', wrongCodeOf(secret, service.clock));
    const during = await service.backend<BackendUserJSON>('GET', `/v1/users/${user.id}`);
    expect(during.body.verification_attempts_remaining).toBe(9);
    await attempt(browser, id, 'totp', codeOf(secret, service.clock));
    const after = await service.backend<BackendUserJSON>('GET', `/v1/users/${user.id}`);
    expect(after.body.verification_attempts_remaining).toBe(12);
  });
});

describe('an answer that got lost', () => {
  test('is given again to the same browser with the same code, for 60 seconds', async () => {
    const { user, secret } = await enrolled();
    const { browser, id } = await atSecondFactor(user);
    const code = codeOf(secret, service.clock);
    const first = await attempt(browser, id, 'totp', code, { isAnswerLost: true });
    service.clock.advance(59_000);
    const wrong = await attempt(browser, id, 'totp', wrongCodeOf(secret, service.clock));
    expect([wrong.status, wrong.code]).toEqual([404, 'resource_not_found']);
    const second = await attempt(browser, id, 'totp', code);
    expect(second.body.response).toMatchObject({
      status: 'complete',
      created_session_id: first.body.response.created_session_id,
    });
    expect((await browser.get<ClientJSON>('/v1/client')).body.response.sessions).toHaveLength(1);
  });

  test('is not given a second after, nor to anybody else', async () => {
    const { user, secret } = await enrolled();
    const { browser, id } = await atSecondFactor(user);
    const code = codeOf(secret, service.clock);
    await attempt(browser, id, 'totp', code, { isAnswerLost: true });
    const other = service.browser();
    await other.get('/v1/client');
    expect((await attempt(other, id, 'totp', code)).status).toBe(400);
    service.clock.advance(61_000);
    expect((await attempt(browser, id, 'totp', code)).code).toBe('resource_not_found');
  });

  test('lets nobody guess the code that proved it', async () => {
    const { user, secret } = await enrolled();
    const { browser, id } = await atSecondFactor(user);
    await attempt(browser, id, 'totp', codeOf(secret, service.clock), { isAnswerLost: true });
    for (let guess = 0; guess < 13; guess++)
      await attempt(browser, id, 'totp', wrongCodeOf(secret, service.clock));
    expect((await attempt(browser, id, 'totp', codeOf(secret, service.clock))).code).toBe(
      'user_locked',
    );
  });
});

describe('a ticket', () => {
  test('asks for the second factor of a user who has one, and is spent when the session opens', async () => {
    const { user, secret } = await enrolled();
    const { token, id } = await issueTicket(service, user.id);
    const browser = service.browser();
    const { body } = await redeem(browser, token);
    expect(body.response.status).toBe('needs_second_factor');
    const statusOf = async () =>
      (await service.backend<SignInTokenDetailsJSON>('GET', `/v1/sign_in_tokens/${id}`)).body;
    expect(await statusOf()).toMatchObject({ status: 'pending', step_up: null });
    expect(
      (await attempt(browser, body.response.id, 'totp', codeOf(secret, service.clock))).status,
    ).toBe(200);
    expect(await statusOf()).toMatchObject({ status: 'accepted' });
  });

  test('with step_up none asks for nothing', async () => {
    const { user } = await enrolled();
    const issued = await issueTicket(service, user.id, { step_up: 'none' });
    expect((await redeem(service.browser(), issued.token)).body.response.status).toBe('complete');
    const { body } = await service.backend<SignInTokenDetailsJSON>(
      'GET',
      `/v1/sign_in_tokens/${issued.id}`,
    );
    expect(body.step_up).toBe('none');
  });

  test('is not issued with a step that the user cannot prove', async () => {
    const user = await createPerson(service);
    const before = service.dump();
    const refused = await service.backend('POST', '/v1/sign_in_tokens', {
      user_id: user.id,
      step_up: 'second_factor',
    });
    expect([refused.status, refused.code]).toEqual([422, 'form_param_value_invalid']);
    expect(service.dump()).toEqual(before);
  });

  test('that names the second factor fails closed when the user has removed it', async () => {
    const { user, browser } = await enrolled();
    const { token } = await issueTicket(service, user.id, { step_up: 'second_factor' });
    await browser.post('/v1/me/totp?_method=DELETE');
    const before = service.dump();
    const refused = await redeem(service.browser(), token);
    expect([refused.status, refused.code]).toEqual([403, 'second_factor_unavailable']);
    expect(service.dump()).toEqual(before);
  });

  test('with step_up none is raised by an instance that asks for more', async () => {
    const strict = await openService({ settings: { leastStepUp: 'second_factor' } });
    const user = await createPerson(strict, { totp_secret: 'JBSWY3DPEHPK3PXP' });
    const { token } = await issueTicket(strict, user.id, { step_up: 'none' });
    expect((await redeem(strict.browser(), token)).body.response.status).toBe(
      'needs_second_factor',
    );
    const plain = await createPerson(strict);
    const other = await issueTicket(strict, plain.id, { step_up: 'none' });
    expect((await redeem(strict.browser(), other.token)).body.response.status).toBe('complete');
    await strict.close();
  });
});

describe('the Backend API', () => {
  const totpSecret = 'JBSWY3DPEHPK3PXP';

  test('takes over an app and backup codes, on creating and updating', async () => {
    const created = await createPerson(service, {
      totp_secret: totpSecret,
      backup_codes: ['old code 1', 'old-code-2'],
    });
    expect(created).toMatchObject({
      totp_enabled: true,
      two_factor_enabled: true,
      backup_code_enabled: true,
    });
    const updated = await createPerson(service, { password: rightPassword });
    const { body } = await service.backend<BackendUserJSON>('PATCH', `/v1/users/${updated.id}`, {
      totp_secret: totpSecret.toLowerCase(),
      backup_codes: ['oldcode1'],
    });
    expect(body).toMatchObject({ totp_enabled: true, backup_code_enabled: true });
    const { browser, id } = await atSecondFactor(updated);
    expect((await attempt(browser, id, 'backup_code', 'OLDCODE1')).status).toBe(200);
    expect(JSON.stringify(service.dump())).not.toContain(totpSecret);
  });

  test.each([
    [{ totp_secret: 'short' }, 'totp_secret'],
    [{ totp_secret: 'not base 32 at all 1890!' }, 'totp_secret'],
    [{ backup_codes: ['without-an-app'] }, 'backup_codes'],
    [{ totp_secret: totpSecret, backup_codes: ['tiny'] }, 'backup_codes'],
    [{ totp_secret: totpSecret, backup_codes: ['$2b$10$abcdefghijklmnopqrstuv'] }, 'backup_codes'],
  ])('refuses %j', async (fields, field) => {
    const before = service.dump();
    const { status, code, body } = await service.backend<{ errors: { meta: object }[] }>(
      'POST',
      '/v1/users',
      {
        email_address: ['refused@example.com'],
        ...fields,
      },
    );
    expect([status, code, body.errors[0]?.meta]).toEqual([
      422,
      'form_param_value_invalid',
      { param_name: field },
    ]);
    expect(service.dump()).toEqual(before);
  });

  test('verifies a code of either kind once', async () => {
    const { user, secret, backupCodes } = await enrolled();
    const verify = (code: string) =>
      service.backend('POST', `/v1/users/${user.id}/verify_totp`, { code });
    const code = codeOf(secret, service.clock);
    expect((await verify(code)).body).toEqual({ verified: true, code_type: 'totp' });
    const again = await verify(code);
    expect([again.status, again.code]).toEqual([422, 'form_code_incorrect']);
    expect((await verify(backupCodes[0] ?? '')).body).toEqual({
      verified: true,
      code_type: 'backup_code',
    });
    expect((await verify(backupCodes[0] ?? '')).code).toBe('form_code_incorrect');
    const without = await createPerson(service);
    const refused = await service.backend('POST', `/v1/users/${without.id}/verify_totp`, { code });
    expect([refused.status, refused.code]).toEqual([400, 'strategy_for_user_invalid']);
    expect(
      (await service.backend('POST', '/v1/users/user_never/verify_totp', { code })).status,
    ).toBe(404);
  });

  test.each(['mfa', 'totp'])(
    'removes everything by /%s, also when there is nothing',
    async (name) => {
      const { user } = await enrolled();
      for (let time = 0; time < 2; time++) {
        const { status, body } = await service.backend('DELETE', `/v1/users/${user.id}/${name}`);
        expect([status, body]).toEqual([200, { user_id: user.id }]);
      }
      const { body } = await service.backend<BackendUserJSON>('GET', `/v1/users/${user.id}`);
      expect(body).toMatchObject({
        totp_enabled: false,
        backup_code_enabled: false,
        two_factor_enabled: false,
      });
      expect((await service.backend('DELETE', `/v1/users/user_never/${name}`)).status).toBe(404);
    },
  );

  test('removes backup codes alone by /backup_code', async () => {
    const { user } = await enrolled();
    await service.backend('DELETE', `/v1/users/${user.id}/backup_code`);
    const { body } = await service.backend<BackendUserJSON>('GET', `/v1/users/${user.id}`);
    expect(body).toMatchObject({
      totp_enabled: true,
      backup_code_enabled: false,
      two_factor_enabled: true,
    });
    expect((await service.backend('DELETE', '/v1/users/user_never/backup_code')).status).toBe(404);
  });

  test('tells pages that there are second factors', async () => {
    const { text } = await service.browser().get('/v1/environment');
    const environment = JSON.parse(text) as {
      user_settings: Record<string, Record<string, unknown>>;
    };
    expect(environment.user_settings['attributes']).toMatchObject({
      authenticator_app: { enabled: true, used_for_second_factor: true, second_factors: ['totp'] },
      backup_code: { enabled: true, used_for_second_factor: true, second_factors: ['backup_code'] },
    });
    expect(environment.user_settings['sign_in']).toEqual({
      second_factor: { required: false, enabled: true },
    });
  });
});
