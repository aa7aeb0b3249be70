import type { SessionReverificationJSON, SignInTokenJSON, TotpJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProvider } from '../../../tooling/openid-provider.ts';
import { codeOf, enrol, me, wrongCodeOf } from './authenticator.ts';
import type { Browser, PageAnswer } from './browser.ts';
import { connect } from './company.ts';
import { createPerson, rightPassword, signInPerson } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService({ settings: { lockoutAttempts: 20 } });
});
afterAll(() => service.close());

const aWhile = 600_001;

interface SignedIn {
  readonly browser: Browser;
  readonly sessionId: string;
}

/** A step of the fresh proof: its beginning without a name. */
function verify({ browser, sessionId }: SignedIn, form: Record<string, string>, step = '') {
  const url = `/v1/client/sessions/${sessionId}/verify${step && `/${step}`}`;
  return browser.post<SessionReverificationJSON>(url, form);
}

const attemptFirst = (at: SignedIn, form: Record<string, string>) =>
  verify(at, form, 'attempt_first_factor');
const attemptSecond = (at: SignedIn, form: Record<string, string>) =>
  verify(at, form, 'attempt_second_factor');

/** Somebody with a password whose proof is eleven minutes old. */
async function staleWithPassword() {
  const user = await createPerson(service, { password: rightPassword });
  const at = await signInPerson(service, { user });
  service.clock.advance(aWhile);
  return at;
}

/** The same with an authenticator app. */
async function staleWithApp() {
  const user = await createPerson(service, { password: rightPassword });
  const at = await signInPerson(service, { user });
  const app = await enrol(at.browser, service.clock);
  service.clock.advance(aWhile);
  return { ...at, ...app };
}

async function sendCode(at: SignedIn): Promise<string> {
  service.clock.advance(1000);
  const sent = await verify(at, { strategy: 'email_code' }, 'prepare_first_factor');
  expect(sent.body.response.first_factor_verification).toMatchObject({
    object: 'verification_otp',
    status: 'unverified',
    strategy: 'email_code',
  });
  return service.mailedCode();
}

const agesIn = ({ body }: PageAnswer<unknown>) => body.client?.sessions[0]?.factor_verification_age;

const guarded = [
  ['an app is added', '/v1/me/totp', {}],
  ['an app is confirmed', '/v1/me/totp/attempt_verification', { code: '000000' }],
  ['an app is removed', '/v1/me/totp?_method=DELETE', {}],
  ['backup codes are made', '/v1/me/backup_codes', {}],
  ['a first password is set', '/v1/me/change_password', { new_password: 'another horse' }],
  ['the user name is another', '/v1/me?_method=PATCH', { username: 'another.name' }],
  [
    'the primary address is another',
    '/v1/me?_method=PATCH',
    { primary_email_address_id: 'idn_any' },
  ],
  ['the account is deleted', '/v1/me?_method=DELETE', {}],
] as const;

