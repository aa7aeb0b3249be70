import type { BackendUserJSON, SignInJSON, SignUpJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from './browser.ts';
import { compare, observe, type Observed, responseOf } from './observer.ts';
import { addressOf, createPerson, rightPassword } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService({ settings: { isEnumerationProtected: true, lockoutAttempts: 8 } });
});
afterAll(() => service.close());

const signIns = '/v1/client/sign_ins';

/** Everybody who may stand behind an identifier. Each walk has people of its own. */
const kinds = ['known', 'unknown', 'locked', 'banned', 'without a password'] as const;
type Kind = (typeof kinds)[number];

async function addressFor(kind: Kind): Promise<string> {
  if (kind === 'unknown') return `nobody${Math.random().toString(36).slice(2)}@example.com`;
  const password = kind === 'without a password' ? {} : { password: rightPassword };
  const user = await createPerson(service, password);
  if (kind === 'locked') await service.backend('POST', `/v1/users/${user.id}/lock`);
  if (kind === 'banned') await service.backend('POST', `/v1/users/${user.id}/ban`);
  return addressOf(user);
}

/** Takes the same steps for each kind of person, and sees the same each time. */
async function seesTheSame(
  steps: (browser: Browser, address: string) => Promise<Observed[]>,
  compared: readonly Kind[] = kinds,
): Promise<Observed[]> {
  const [first, ...others] = compared;
  const expected = await walk(first ?? 'known');
  expect(expected.length).toBeGreaterThan(0);
  for (const kind of others) compare(kind, await walk(kind), expected);
  return expected;

  async function walk(kind: Kind): Promise<Observed[]> {
    const address = await addressFor(kind);
    const browser = service.browser();
    await browser.get('/v1/client');
    return steps(browser, address);
  }
}

function step(
  browser: Browser,
  address: string,
  url: string,
  form: Record<string, string>,
): Promise<Observed> {
  return observe(service, address, () => browser.post(url, form));
}

/** Begins a sign-in; answers what was seen, and the address of the attempt. */
async function begin(browser: Browser, address: string, form: Record<string, string> = {}) {
  const seen = await step(browser, address, signIns, { identifier: address, ...form });
  const { id } = responseOf<SignInJSON>(seen);
  return { seen, url: `${signIns}/${id}` };
}

