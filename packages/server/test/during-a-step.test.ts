import type {
  BackendUserJSON,
  ClientJSON,
  SignInJSON,
  SignInTokenDetailsJSON,
} from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, enrol } from './authenticator.ts';
import type { Browser } from './browser.ts';
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

const secret = 'JBSWY3DPEHPK3PXP';
const minute = 60_000;

beforeAll(async () => {
  service = await openService({ settings: { isClientTrustAsked: true } });
});
afterAll(() => service.close());

/** A browser that waits at a second factor, with a ticket or a password behind it. */
interface Waiting {
  readonly user: BackendUserJSON;
  readonly browser: Browser;
  readonly id: string;
  readonly tokenId: string;
  readonly ticket: string;
}

async function waitWithTicket(fields: object = {}): Promise<Waiting> {
  const user = await createPerson(service, { password: rightPassword, totp_secret: secret });
  const issued = await issueTicket(service, user.id, fields);
  const browser = service.browser();
  await browser.get('/v1/client');
  const { body } = await redeem(browser, issued.token);
  expect(body.response.status).toBe('needs_second_factor');
  return { user, browser, id: body.response.id, tokenId: issued.id, ticket: issued.token };
}

async function waitWithPassword(): Promise<Waiting> {
  const user = await createPerson(service, { password: rightPassword, totp_secret: secret });
  const browser = service.browser();
  const form = { identifier: addressOf(user), password: rightPassword };
  const { body } = await browser.post<SignInJSON>('/v1/client/sign_ins', form);
  expect(body.response.status).toBe('needs_second_factor');
  return { user, browser, id: body.response.id, tokenId: '', ticket: '' };
}

function goOn({ browser, id }: Waiting) {
  const form = { strategy: 'totp', code: codeOf(secret, service.clock) };
  return browser.post<SignInJSON>(`/v1/client/sign_ins/${id}/attempt_second_factor`, form);
}

async function statusOf({ tokenId }: Waiting): Promise<string> {
  return (await service.backend<SignInTokenDetailsJSON>('GET', `/v1/sign_in_tokens/${tokenId}`))
    .body.status;
}

async function sessionsOf({ user }: Waiting): Promise<unknown[]> {
  const { body } = await service.backend<unknown[]>('GET', `/v1/sessions?user_id=${user.id}`);
  return Array.isArray(body) ? body : [];
}