describe('a proof that is older than ten minutes', () => {
  test.each(guarded)('is asked for again before %s', async (_what, url, form) => {
    const at = await signInPerson(service);
    service.clock.advance(aWhile);
    const before = service.dump();
    const refused = await at.browser.post(url, form);
    expect([refused.status, refused.code]).toEqual([403, 'session_reverification_required']);
    expect(service.dump()).toEqual(before);
  });

  test.each(guarded)('is asked for again, of the app, before %s', async (_what, url, form) => {
    const user = await createPerson(service);
    const at = await signInPerson(service, { user });
    await enrol(at.browser, service.clock);
    service.clock.advance(aWhile);
    // What does not count is the first factor alone.
    expect((await verify(at, { level: 'multi_factor' })).status).toBe(200);
    const code = await sendCode(at);
    await attemptFirst(at, { strategy: 'email_code', code });
    const before = service.dump();
    const refused = await at.browser.post(url, form);
    expect([refused.status, refused.code]).toEqual([403, 'session_reverification_required']);
    expect(service.dump()).toEqual(before);
  });

  test('counts to its last moment', async () => {
    const { browser } = await signInPerson(service);
    service.clock.advance(aWhile - 1);
    expect((await browser.post('/v1/me/totp')).status).toBe(200);
    service.clock.advance(1);
    expect((await browser.post('/v1/me/totp')).code).toBe('session_reverification_required');
  });

  test('does not matter for names, nor for a password that comes with the one before', async () => {
    const { browser } = await staleWithPassword();
    expect((await browser.post('/v1/me?_method=PATCH', { first_name: 'Ada' })).status).toBe(200);
    const form = { current_password: rightPassword, new_password: 'another horse battery' };
    expect((await browser.post('/v1/me/change_password', form)).status).toBe(200);
  });

  test('is no way round for a ticket that leaves the app out', async () => {
    const { user, browser } = await staleWithApp();
    await browser.post('/v1/client/sessions?_method=DELETE');
    const fields = { user_id: user.id, step_up: 'none' };
    const { body } = await service.backend<SignInTokenJSON>('POST', '/v1/sign_in_tokens', fields);
    const form = { strategy: 'ticket', ticket: body.token ?? '' };
    expect((await browser.post('/v1/client/sign_ins', form)).status).toBe(200);
    const refused = await browser.post('/v1/me/totp?_method=DELETE');
    expect(refused.code).toBe('session_reverification_required');
  });
});