describe('before a proof nobody learns whether there is an account', () => {
  test('from the beginning of a sign-in and from looking at it again', async () => {
    const [begun] = await seesTheSame(async (browser, address) => {
      const { seen, url } = await begin(browser, address);
      const again = await observe(service, address, () => browser.get(url));
      const client = await observe(service, address, () => browser.get('/v1/client'));
      return [seen, again, client];
    });
    const response = responseOf<SignInJSON>(begun);
    expect(response).toMatchObject({
      status: 'needs_first_factor',
      supported_first_factors: [
        { strategy: 'password' },
        { strategy: 'email_code', primary: true },
        { strategy: 'reset_password_email_code', primary: true },
      ],
      user_data: null,
      client_trust_state: null,
    });
  });

  test('from a password beside the identifier, the right one of a closed account included', async () => {
    const [begun] = await seesTheSame(async (browser, address) => [
      await step(browser, address, signIns, { identifier: address, password: 'wrong' }),
    ]);
    expect(begun?.answer).toMatchObject({ status: 422, code: 'form_password_incorrect' });
    expect(begun?.work.hashes).toEqual(['verify']);
    await seesTheSame(
      async (browser, address) => [
        await step(browser, address, signIns, { identifier: address, password: rightPassword }),
      ],
      ['unknown', 'locked', 'banned', 'without a password'],
    );
  });

  test('from passwords in the attempt, beyond the number that locks', async () => {
    const seen = await seesTheSame(async (browser, address) => {
      const { url } = await begin(browser, address);
      const all: Observed[] = [];
      for (let count = 0; count < 10; count++) {
        const form = { strategy: 'password', password: `wrong ${count}` };
        all.push(await step(browser, address, `${url}/attempt_first_factor`, form));
      }
      return all;
    });
    expect(seen).toHaveLength(10);
    for (const { answer } of seen) expect(answer.code).toBe('form_password_incorrect');
  });

  test.each(['email_code', 'reset_password_email_code'])(
    'from codes of %s: sent, guessed, sent again, expired',
    async (strategy) => {
      const seen = await seesTheSame(async (browser, address) => {
        const { url } = await begin(browser, address);
        const send = () => step(browser, address, `${url}/prepare_first_factor`, { strategy });
        const guess = (code: string) =>
          step(browser, address, `${url}/attempt_first_factor`, { strategy, code });
        const all = [await guess('not a code'), await send()];
        for (let count = 0; count < 6; count++) all.push(await guess('not a code'));
        all.push(await send(), await guess('not a code'));
        service.clock.advance(600_000);
        all.push(await guess('not a code'));
        return all;
      });
      expect(seen.map(({ answer }) => answer.code)).toEqual([
        'verification_missing',
        undefined,
        ...Array.from({ length: 5 }, () => 'form_code_incorrect'),
        'verification_failed',
        undefined,
        'form_code_incorrect',
        'verification_expired',
      ]);
    },
  );

  test('from a code that the first call asks for', async () => {
    await seesTheSame(async (browser, address) => {
      const { seen, url } = await begin(browser, address, { strategy: 'email_code' });
      const form = { strategy: 'email_code', code: 'not a code' };
      return [seen, await step(browser, address, `${url}/attempt_first_factor`, form)];
    });
  });

  test('from what does not belong there', async () => {
    const seen = await seesTheSame(async (browser, address) => {
      const { url } = await begin(browser, address);
      const wrong = [
        ['prepare_first_factor', { strategy: 'password' }],
        ['prepare_first_factor', { strategy: 'enterprise_sso' }],
        ['prepare_first_factor', { strategy: 'phone_code' }],
        ['prepare_first_factor', { strategy: 'email_code', email_address_id: 'idn_other' }],
        ['attempt_first_factor', { strategy: 'password' }],
        ['attempt_first_factor', { strategy: 'enterprise_sso' }],
        ['attempt_second_factor', { strategy: 'totp', code: '123456' }],
        ['prepare_second_factor', { strategy: 'email_code' }],
        ['reset_password', { password: 'a new password' }],
      ] as const;
      const all: Observed[] = [];
      for (const [name, form] of wrong)
        all.push(await step(browser, address, `${url}/${name}`, form));
      return all;
    });
    expect(seen.map(({ answer }) => answer.code)).toEqual([
      'form_param_value_invalid',
      'strategy_for_user_invalid',
      'form_param_value_invalid',
      'form_param_value_invalid',
      'form_param_missing',
      'strategy_for_user_invalid',
      'sign_in_step_invalid',
      'sign_in_step_invalid',
      'sign_in_step_invalid',
    ]);
  });

  test('from a username or a phone number, which offer the password alone', async () => {
    await createPerson(service, { username: 'ada_lovelace', password: rightPassword });
    const see = async (identifier: string) => {
      const browser = service.browser();
      await browser.get('/v1/client');
      const { seen, url } = await begin(browser, identifier);
      const form = { strategy: 'password', password: 'wrong' };
      return [seen, await step(browser, identifier, `${url}/attempt_first_factor`, form)];
    };
    const known = await see('ada_lovelace');
    compare('a username', await see('grace_hopper'), known);
    compare('a phone number', await see('+12015550123'), known);
    const response = responseOf<SignInJSON>(known[0]);
    expect(response.supported_first_factors).toEqual([{ strategy: 'password' }]);
  });

  test('from the id of an address, which is stable, and never the real one', async () => {
    const user = await createPerson(service, { password: rightPassword });
    const idOf = async (address: string) => {
      const { seen } = await begin(service.browser(), address);
      const response = responseOf<SignInJSON>(seen);
      return response.supported_first_factors?.[1]?.email_address_id ?? '';
    };
    const [known, unknown] = [await idOf(addressOf(user)), await idOf('nobody@example.com')];
    expect(await idOf(addressOf(user).toUpperCase())).toBe(known);
    expect(await idOf('nobody@example.com')).toBe(unknown);
    expect(new Set([known, unknown, user.email_addresses[0]?.id]).size).toBe(3);
    for (const id of [known, unknown]) expect(id).toMatch(/^idn_[0-9a-hjkmnp-tv-z]{26}$/);
  });

  test('from a browser that the person has proved before', async () => {
    const { settings } = service.world.instance;
    await service.world.instance.save({ ...settings, isClientTrustAsked: true });
    const user = await createPerson(service, { password: rightPassword });
    const browser = service.browser();
    const form = { identifier: addressOf(user), password: rightPassword };
    const { body } = await browser.post<SignInJSON>(signIns, form);
    const url = `${signIns}/${body.response.id}`;
    expect(body.response.status).toBe('needs_client_trust');
    service.clock.advance(1000);
    await browser.post(`${url}/prepare_second_factor`, { strategy: 'email_code' });
    const code = await service.mailedCode();
    await browser.post(`${url}/attempt_second_factor`, { strategy: 'email_code', code });
    await browser.post('/v1/client/sessions?_method=DELETE');
    const known = await begin(browser, addressOf(user));
    expect(browser.cookies.size).toBe(2);
    compare('unknown', [(await begin(browser, 'nobody@example.com')).seen], [known.seen]);
    await service.world.instance.save(settings);
  });
});

