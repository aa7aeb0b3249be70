import type { BackendUserJSON, ClientJSON, SignInJSON } from '@willcall/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeOf } from './authenticator.ts';
import type { Browser, PageCall } from './browser.ts';
import { addressOf, createPerson, issueTicket, redeem, rightPassword } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;
let user: BackendUserJSON;

beforeAll(async () => {
  service = await openService({ settings: { isClientTrustAsked: true, lockoutAttempts: 12 } });
});
afterAll(() => service.close());
beforeEach(async () => {
  user = await createPerson(service, { password: rightPassword });
});

async function signIn(browser: Browser, person = user): Promise<SignInJSON> {
  const form = { identifier: addressOf(person), password: rightPassword };
  return (await browser.post<SignInJSON>('/v1/client/sign_ins', form)).body.response;
}

const signOut = (browser: Browser) => browser.post('/v1/client/sessions?_method=DELETE');

async function sendCode(browser: Browser, id: string): Promise<string> {
  // The newest mail is told by its time.
  service.clock.advance(1000);
  const sent = await browser.post<SignInJSON>(`/v1/client/sign_ins/${id}/prepare_second_factor`, {
    strategy: 'email_code',
  });
  expect(sent.body.response.second_factor_verification).toMatchObject({
    strategy: 'email_code',
    status: 'unverified',
  });
  return service.mailedCode();
}

function prove(browser: Browser, id: string, code: string, call?: PageCall) {
  const form = { strategy: 'email_code', code };
  return browser.post<SignInJSON>(`/v1/client/sign_ins/${id}/attempt_second_factor`, form, call);
}

/** A browser in which this person has proved the device and signed out again. */
async function provedBrowser(): Promise<Browser> {
  const browser = service.browser();
  const { id } = await signIn(browser);
  expect((await prove(browser, id, await sendCode(browser, id))).body.response.status).toBe(
    'complete',
  );
  await signOut(browser);
  return browser;
}

const deviceCookie = (browser: Browser) =>
  [...browser.cookies].find(([name]) => name.includes('__willcall_device_'));

describe('a password in an unknown browser', () => {
  test('needs a code by mail, and the browser is known from then on', async () => {
    const browser = service.browser();
    const begun = await signIn(browser);
    expect(begun).toMatchObject({
      status: 'needs_client_trust',
      client_trust_state: 'new',
      supported_first_factors: null,
      supported_second_factors: [{ strategy: 'email_code', primary: true }],
    });
    expect(deviceCookie(browser)).toBeUndefined();
    const code = await sendCode(browser, begun.id);
    const wrong = await prove(browser, begun.id, code === '000000' ? '111111' : '000000');
    expect([wrong.status, wrong.code]).toEqual([422, 'form_code_incorrect']);
    const done = await prove(browser, begun.id, code);
    expect(done.body.response).toMatchObject({
      status: 'complete',
      second_factor_verification: { status: 'verified' },
    });
    const cookie = done.setCookies.find((line) => line.startsWith('__willcall_device_'));
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).not.toMatch(/Domain/);
    expect(done.setCookies.at(-1)).toMatch(/^__client_/);
    await signOut(browser);
    expect(await signIn(browser)).toMatchObject({
      status: 'complete',
      client_trust_state: 'known',
    });
  });

  test('is known for the person who proved it, and for nobody else', async () => {
    const browser = await provedBrowser();
    const other = await createPerson(service, { password: rightPassword });
    const { id, status } = await signIn(browser, other);
    expect(status).toBe('needs_client_trust');
    await prove(browser, id, await sendCode(browser, id));
    await signOut(browser);
    for (const person of [user, other]) {
      expect((await signIn(browser, person)).status).toBe('complete');
      await signOut(browser);
    }
  });

  test('does not make a token trusted that somebody planted', async () => {
    const thief = await createPerson(service, { password: rightPassword });
    const planted = service.browser();
    const first = await signIn(planted, thief);
    await prove(planted, first.id, await sendCode(planted, first.id));
    const [name, value] = deviceCookie(planted) ?? ['', ''];
    const victim = service.browser();
    victim.cookies.set(name, value);
    const { id } = await signIn(victim);
    await prove(victim, id, await sendCode(victim, id));
    expect(deviceCookie(victim)?.[1]).not.toBe(value);
    await signOut(planted);
    expect((await signIn(planted)).status).toBe('needs_client_trust');
  });

  test('is asked for whether or not people may sign in by such a code alone', async () => {
    const strict = await openService({
      settings: { isClientTrustAsked: true, strategies: { password: true, emailCode: false } },
    });
    const person = await createPerson(strict, { password: rightPassword });
    const form = { identifier: addressOf(person), password: rightPassword };
    const { body } = await strict.browser().post<SignInJSON>('/v1/client/sign_ins', form);
    expect(body.response.supported_second_factors).toHaveLength(1);
    await strict.close();
  });

  test('is refused where the account has no address to prove it by, and nothing is written', async () => {
    const nameless = await createPerson(service, {
      email_address: null,
      username: 'nameless',
      password: rightPassword,
    });
    const before = service.dump();
    const form = { identifier: 'nameless', password: rightPassword };
    const refused = await service.browser().post('/v1/client/sign_ins', form);
    expect([refused.status, refused.code]).toEqual([403, 'client_trust_unavailable']);
    expect(service.dump()).toEqual(before);
    const ticket = await service.backend('POST', '/v1/sign_in_tokens', {
      user_id: nameless.id,
      step_up: 'client_trust',
    });
    expect([ticket.status, ticket.code]).toEqual([422, 'form_param_value_invalid']);
  });

  test('is not asked for beside a second factor, which proves more', async () => {
    const careful = await createPerson(service, {
      password: rightPassword,
      totp_secret: 'JBSWY3DPEHPK3PXP',
    });
    const browser = service.browser();
    const { id, status } = await signIn(browser, careful);
    expect(status).toBe('needs_second_factor');
    const form = { strategy: 'totp', code: codeOf('JBSWY3DPEHPK3PXP', service.clock) };
    const done = await browser.post<SignInJSON>(
      `/v1/client/sign_ins/${id}/attempt_second_factor`,
      form,
    );
    expect(done.body.response.status).toBe('complete');
  });

  test('is not asked for after a code by mail, which proved the same', async () => {
    const browser = service.browser();
    service.clock.advance(1000);
    const form = { identifier: addressOf(user), strategy: 'email_code' };
    const { body } = await browser.post<SignInJSON>('/v1/client/sign_ins', form);
    const url = `/v1/client/sign_ins/${body.response.id}/attempt_first_factor`;
    const done = await browser.post<SignInJSON>(url, {
      strategy: 'email_code',
      code: await service.mailedCode(),
    });
    expect(done.body.response.status).toBe('complete');
  });
});

