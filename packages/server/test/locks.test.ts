import type { BackendUserJSON, SignInJSON, SignUpJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from './browser.ts';
import { addressOf, createPerson, rightPassword } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService({ settings: { lockoutAttempts: 5, lockoutSeconds: 600 } });
});
afterAll(() => service.close());

function guess(user: BackendUserJSON, password: string) {
  return service
    .browser()
    .post<SignInJSON>('/v1/client/sign_ins', { identifier: addressOf(user), password });
}

async function lockOf(user: BackendUserJSON): Promise<boolean> {
  return (await service.backend<BackendUserJSON>('GET', `/v1/users/${user.id}`)).body.locked;
}

describe('wrong passwords', () => {
  test('lock the account at the number of the setting, for its time, against the right one too', async () => {
    const user = await createPerson(service, { password: rightPassword });
    for (let count = 1; count < 5; count++) {
      const refused = await guess(user, 'wrong');
      expect([refused.status, refused.code]).toEqual([422, 'form_password_incorrect']);
    }
    expect(await lockOf(user)).toBe(false);
    const fifth = await guess(user, 'wrong');
    expect([fifth.status, fifth.code]).toEqual([403, 'user_locked']);
    expect(fifth.body.errors?.[0]?.meta.lockout_expires_in_seconds).toBe(600);
    expect((await guess(user, rightPassword)).code).toBe('user_locked');
    service.clock.advance(600_000);
    expect((await guess(user, rightPassword)).status).toBe(200);
  });

  test('all at once are compared no more often than the setting allows', async () => {
    const user = await createPerson(service, { password: rightPassword });
    const answers = await Promise.all(Array.from({ length: 30 }, () => guess(user, 'wrong')));
    const codes = answers.map(({ code }) => code);
    // The fifth was compared as well, and is told of the lock.
    expect(codes.filter((code) => code === 'form_password_incorrect')).toHaveLength(4);
    expect(codes.filter((code) => code === 'user_locked')).toHaveLength(26);
    expect(await lockOf(user)).toBe(true);
  });

  test('of a lock that is over count anew', async () => {
    const user = await createPerson(service, { password: rightPassword });
    for (let count = 1; count <= 5; count++) await guess(user, 'wrong');
    service.clock.advance(600_000);
    for (let count = 1; count < 5; count++)
      expect((await guess(user, 'wrong')).code).toBe('form_password_incorrect');
    expect((await guess(user, 'wrong')).code).toBe('user_locked');
  });

  test('are forgotten after a right one', async () => {
    const user = await createPerson(service, { password: rightPassword });
    for (let round = 0; round < 3; round++) {
      for (let count = 1; count < 5; count++)
        expect((await guess(user, 'wrong')).code).toBe('form_password_incorrect');
      expect((await guess(user, rightPassword)).status).toBe(200);
    }
  });

  test('count the same through the Backend API', async () => {
    const user = await createPerson(service, { password: rightPassword });
    const verify = (password: string) =>
      service.backend('POST', `/v1/users/${user.id}/verify_password`, { password });
    for (let count = 1; count < 5; count++) await verify('wrong');
    expect((await guess(user, 'wrong')).code).toBe('user_locked');
    expect((await verify(rightPassword)).code).toBe('user_locked');
  });

  test('leave no attempt, client or session behind', async () => {
    const user = await createPerson(service, { password: rightPassword });
    const count = () => {
      const { sign_ins: signIns, clients, sessions } = service.dump();
      return [signIns?.length, clients?.length, sessions?.length];
    };
    const before = count();
    await guess(user, 'wrong');
    expect(count()).toEqual(before);
  });
});