describe('while a sign-in waits, its ticket', () => {
  test('expires: the sign-in has ten minutes more', async () => {
    const waiting = await waitWithTicket({ expires_in_seconds: 60 });
    service.clock.advance(minute + 10 * minute - 1);
    expect((await goOn(waiting)).body.response.status).toBe('complete');
    expect(await statusOf(waiting)).toBe('accepted');
  });

  test('expires: after those ten minutes it is refused', async () => {
    const waiting = await waitWithTicket({ expires_in_seconds: 60 });
    service.clock.advance(minute + 10 * minute);
    const refused = await goOn(waiting);
    expect([refused.status, refused.code]).toEqual([400, 'ticket_expired_code']);
    expect(await sessionsOf(waiting)).toEqual([]);
  });

  test('expires: nothing begins with it any more', async () => {
    const waiting = await waitWithTicket({ expires_in_seconds: 60 });
    service.clock.advance(minute);
    expect((await redeem(service.browser(), waiting.ticket)).code).toBe('ticket_expired_code');
  });

  test('is revoked: the next step says so', async () => {
    const waiting = await waitWithTicket();
    await service.backend('POST', `/v1/sign_in_tokens/${waiting.tokenId}/revoke`);
    const refused = await goOn(waiting);
    expect([refused.status, refused.code]).toEqual([400, 'sign_in_token_revoked_code']);
    expect(await sessionsOf(waiting)).toEqual([]);
  });

  test('is used by another sign-in: this one is over', async () => {
    const waiting = await waitWithTicket();
    const other = service.browser();
    const begun = await redeem(other, waiting.ticket);
    expect((await goOn({ ...waiting, browser: other, id: begun.body.response.id })).status).toBe(
      200,
    );
    service.clock.advance(minute);
    const refused = await goOn(waiting);
    expect([refused.status, refused.code]).toEqual([400, 'sign_in_token_already_used_code']);
    expect(await sessionsOf(waiting)).toHaveLength(1);
  });

  test('is raced for by ten sign-ins with codes of their own: one session opens', async () => {
    const codes = Array.from({ length: 10 }, (_none, at) => `backup-code-${at}`);
    const user = await createPerson(service, { totp_secret: secret, backup_codes: codes });
    const { token } = await issueTicket(service, user.id);
    const browsers = codes.map(() => service.browser());
    const begun: string[] = [];
    for (const browser of browsers) begun.push((await redeem(browser, token)).body.response.id);
    const answers = await Promise.all(
      browsers.map((browser, at) =>
        browser.post(`/v1/client/sign_ins/${begun[at]}/attempt_second_factor`, {
          strategy: 'backup_code',
          code: codes[at] ?? '',
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const losers = answers.filter(({ status }) => status !== 200).map(({ code }) => code);
    expect(new Set(losers)).toEqual(new Set(['sign_in_token_already_used_code']));
    const { body } = await service.backend<unknown[]>('GET', `/v1/sessions?user_id=${user.id}`);
    expect(body).toHaveLength(1);
  });
});

describe('while a sign-in waits, the user', () => {
  test.each([
    ['ban', 'user_banned'],
    ['lock', 'user_locked'],
  ])('gets a %s: the next step says so, and the ticket stays', async (verb, code) => {
    const withTicket = await waitWithTicket();
    for (const waiting of [withTicket, await waitWithPassword()]) {
      await service.backend('POST', `/v1/users/${waiting.user.id}/${verb}`);
      const refused = await goOn(waiting);
      expect([refused.status, refused.code]).toEqual([403, code]);
      expect(await sessionsOf(waiting)).toEqual([]);
    }
    expect(await statusOf(withTicket)).toBe('pending');
  });

  test('is unbanned again: the sign-in goes on where it was', async () => {
    const waiting = await waitWithTicket();
    await service.backend('POST', `/v1/users/${waiting.user.id}/ban`);
    await goOn(waiting);
    await service.backend('POST', `/v1/users/${waiting.user.id}/unban`);
    expect((await goOn(waiting)).status).toBe(200);
  });

  test('is deleted: the sign-in is gone with the user, and the ticket is told for what it is', async () => {
    const waiting = await waitWithTicket();
    await service.backend('DELETE', `/v1/users/${waiting.user.id}`);
    const refused = await goOn(waiting);
    expect([refused.status, refused.code]).toEqual([404, 'resource_not_found']);
    expect((await redeem(service.browser(), waiting.ticket)).code).toBe(
      'sign_in_token_cannot_be_used_code',
    );
    const { body } = await waiting.browser.get<ClientJSON>('/v1/client');
    expect(body.response.sign_in).toBeNull();
  });

  test('changes the password: what began with the old one is over, and the code is kept', async () => {
    const waiting = await waitWithPassword();
    service.clock.advance(minute);
    await service.backend('PATCH', `/v1/users/${waiting.user.id}`, {
      password: 'another horse battery',
    });
    const refused = await goOn(waiting);
    expect([refused.status, refused.code]).toEqual([400, 'sign_in_step_invalid']);
    expect(await sessionsOf(waiting)).toEqual([]);
  });

  test('changes the password: what began with a ticket goes on', async () => {
    const waiting = await waitWithTicket();
    service.clock.advance(minute);
    await service.backend('PATCH', `/v1/users/${waiting.user.id}`, {
      password: 'another horse battery',
    });
    expect((await goOn(waiting)).status).toBe(200);
  });

  test('changes the password before it is asked for: the new one counts', async () => {
    const user = await createPerson(service, { password: rightPassword, totp_secret: secret });
    const browser = service.browser();
    const begun = await browser.post<SignInJSON>('/v1/client/sign_ins', {
      identifier: addressOf(user),
    });
    service.clock.advance(minute);
    await service.backend('PATCH', `/v1/users/${user.id}`, { password: 'another horse battery' });
    const url = `/v1/client/sign_ins/${begun.body.response.id}/attempt_first_factor`;
    expect((await browser.post(url, { strategy: 'password', password: rightPassword })).code).toBe(
      'form_password_incorrect',
    );
    await browser.post(url, { strategy: 'password', password: 'another horse battery' });
    const waiting = { user, browser, id: begun.body.response.id, tokenId: '', ticket: '' };
    expect((await goOn(waiting)).status).toBe(200);
  });

  test('changes the password that was asked for beside a ticket: it is over too, and the ticket stays', async () => {
    const strict = await openService({ settings: { isFirstFactorAskedBesideTickets: true } });
    const user = await createPerson(strict, { password: rightPassword, totp_secret: secret });
    const issued = await issueTicket(strict, user.id);
    const browser = strict.browser();
    const { id } = (await redeem(browser, issued.token)).body.response;
    const first = { strategy: 'password', password: rightPassword };
    const next = await browser.post<SignInJSON>(
      `/v1/client/sign_ins/${id}/attempt_first_factor`,
      first,
    );
    expect(next.body.response.status).toBe('needs_second_factor');
    strict.clock.advance(minute);
    await strict.backend('PATCH', `/v1/users/${user.id}`, { password: 'another horse battery' });
    const second = { strategy: 'totp', code: codeOf(secret, strict.clock) };
    const refused = await browser.post(`/v1/client/sign_ins/${id}/attempt_second_factor`, second);
    expect([refused.status, refused.code]).toEqual([400, 'sign_in_step_invalid']);
    const { body } = await strict.backend<SignInTokenDetailsJSON>(
      'GET',
      `/v1/sign_in_tokens/${issued.id}`,
    );
    expect(body.status).toBe('pending');
    await strict.close();
  });

  test('enrols a second factor: it is asked for before the session opens', async () => {
    const user = await createPerson(service, { password: rightPassword });
    const elsewhere = await signInPerson(service, { user });
    const browser = service.browser();
    const form = { identifier: addressOf(user), password: rightPassword };
    const begun = await browser.post<SignInJSON>('/v1/client/sign_ins', form);
    expect(begun.body.response.status).toBe('needs_client_trust');
    const url = `/v1/client/sign_ins/${begun.body.response.id}`;
    service.clock.advance(1000);
    await browser.post(`${url}/prepare_second_factor`, { strategy: 'email_code' });
    const mailed = await service.mailedCode();
    const app = await enrol(elsewhere.browser, service.clock);
    const next = await browser.post<SignInJSON>(`${url}/attempt_second_factor`, {
      strategy: 'email_code',
      code: mailed,
    });
    expect(next.body.response).toMatchObject({
      status: 'needs_second_factor',
      second_factor_verification: null,
    });
    const code = codeOf(app.secret, service.clock);
    const done = await browser.post<SignInJSON>(`${url}/attempt_second_factor`, {
      strategy: 'totp',
      code,
    });
    expect(done.body.response.status).toBe('complete');
  });

  test('removes the second factor: the sign-in cannot go on, and the ticket begins another', async () => {
    const waiting = await waitWithTicket();
    await service.backend('DELETE', `/v1/users/${waiting.user.id}/totp`);
    const refused = await goOn(waiting);
    expect([refused.status, refused.code]).toEqual([400, 'strategy_for_user_invalid']);
    expect((await redeem(waiting.browser, waiting.ticket)).body.response.status).toBe('complete');
  });
});

describe('in the same browser', () => {
  test('a second sign-in stands beside the first, and the one that ends first ends both', async () => {
    const first = await waitWithTicket();
    const form = { identifier: addressOf(first.user), password: rightPassword };
    const begun = await first.browser.post<SignInJSON>('/v1/client/sign_ins', form);
    expect((await first.browser.get<ClientJSON>('/v1/client')).body.response.sign_in?.id).toBe(
      begun.body.response.id,
    );
    expect((await goOn(first)).status).toBe(200);
    service.clock.advance(minute);
    const refused = await goOn({ ...first, id: begun.body.response.id });
    expect([refused.status, refused.code]).toEqual([404, 'resource_not_found']);
    expect(await sessionsOf(first)).toHaveLength(1);
  });

  test('the same ticket begins twice and opens one session', async () => {
    const first = await waitWithTicket();
    const again = await redeem(first.browser, first.ticket);
    expect((await goOn({ ...first, id: again.body.response.id })).status).toBe(200);
    expect(await statusOf(first)).toBe('accepted');
    expect(await sessionsOf(first)).toHaveLength(1);
  });

  test('the same code sent twice at once opens one session, and no answer says that it failed for good', async () => {
    for (const waiting of [await waitWithTicket(), await waitWithPassword()]) {
      const answers = await Promise.all(Array.from({ length: 4 }, () => goOn(waiting)));
      const opened = answers.filter(({ status }) => status === 200);
      expect(opened.length).toBeGreaterThan(0);
      expect(new Set(opened.map(({ body }) => body.response.created_session_id)).size).toBe(1);
      const codes = new Set(answers.filter(({ status }) => status !== 200).map(({ code }) => code));
      expect([...codes].filter((code) => code !== 'form_code_incorrect')).toEqual([]);
      expect(await sessionsOf(waiting)).toHaveLength(1);
      expect((await goOn(waiting)).body.response.status).toBe('complete');
    }
  });

  test('a mailed code sent twice at once opens one session', async () => {
    const user = await createPerson(service, { password: rightPassword });
    const browser = service.browser();
    const form = { identifier: addressOf(user), password: rightPassword };
    const begun = await browser.post<SignInJSON>('/v1/client/sign_ins', form);
    const url = `/v1/client/sign_ins/${begun.body.response.id}`;
    service.clock.advance(1000);
    await browser.post(`${url}/prepare_second_factor`, { strategy: 'email_code' });
    const code = { strategy: 'email_code', code: await service.mailedCode() };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        browser.post<SignInJSON>(`${url}/attempt_second_factor`, code),
      ),
    );
    const opened = answers.filter(({ status }) => status === 200);
    expect(new Set(opened.map(({ body }) => body.response.created_session_id)).size).toBe(1);
    const { body } = await service.backend<unknown[]>('GET', `/v1/sessions?user_id=${user.id}`);
    expect(body).toHaveLength(1);
  });
});