describe('the state of the device', () => {
  test('is pending before it is known who it is, and untold where nobody asks', async () => {
    const begun = await service.browser().post<SignInJSON>('/v1/client/sign_ins');
    expect(begun.body.response).toMatchObject({
      status: 'needs_identifier',
      client_trust_state: 'pending',
    });
    const plain = await openService();
    const person = await createPerson(plain);
    const { body } = await redeem(plain.browser(), (await issueTicket(plain, person.id)).token);
    expect(body.response.client_trust_state).toBeNull();
    await plain.close();
  });

  test('stays the same over a reload', async () => {
    const browser = service.browser();
    const { id } = await signIn(browser);
    const { body } = await browser.get<ClientJSON>('/v1/client');
    expect(body.response.sign_in).toMatchObject({
      id,
      status: 'needs_client_trust',
      client_trust_state: 'new',
    });
  });
});

describe('a ticket', () => {
  test('asks only by its step_up, and only in an unknown browser', async () => {
    expect(
      (await redeem(service.browser(), (await issueTicket(service, user.id)).token)).body.response
        .status,
    ).toBe('complete');
    const { token } = await issueTicket(service, user.id, { step_up: 'client_trust' });
    const browser = service.browser();
    const { body } = await redeem(browser, token);
    expect(body.response).toMatchObject({
      status: 'needs_client_trust',
      client_trust_state: 'new',
    });
    const done = await prove(browser, body.response.id, await sendCode(browser, body.response.id));
    expect(done.body.response.status).toBe('complete');
    await signOut(browser);
    const next = await issueTicket(service, user.id, { step_up: 'client_trust' });
    expect((await redeem(browser, next.token)).body.response).toMatchObject({
      status: 'complete',
      client_trust_state: 'known',
    });
  });

  test('asks where the instance does, whatever its token says', async () => {
    const strict = await openService({ settings: { leastStepUp: 'client_trust' } });
    const person = await createPerson(strict);
    const { token } = await issueTicket(strict, person.id, { step_up: 'none' });
    expect((await redeem(strict.browser(), token)).body.response.status).toBe('needs_client_trust');
    await strict.close();
  });

  test('asks for another first factor as well where the instance does', async () => {
    const strict = await openService({ settings: { isFirstFactorAskedBesideTickets: true } });
    const person = await createPerson(strict, { password: rightPassword });
    const { token } = await issueTicket(strict, person.id);
    const browser = strict.browser();
    const { body } = await redeem(browser, token);
    expect(body.response).toMatchObject({
      status: 'needs_first_factor',
      first_factor_verification: null,
    });
    const offered = body.response.supported_first_factors?.map(({ strategy }) => strategy);
    expect(offered).toEqual(expect.arrayContaining(['password', 'email_code']));
    const url = `/v1/client/sign_ins/${body.response.id}/attempt_first_factor`;
    const done = await browser.post<SignInJSON>(url, {
      strategy: 'password',
      password: rightPassword,
    });
    expect(done.body.response.status).toBe('complete');
    await strict.close();
  });

  test('leads nobody where there is nothing to prove', async () => {
    const strict = await openService({ settings: { isFirstFactorAskedBesideTickets: true } });
    const person = await createPerson(strict, { email_address: null, username: 'ticket.only' });
    const { token } = await issueTicket(strict, person.id);
    const before = strict.dump();
    const refused = await redeem(strict.browser(), token);
    expect([refused.status, refused.code]).toEqual([400, 'strategy_for_user_invalid']);
    expect(strict.dump()).toEqual(before);
    await strict.close();
  });
});