describe.each(['sign-in', 'sign-up'] as const)('the code of a %s', (kind) => {
  test('ends after five wrong tries', async () => {
    const flow = await start(kind);
    await flow.prepare();
    const code = await service.mailedCode();
    for (let count = 0; count < 5; count++) {
      const refused = await flow.attempt(wrong(code));
      expect([refused.status, refused.code]).toEqual([422, 'form_code_incorrect']);
    }
    const right = await flow.attempt(code);
    expect([right.status, right.code]).toEqual([400, 'verification_failed']);
  });

  test('cannot be guessed faster by guessing all at once', async () => {
    const flow = await start(kind);
    await flow.prepare();
    const code = await service.mailedCode();
    const answers = await Promise.all(Array.from({ length: 20 }, () => flow.attempt(wrong(code))));
    expect(answers.filter(({ code: each }) => each === 'form_code_incorrect')).toHaveLength(5);
    expect(answers.filter(({ code: each }) => each === 'verification_failed')).toHaveLength(15);
  });

  test('is void once a new one is sent', async () => {
    const flow = await start(kind);
    await flow.prepare();
    const first = await service.mailedCode();
    await flow.prepare();
    const second = await service.mailedCode();
    const stale = await flow.attempt(first === second ? wrong(second) : first);
    expect(stale.code).toBe('form_code_incorrect');
    expect((await flow.attempt(second)).body.response).toMatchObject({ status: flow.proved });
  });

  test('expires after ten minutes', async () => {
    const flow = await start(kind);
    await flow.prepare();
    const code = await service.mailedCode();
    service.clock.advance(600_000);
    expect((await flow.attempt(code)).code).toBe('verification_expired');
  });

  test('is used once, also by two at once', async () => {
    const flow = await start(kind);
    await flow.prepare();
    const code = await service.mailedCode();
    const sessions = () => service.dump()['sessions']?.length ?? 0;
    const before = sessions();
    const answers = await Promise.all([flow.attempt(code), flow.attempt(code), flow.attempt(code)]);
    // A browser that asks again within a minute gets its session again, and no other.
    const won = answers.filter(({ status }) => status === 200);
    expect(won.length).toBeGreaterThan(0);
    expect(sessions()).toBe(before + 1);
    service.clock.advance(61_000);
    expect((await flow.attempt(code)).status).toBeGreaterThanOrEqual(400);
    expect(sessions()).toBe(before + 1);
  });

  test('is refused before one was asked for', async () => {
    const flow = await start(kind);
    const refused = await flow.attempt('123456');
    expect([refused.status, refused.code]).toEqual([400, 'verification_missing']);
  });

  test('is kept as a keyed hash', async () => {
    const flow = await start(kind);
    await flow.prepare();
    const code = await service.mailedCode();
    const { kept_mails: _mails, ...tables } = service.dump();
    expect(JSON.stringify([tables['sign_ins']?.at(-1), tables['sign_ups']?.at(-1)])).not.toContain(
      code,
    );
  });
});

describe('the code of a sign-up', () => {
  test('proves the address that it was sent to, and no other that is put in its place meanwhile', async () => {
    for (let round = 0; round < 10; round++) {
      const browser = service.browser();
      const { id } = (
        await browser.post<SignUpJSON>('/v1/client/sign_ups', {
          email_address: `own${round}@example.com`,
          password: rightPassword,
        })
      ).body.response;
      service.clock.advance(1);
      await browser.post(`/v1/client/sign_ups/${id}/prepare_verification`, {
        strategy: 'email_code',
      });
      const code = await service.mailedCode();
      const victim = `victim${round}@example.com`;
      await Promise.all([
        browser.post(`/v1/client/sign_ups/${id}/attempt_verification`, {
          strategy: 'email_code',
          code,
        }),
        browser.post(`/v1/client/sign_ups/${id}?_method=PATCH`, { email_address: victim }),
      ]);
      const { body } = await service.backend<unknown[]>('GET', `/v1/users?email_address=${victim}`);
      expect(body).toEqual([]);
      const signUp = service.dump()['sign_ups']?.find((row) => row['id'] === id);
      const isProved =
        signUp?.['email_address'] === victim && signUp['is_email_address_verified'] === 1;
      expect(isProved).toBe(false);
    }
  });

  test('is over after a day', async () => {
    const flow = await start('sign-up');
    service.clock.advance(86_400_000);
    const refused = await flow.prepare();
    expect([refused.status, refused.code]).toEqual([400, 'sign_up_step_invalid']);
  });
});

interface Flow {
  readonly proved: string;
  prepare(): ReturnType<Browser['post']>;
  attempt(code: string): ReturnType<Browser['post']>;
}

let people = 0;

/** A flow that stands just before its code is sent. */
async function start(kind: 'sign-in' | 'sign-up'): Promise<Flow> {
  people += 1;
  const browser = service.browser();
  if (kind === 'sign-in') {
    const identifier = addressOf(await createPerson(service));
    const { body } = await browser.post<SignInJSON>('/v1/client/sign_ins', { identifier });
    return steps(browser, `/v1/client/sign_ins/${body.response.id}`, [
      'prepare_first_factor',
      'attempt_first_factor',
    ]);
  }
  const fields = { email_address: `fresh${people}@example.com`, password: rightPassword };
  const { body } = await browser.post<SignUpJSON>('/v1/client/sign_ups', fields);
  return steps(browser, `/v1/client/sign_ups/${body.response.id}`, [
    'prepare_verification',
    'attempt_verification',
  ]);
}

function steps(browser: Browser, path: string, [prepare, attempt]: [string, string]): Flow {
  return {
    proved: 'complete',
    prepare() {
      // Mails of one moment have no order.
      service.clock.advance(1);
      return browser.post(`${path}/${prepare}`, { strategy: 'email_code' });
    },
    // The cookie of the moment: two at once come from one browser.
    attempt: (code) => browser.post(`${path}/${attempt}`, { strategy: 'email_code', code }),
  };
}

function wrong(code: string): string {
  return code === '000000' ? '000001' : '000000';
}