describe('whoever proves it', () => {
  async function signInByCode(address: string) {
    const browser = service.browser();
    const { url } = await begin(browser, address, { strategy: 'email_code' });
    const code = await service.mailedCode();
    return browser.post<SignInJSON>(`${url}/attempt_first_factor`, {
      strategy: 'email_code',
      code,
    });
  }

  test('signs in by password, in one call and in two', async () => {
    const address = addressOf(await createPerson(service, { password: rightPassword }));
    const direct = await service
      .browser()
      .post<SignInJSON>(signIns, { identifier: address, password: rightPassword });
    expect(direct.body.response.status).toBe('complete');
    const browser = service.browser();
    const { url } = await begin(browser, address);
    const form = { strategy: 'password', password: rightPassword };
    const proved = await browser.post<SignInJSON>(`${url}/attempt_first_factor`, form);
    expect(proved.body.response.status).toBe('complete');
    expect(proved.body.response.user_data).not.toBeNull();
  });

  test('signs in by password after as many wrong ones as are not too many, in one call and in two', async () => {
    for (const isDirect of [true, false]) {
      const address = addressOf(await createPerson(service, { password: rightPassword }));
      const browser = service.browser();
      const guess = (password: string) => browser.post(signIns, { identifier: address, password });
      for (let count = 0; count < 7; count++) await guess(`wrong ${count}`);
      const { url } = await begin(browser, address);
      const form = { strategy: 'password', password: rightPassword };
      const right = isDirect
        ? await guess(rightPassword)
        : await browser.post(`${url}/attempt_first_factor`, form);
      expect([isDirect, right.status, right.code]).toEqual([isDirect, 200, undefined]);
    }
  });

  test('signs in by code to the address that was typed, with the id that was offered', async () => {
    const second = `second${Date.now()}@example.com`;
    const user = await createPerson(service, {
      email_address: [`first${Date.now()}@example.com`, second],
    });
    const browser = service.browser();
    const { seen, url } = await begin(browser, second);
    const response = responseOf<SignInJSON>(seen);
    const id = response.supported_first_factors?.[1]?.email_address_id ?? '';
    service.clock.advance(1000);
    await browser.post(`${url}/prepare_first_factor`, {
      strategy: 'email_code',
      email_address_id: id,
    });
    const code = await service.mailedCode();
    const [mail] = await service.world.store.mailbox.list();
    expect(mail?.to).toBe(second);
    const form = { strategy: 'email_code', code };
    const proved = await browser.post<SignInJSON>(`${url}/attempt_first_factor`, form);
    expect(proved.body.response.status).toBe('complete');
    expect(proved.body.client?.sessions[0]?.user.id).toBe(user.id);
  });

  test('chooses a new password', async () => {
    const address = addressOf(await createPerson(service, { password: rightPassword }));
    const browser = service.browser();
    const { url } = await begin(browser, address);
    service.clock.advance(1000);
    const strategy = 'reset_password_email_code';
    await browser.post(`${url}/prepare_first_factor`, { strategy });
    const code = await service.mailedCode();
    const proved = await browser.post<SignInJSON>(`${url}/attempt_first_factor`, {
      strategy,
      code,
    });
    expect(proved.body.response.status).toBe('needs_new_password');
    const done = await browser.post<SignInJSON>(`${url}/reset_password`, {
      password: 'another password',
    });
    expect(done.body.response.status).toBe('complete');
  });

  test.each([
    ['lock', 'user_locked'],
    ['ban', 'user_banned'],
  ])('by a code, is told of a %s, and gets no further', async (verb, code) => {
    const user = await createPerson(service, {
      password: rightPassword,
      totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    });
    await service.backend('POST', `/v1/users/${user.id}/${verb}`);
    service.clock.advance(1000);
    const proved = await signInByCode(addressOf(user));
    expect([proved.status, proved.code]).toEqual([403, code]);
    expect(service.dump()['sessions']?.some(({ user_id: id }) => id === user.id)).toBe(false);
  });

  test('goes on to the second factor, which only the holder reaches', async () => {
    const user = await createPerson(service, {
      password: rightPassword,
      totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    });
    const { body } = await service
      .browser()
      .post<SignInJSON>(signIns, { identifier: addressOf(user), password: rightPassword });
    expect(body.response.status).toBe('needs_second_factor');
  });
});