describe('a fresh proof', () => {
  test('by password lets the person go on, and the session tells its age', async () => {
    const at = await staleWithPassword();
    const begun = await verify(at, { level: 'second_factor' });
    expect(begun.body.response).toMatchObject({
      object: 'session_reverification',
      // Without a second factor the first is asked for.
      level: 'first_factor',
      status: 'needs_first_factor',
      supported_first_factors: [{ strategy: 'password' }, { strategy: 'email_code' }],
      supported_second_factors: null,
      first_factor_verification: null,
      session: { id: at.sessionId, status: 'active' },
    });
    expect(agesIn(begun)).toEqual([10, -1]);
    const proved = await attemptFirst(at, { strategy: 'password', password: rightPassword });
    expect(proved.body.response).toMatchObject({
      status: 'complete',
      supported_first_factors: null,
      first_factor_verification: { status: 'verified', strategy: 'password' },
    });
    expect(agesIn(proved)).toEqual([0, -1]);
    const jwt = proved.body.client?.sessions[0]?.last_active_token?.jwt ?? '';
    expect((await service.world.signingKeys.verify(jwt))?.fva).toEqual([0, -1]);
    expect((await at.browser.post('/v1/me/totp')).status).toBe(200);
  });

  test('by a code that came by mail, which counts once', async () => {
    const at = await signInPerson(service);
    service.clock.advance(aWhile);
    await verify(at, { level: 'first_factor' });
    const unsent = await attemptFirst(at, { strategy: 'email_code', code: '424242' });
    expect(unsent.code).toBe('verification_missing');
    const code = await sendCode(at);
    const form = { strategy: 'email_code', code };
    const answers = await Promise.all(Array.from({ length: 10 }, () => attemptFirst(at, form)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await at.browser.post('/v1/me/totp')).status).toBe(200);
    await verify(at, { level: 'first_factor' });
    expect((await attemptFirst(at, form)).code).toBe('verification_missing');
  });

  test('ends a code after five wrong tries, and a new one ends the one before', async () => {
    const at = await signInPerson(service);
    await verify(at, { level: 'first_factor' });
    const first = await sendCode(at);
    const second = await sendCode(at);
    expect((await attemptFirst(at, { strategy: 'email_code', code: first })).code).toBe(
      'form_code_incorrect',
    );
    const wrong = second === '000000' ? '111111' : '000000';
    for (let count = 0; count < 4; count++)
      await attemptFirst(at, { strategy: 'email_code', code: wrong });
    const late = await attemptFirst(at, { strategy: 'email_code', code: second });
    expect(late.code).toBe('verification_failed');
  });

  test('does not take a code that expired', async () => {
    const at = await signInPerson(service);
    await verify(at, { level: 'first_factor' });
    const code = await sendCode(at);
    service.clock.advance(aWhile);
    const late = await attemptFirst(at, { strategy: 'email_code', code });
    expect(late.code).toBe('verification_expired');
  });

  test('counts wrong passwords with all others, and tells nothing fresh', async () => {
    const at = await staleWithPassword();
    await verify(at, { level: 'first_factor' });
    for (let count = 0; count < 19; count++) {
      const wrong = await attemptFirst(at, { strategy: 'password', password: 'wrong horse' });
      expect(wrong.code).toBe('form_password_incorrect');
    }
    const last = await attemptFirst(at, { strategy: 'password', password: 'wrong horse' });
    expect(last.code).toBe('user_locked');
    const right = await attemptFirst(at, { strategy: 'password', password: rightPassword });
    expect(right.code).toBe('user_locked');
    expect((await at.browser.post('/v1/me/totp')).code).toBe('session_reverification_required');
  });

  test.each(['totp', 'backup_code'])('by %s counts once', async (strategy) => {
    const at = await staleWithApp();
    const begun = await verify(at, { level: 'second_factor' });
    expect(begun.body.response).toMatchObject({
      level: 'second_factor',
      status: 'needs_second_factor',
      supported_first_factors: null,
      supported_second_factors: [{ strategy: 'totp' }, { strategy: 'backup_code' }],
    });
    const right = { totp: codeOf(at.secret, service.clock), backup_code: at.backupCodes[0] ?? '' };
    const code = right[strategy as keyof typeof right];
    const wrong = wrongCodeOf(at.secret, service.clock);
    expect((await attemptSecond(at, { strategy, code: wrong })).code).toBe('form_code_incorrect');
    expect((await at.browser.post('/v1/me/backup_codes')).status).toBe(403);
    const proved = await attemptSecond(at, { strategy, code });
    expect(proved.body.response).toMatchObject({
      status: 'complete',
      second_factor_verification: { status: 'verified', strategy },
    });
    expect(agesIn(proved)).toEqual([11, 0]);
    expect((await at.browser.post('/v1/me/totp?_method=DELETE')).status).toBe(200);
    await verify(at, { level: 'second_factor' });
    expect((await attemptSecond(at, { strategy, code })).status).not.toBe(200);
  });

  test('lets the person delete the account', async () => {
    const at = await staleWithPassword();
    await verify(at, { level: 'first_factor' });
    await attemptFirst(at, { strategy: 'password', password: rightPassword });
    expect((await at.browser.post('/v1/me?_method=DELETE')).status).toBe(200);
    expect((await service.backend('GET', `/v1/users/${at.user.id}`)).status).toBe(404);
  });

  test('of both factors asks for one after the other', async () => {
    const at = await staleWithApp();
    await verify(at, { level: 'multi_factor' });
    const early = await attemptSecond(at, { strategy: 'totp', code: '000000' });
    expect([early.status, early.code]).toEqual([400, 'sign_in_step_invalid']);
    const first = await attemptFirst(at, { strategy: 'password', password: rightPassword });
    expect(first.body.response.status).toBe('needs_second_factor');
    const code = codeOf(at.secret, service.clock);
    const second = await attemptSecond(at, { strategy: 'totp', code });
    expect(second.body.response).toMatchObject({
      status: 'complete',
      level: 'multi_factor',
    });
    expect(agesIn(second)).toEqual([0, 0]);
  });

  test.each([
    ['enterprise_sso', 'prepare_first_factor', 'strategy_for_user_invalid'],
    ['reset_password_email_code', 'prepare_first_factor', 'strategy_for_user_invalid'],
    ['password', 'prepare_first_factor', 'form_param_value_invalid'],
    ['ticket', 'attempt_first_factor', 'strategy_for_user_invalid'],
    ['totp', 'attempt_first_factor', 'strategy_for_user_invalid'],
    ['totp', 'attempt_second_factor', 'sign_in_step_invalid'],
  ])('takes no %s at %s', async (strategy, step, code) => {
    const at = await staleWithPassword();
    await verify(at, { level: 'first_factor' });
    const before = service.dump();
    expect((await verify(at, { strategy }, step)).code).toBe(code);
    expect(service.dump()).toEqual(before);
  });

  test('is the session’s own: not without a beginning, nor for another browser, nor for who acts as the person', async () => {
    const at = await staleWithPassword();
    const proof = { strategy: 'password', password: rightPassword };
    expect((await attemptFirst(at, proof)).code).toBe('sign_in_step_invalid');
    await verify(at, { level: 'first_factor' });
    const foreign = { ...at, browser: (await signInPerson(service)).browser };
    const before = service.dump();
    expect((await attemptFirst(foreign, proof)).status).toBe(401);
    expect((await verify(foreign, { level: 'first_factor' })).status).toBe(401);
    expect(service.dump()).toEqual(before);

    const subject = await createPerson(service, { password: rightPassword });
    const fields = { user_id: subject.id, actor: { sub: 'support' } };
    const issued = await service.backend<{ token: string }>('POST', '/v1/actor_tokens', fields);
    const browser = service.browser();
    const form = { strategy: 'ticket', ticket: issued.body.token };
    const { body } = await browser.post<{ created_session_id: string }>(
      '/v1/client/sign_ins',
      form,
    );
    const acting = { browser, sessionId: body.response.created_session_id };
    const refused = await verify(acting, { level: 'first_factor' });
    expect([refused.status, refused.code]).toEqual([403, 'not_allowed_access']);
  });

  test('does not come to a session that ended meanwhile', async () => {
    const at = await staleWithPassword();
    await verify(at, { level: 'first_factor' });
    const proof = await service.world.store.freshProofs.find(at.sessionId);
    await service.backend('POST', `/v1/sessions/${at.sessionId}/revoke`);
    const written = await service.world.store.freshProofs.update(
      at.sessionId,
      proof?.status ?? 'complete',
      { status: 'complete' },
      { factor: 'first', at: service.clock.now() },
    );
    expect(written).toBeUndefined();
    expect((await service.world.store.sessions.find(at.sessionId))?.authenticatedAt).toBe(
      service.clock.now() - aWhile,
    );
  });

  test('goes with the account', async () => {
    const at = await staleWithPassword();
    await verify(at, { level: 'first_factor' });
    const kept = () =>
      service.dump()['fresh_proofs']?.filter((row) => row['session_id'] === at.sessionId).length;
    expect(kept()).toBe(1);
    await service.backend('DELETE', `/v1/users/${at.user.id}`);
    expect(kept()).toBe(0);
  });

  test('is the code that enrols an app, too', async () => {
    const { browser } = await signInPerson(service);
    service.clock.advance(aWhile - 1);
    const secret = (await browser.post<TotpJSON>('/v1/me/totp')).body.response.secret ?? '';
    const code = codeOf(secret, service.clock);
    await browser.post('/v1/me/totp/attempt_verification', { code });
    service.clock.advance(aWhile - 1);
    expect((await browser.post('/v1/me/backup_codes')).status).toBe(200);
    expect((await me(browser)).totp_enabled).toBe(true);
  });
});

test('whoever belongs to a company proves it there alone, by signing in again', async () => {
  const user = await createPerson(service, {
    email_address: ['ada@works.example'],
    password: rightPassword,
  });
  const at = await signInPerson(service, { user });
  const provider = await openProvider([]);
  try {
    await connect(service, 'Works', provider);
    const begun = await verify(at, { level: 'first_factor' });
    expect(begun.body.response.supported_first_factors).toEqual([]);
    for (const strategy of ['password', 'email_code', 'enterprise_sso']) {
      const refused = await attemptFirst(at, { strategy, password: rightPassword });
      expect([strategy, refused.code]).toEqual([strategy, 'strategy_for_user_invalid']);
    }
  } finally {
    await provider.close();
  }
});

test('a raised fence ends what is under way', async () => {
  const at = await staleWithPassword();
  await verify(at, { level: 'first_factor' });
  await service.world.store.fence.raise({ reason: 'restore', now: service.clock.now() });
  expect(service.dump()['fresh_proofs']).toEqual([]);
});