describe('a code for a device', () => {
  test('ends after ten minutes, and a new one voids the one before', async () => {
    const browser = service.browser();
    const { id } = await signIn(browser);
    const none = await prove(browser, id, '000000');
    expect([none.status, none.code]).toEqual([400, 'verification_missing']);
    const old = await sendCode(browser, id);
    let newest = await sendCode(browser, id);
    while (newest === old) newest = await sendCode(browser, id);
    expect((await prove(browser, id, old)).code).toBe('form_code_incorrect');
    service.clock.advance(600_000);
    expect((await prove(browser, id, newest)).code).toBe('verification_expired');
    expect((await prove(browser, id, await sendCode(browser, id))).status).toBe(200);
  });

  test('is not guessed, however many are sent: the account is locked', async () => {
    const seen: (string | undefined)[] = [];
    for (let round = 0; round < 3; round++) {
      const browser = service.browser();
      const { id } = await signIn(browser);
      const wrong = (await sendCode(browser, id)) === '000000' ? '111111' : '000000';
      for (let guess = 0; guess < 4; guess++) seen.push((await prove(browser, id, wrong)).code);
    }
    expect(seen).toEqual(Array.from({ length: 12 }, () => 'form_code_incorrect'));
    const locked = await service
      .browser()
      .post('/v1/client/sign_ins', { identifier: addressOf(user), password: rightPassword });
    expect([locked.status, locked.code]).toEqual([403, 'user_locked']);
  });

  test('gives the session and the device again to the browser whose answer got lost', async () => {
    const browser = service.browser();
    const { id } = await signIn(browser);
    const code = await sendCode(browser, id);
    const first = await prove(browser, id, code, { isAnswerLost: true });
    const second = await prove(browser, id, code);
    expect(second.body.response.created_session_id).toBe(first.body.response.created_session_id);
    await signOut(browser);
    expect((await signIn(browser)).status).toBe('complete');
  });
});

test('in production the device cookie is bound to the host', async () => {
  const production = await openService({
    type: 'production',
    publicUrl: 'https://tickets.example.com',
    settings: {
      leastStepUp: 'client_trust',
      allowedOrigins: ['https://app.example.com'],
      isTestMode: false,
    },
  });
  const person = await createPerson(production, { totp_secret: 'JBSWY3DPEHPK3PXP' });
  const browser = production.browser('https://app.example.com');
  const { body } = await redeem(browser, (await issueTicket(production, person.id)).token);
  expect(body.response.status).toBe('needs_second_factor');
  const form = { strategy: 'totp', code: codeOf('JBSWY3DPEHPK3PXP', production.clock) };
  const done = await browser.post(
    `/v1/client/sign_ins/${body.response.id}/attempt_second_factor`,
    form,
  );
  const cookie = done.setCookies.find((line) => line.includes('__willcall_device_'));
  expect(cookie).toMatch(
    /^__Host-__willcall_device_\w+=wcd_[\w-]{27}; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=Lax$/,
  );
  await production.close();
});