describe('nobody', () => {
  test('is mailed, and no code is right, not even the fixed one of test addresses', async () => {
    const mails = () => service.world.store.mailbox.list();
    const before = (await mails()).length;
    for (const address of ['nobody@example.com', 'nobody+clerk_test@example.com']) {
      const browser = service.browser();
      const { url } = await begin(browser, address, { strategy: 'email_code' });
      const form = { strategy: 'email_code', code: '424242' };
      const answer = await browser.post(`${url}/attempt_first_factor`, form);
      expect(answer.code).toBe('form_code_incorrect');
    }
    await service.world.mailer.settled();
    expect(await mails()).toHaveLength(before);
  });

  test('is told that a mail could not be sent', async () => {
    const silent = await openService({
      type: 'production',
      publicUrl: 'https://accounts.example.com',
      settings: { isEnumerationProtected: true },
    });
    const user = await createPerson(silent);
    for (const identifier of [addressOf(user), 'nobody@example.com']) {
      const browser = silent.browser('https://accounts.example.com');
      const form = { identifier, strategy: 'email_code' };
      expect((await browser.post(signIns, form)).status).toBe(200);
      const account = { email_address: identifier, password: rightPassword };
      const { body } = await browser.post<SignUpJSON>('/v1/client/sign_ups', account);
      const url = `/v1/client/sign_ups/${body.response.id}/prepare_verification`;
      expect((await browser.post(url, { strategy: 'email_code' })).status).toBe(200);
    }
    await silent.close();
  });

  test('without a password is locked out by guesses at one', async () => {
    const user = await createPerson(service);
    for (let count = 0; count < 12; count++)
      await service
        .browser()
        .post(signIns, { identifier: addressOf(user), password: `wrong ${count}` });
    const { body } = await service.backend<BackendUserJSON>('GET', `/v1/users/${user.id}`);
    expect(body.locked).toBe(false);
  });

  test('keeps an attempt from its end where the protection is turned off meanwhile', async () => {
    const browser = service.browser();
    const { url } = await begin(browser, 'nobody@example.com');
    const { settings } = service.world.instance;
    await service.world.instance.save({ ...settings, isEnumerationProtected: false });
    const again = await browser.get<SignInJSON>(url);
    expect(again.body.response.supported_first_factors).toHaveLength(3);
    const form = { strategy: 'password', password: 'wrong' };
    const guess = await browser.post(`${url}/attempt_first_factor`, form);
    expect(guess.code).toBe('form_password_incorrect');
    const other = await service.browser().post(signIns, { identifier: 'nobody@example.com' });
    expect(other.code).toBe('form_identifier_not_found');
    await service.world.instance.save(settings);
  });
});

