import type { SignInJSON, SignUpJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from './authenticator.ts';
import type { Browser } from './browser.ts';
import { holdNext } from './hold.ts';
import { freshAddress, invite } from './invited.ts';
import { addressOf, createPerson, rightPassword } from './people.ts';
import { openService, type TestService } from './service.ts';

/* A step that takes its time, with others of the same attempt in between. */

let service: TestService;

beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

async function usersOf(address: string): Promise<unknown> {
  const { body } = await service.backend('GET', `/v1/users?email_address=${address}`);
  return body;
}

function rowOf(table: string, id: string) {
  return service.dump()[table]?.find((row) => row['id'] === id);
}

describe('a sign-up', () => {
  async function begin(address: string) {
    const browser = service.browser();
    const form = { email_address: address };
    const { id } = (await browser.post<SignUpJSON>('/v1/client/sign_ups', form)).body.response;
    const url = `/v1/client/sign_ups/${id}`;
    const fill = (fields: Readonly<Record<string, string>>) =>
      browser.post<SignUpJSON>(`${url}?_method=PATCH`, fields);
    const prepare = () =>
      browser.post<SignUpJSON>(`${url}/prepare_verification`, { strategy: 'email_code' });
    const attempt = async () =>
      browser.post<SignUpJSON>(`${url}/attempt_verification`, {
        strategy: 'email_code',
        code: await service.mailedCode(),
      });
    return { id, fill, prepare, attempt };
  }

  test('takes no address for proved that came while another one was proved', async () => {
    const [own, victim] = [freshAddress(), freshAddress()];
    const { id, fill, prepare, attempt } = await begin(victim);
    const hash = holdNext(service.world.passwords, 'hash');
    const slow = fill({ email_address: victim, password: rightPassword });
    await hash.reached;
    await fill({ email_address: own });
    service.clock.advance(1);
    await prepare();
    expect((await attempt()).body.response.unverified_fields).toEqual([]);
    hash.letGo();
    const { status, body } = await slow;
    expect([status, body.response.status, body.response.unverified_fields]).toEqual([
      200,
      'missing_requirements',
      ['email_address'],
    ]);
    expect(rowOf('sign_ups', id)).toMatchObject({
      email_address: victim,
      is_email_address_verified: 0,
    });
    expect([await usersOf(victim), await usersOf(own)]).toEqual([[], []]);
  });

  test('keeps the address of an invitation that came while another address was on its way', async () => {
    const victim = freshAddress();
    const { ticket, email_address: invited } = await invite(service);
    const { id, fill } = await begin(victim);
    const hash = holdNext(service.world.passwords, 'hash');
    const slow = fill({ email_address: victim, password: rightPassword });
    await hash.reached;
    expect((await fill({ strategy: 'ticket', ticket })).status).toBe(200);
    hash.letGo();
    const refused = await slow;
    expect([refused.status, refused.code]).toEqual([400, 'sign_up_step_invalid']);
    expect(rowOf('sign_ups', id)).toMatchObject({ email_address: invited, password_digest: null });
    expect([await usersOf(victim), await usersOf(invited)]).toEqual([[], []]);
  });

  test('takes no code of the address before for the one that came while its mail went out', async () => {
    const [own, victim] = [freshAddress(), freshAddress()];
    const { id, fill, prepare, attempt } = await begin(own);
    await fill({ password: rightPassword });
    service.clock.advance(1);
    const mail = holdNext(service.world.mailer, 'send');
    const slow = prepare();
    await mail.reached;
    await fill({ email_address: victim });
    mail.letGo();
    const refused = await slow;
    expect([refused.status, refused.code]).toEqual([400, 'sign_up_step_invalid']);
    expect((await attempt()).code).toBe('verification_missing');
    expect(rowOf('sign_ups', id)).toMatchObject({
      email_address: victim,
      is_email_address_verified: 0,
    });
    expect(await usersOf(victim)).toEqual([]);
  });

  test('takes what two steps fill in at once', async () => {
    const { id, fill } = await begin(freshAddress());
    const hash = holdNext(service.world.passwords, 'hash');
    const slow = fill({ password: rightPassword });
    await hash.reached;
    await fill({ first_name: 'Ada' });
    hash.letGo();
    expect((await slow).body.response).toMatchObject({ first_name: 'Ada', has_password: true });
    expect(rowOf('sign_ups', id)).toMatchObject({ first_name: 'Ada' });
  });
});

describe('a sign-in', () => {
  const secret = 'JBSWY3DPEHPK3PXP';
  const another = 'another horse battery';

  async function begin() {
    const user = await createPerson(service, { password: rightPassword, totp_secret: secret });
    const browser = service.browser();
    const form = { identifier: addressOf(user) };
    const { id } = (await browser.post<SignInJSON>('/v1/client/sign_ins', form)).body.response;
    return { browser, id, url: `/v1/client/sign_ins/${id}` };
  }

  /** Asks for a code that lets choose a new password, and proves it. */
  async function proveReset({ browser, url }: { browser: Browser; url: string }): Promise<void> {
    const strategy = 'reset_password_email_code';
    service.clock.advance(1);
    await browser.post(`${url}/prepare_first_factor`, { strategy });
    const code = await service.mailedCode();
    const { body } = await browser.post<SignInJSON>(`${url}/attempt_first_factor`, {
      ...{ strategy, code },
    });
    expect(body.response.status).toBe('needs_new_password');
  }

  test('is not taken back by a code that was asked for before it went on', async () => {
    const { browser, id, url } = await begin();
    const mail = holdNext(service.world.mailer, 'send');
    const slow = browser.post(`${url}/prepare_first_factor`, { strategy: 'email_code' });
    await mail.reached;
    await proveReset({ browser, url });
    const before = rowOf('sign_ins', id);
    mail.letGo();
    const refused = await slow;
    expect([refused.status, refused.code]).toEqual([400, 'sign_in_step_invalid']);
    expect(rowOf('sign_ins', id)).toEqual(before);
  });

  test('sets no password that was chosen beside another proof', async () => {
    const { browser, id, url } = await begin();
    const check = holdNext(service.world.passwords, 'verify');
    const slow = browser.post(`${url}/attempt_first_factor`, {
      strategy: 'password',
      password: rightPassword,
    });
    await check.reached;
    await proveReset({ browser, url });
    const chosen = await browser.post<SignInJSON>(`${url}/reset_password`, { password: another });
    expect(chosen.body.response.status).toBe('needs_second_factor');
    const before = rowOf('sign_ins', id);
    check.letGo();
    const refused = await slow;
    expect([refused.status, refused.code]).toEqual([400, 'sign_in_step_invalid']);
    expect(rowOf('sign_ins', id)).toEqual(before);
    const code = codeOf(secret, service.clock);
    const step = { strategy: 'totp', code };
    const done = await browser.post<SignInJSON>(`${url}/attempt_second_factor`, step);
    expect(done.body.response.status).toBe('complete');
  });
});