describe('a sign-up with a taken address', () => {
  const signUps = '/v1/client/sign_ups';

  async function signUp(browser: Browser, address: string): Promise<Observed[]> {
    const form = { email_address: address, password: 'a fresh password' };
    const begun = await step(browser, address, signUps, form);
    const { id } = responseOf<SignUpJSON>(begun);
    const strategy = 'email_code';
    const call = (name: string, fields: Record<string, string>) =>
      step(browser, address, `${signUps}/${id}/${name}`, { strategy, ...fields });
    const all = [begun, await call('attempt_verification', { code: 'none' })];
    for (let round = 0; round < 2; round++) {
      all.push(await call('prepare_verification', {}));
      for (let count = 0; count < 6; count++)
        all.push(await call('attempt_verification', { code: 'not a code' }));
    }
    return all;
  }

  test('looks as with a free one, step by step', async () => {
    const seen = await seesTheSame(signUp);
    expect(seen).toHaveLength(16);
    expect(seen[0]?.work.hashes).toEqual(['hash']);
    await seesTheSame(async (browser, address) => {
      const [begun] = await signUp(browser, 'someone-new@example.com');
      const { id } = responseOf<SignUpJSON>(begun);
      const change = `${signUps}/${id}?_method=PATCH`;
      return [await step(browser, address, change, { email_address: address })];
    });
  });

  test('is told to the holder alone, by mail, and once an hour', async () => {
    const user = await createPerson(service);
    const mailsTo = async () => {
      await service.world.mailer.settled();
      const all = await service.world.store.mailbox.list();
      return all.filter(({ to }) => to === addressOf(user));
    };
    await signUp(service.browser(), addressOf(user).toUpperCase());
    await signUp(service.browser(), addressOf(user));
    const [mail, ...others] = await mailsTo();
    expect(others).toEqual([]);
    expect(mail?.subject).toBe('You have a Willcall account already');
    expect(mail?.text).toContain('http://localhost:4000/sign-in');
    expect(mail?.text).not.toMatch(/\d{6}/);
    service.clock.advance(3_599_999);
    await signUp(service.browser(), addressOf(user));
    expect(await mailsTo()).toHaveLength(1);
    service.clock.advance(1);
    await signUp(service.browser(), addressOf(user));
    expect(await mailsTo()).toHaveLength(2);
  });

  test('never ends in an account, not even with the fixed code', async () => {
    const address = 'taken+clerk_test@example.com';
    await createPerson(service, { email_address: [address] });
    const browser = service.browser();
    const form = { email_address: address, password: 'a fresh password' };
    const { body } = await browser.post<SignUpJSON>(signUps, form);
    const url = `${signUps}/${body.response.id}`;
    await browser.post(`${url}/prepare_verification`, { strategy: 'email_code' });
    const answer = await browser.post(`${url}/attempt_verification`, {
      strategy: 'email_code',
      code: '424242',
    });
    expect(answer.code).toBe('form_code_incorrect');
  });

  test('of a free one ends in an account', async () => {
    const browser = service.browser();
    const form = { email_address: 'fresh@example.com', password: 'a fresh password' };
    const { body } = await browser.post<SignUpJSON>(signUps, form);
    const url = `${signUps}/${body.response.id}`;
    service.clock.advance(1000);
    await browser.post(`${url}/prepare_verification`, { strategy: 'email_code' });
    const done = await browser.post<SignUpJSON>(`${url}/attempt_verification`, {
      strategy: 'email_code',
      code: await service.mailedCode(),
    });
    expect(done.body.response.status).toBe('complete');
  });
});
