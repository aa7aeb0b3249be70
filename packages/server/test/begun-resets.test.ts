import type { BackendUserJSON, SignInJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from './authenticator.ts';
import type { Browser, PageAnswer } from './browser.ts';
import { addressOf, createPerson, rightPassword, signInPerson } from './people.ts';
import { openService, type TestService } from './service.ts';

/* Somebody has read one code for a new password in the mailbox of another, and waits. */

let service: TestService;

beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

const strategy = 'reset_password_email_code';
const secret = 'JBSWY3DPEHPK3PXP';
const minute = 60_000;

interface Begun {
  readonly user: BackendUserJSON;
  readonly browser: Browser;
  readonly url: string;
}

let count = 0;

/** Somebody with a test address: its code is known, so that no time passes until a mail is the newest. */
function createOwner(fields: object = {}): Promise<BackendUserJSON> {
  count += 1;
  return createPerson(service, {
    email_address: [`owner${count}+clerk_test@example.com`],
    password: rightPassword,
    ...fields,
  });
}

/** A browser to which a code was sent. */
async function askForCode(given: BackendUserJSON | undefined): Promise<Begun> {
  const user = given ?? (await createOwner());
  const browser = service.browser();
  const form = { identifier: addressOf(user) };
  const { id } = (await browser.post<SignInJSON>('/v1/client/sign_ins', form)).body.response;
  const url = `/v1/client/sign_ins/${id}`;
  await browser.post(`${url}/prepare_first_factor`, { strategy });
  return { user, browser, url };
}

function prove({ browser, url }: Begun): Promise<PageAnswer<SignInJSON>> {
  return browser.post<SignInJSON>(`${url}/attempt_first_factor`, { strategy, code: '424242' });
}

/** A browser that waits for the new password. */
async function begin(given?: BackendUserJSON): Promise<Begun> {
  const asked = await askForCode(given);
  expect((await prove(asked)).body.response.status).toBe('needs_new_password');
  return asked;
}

function choose({ browser, url }: Begun, password: string): Promise<PageAnswer<SignInJSON>> {
  return browser.post<SignInJSON>(`${url}/reset_password`, { password });
}

async function isPasswordOf({ user }: Begun, password: string): Promise<boolean> {
  const url = `/v1/users/${user.id}/verify_password`;
  return (await service.backend('POST', url, { password })).status === 200;
}

async function sessionsOf({ user }: Begun): Promise<unknown> {
  return (await service.backend('GET', `/v1/sessions?user_id=${user.id}&status=active`)).body;
}

const owners = 'the one of the owner';
const attackers = 'the one of the attacker';

describe('a reset that was begun ends', () => {
  test.each<[how: string, setPassword: (begun: Begun) => Promise<{ readonly status: number }>]>([
    [
      'the owner changes it',
      async ({ user }) => {
        const { browser } = await signInPerson(service, { user });
        return browser.post('/v1/me/change_password', {
          current_password: rightPassword,
          new_password: owners,
          sign_out_of_other_sessions: 'true',
        });
      },
    ],
    ['the owner resets it as well', async ({ user }) => choose(await begin(user), owners)],
    [
      'the operator sets it',
      ({ user }) => service.backend('PATCH', `/v1/users/${user.id}`, { password: owners }),
    ],
  ])('when %s, at the same moment too', async (_how, setPassword) => {
    const begun = await begin();
    expect((await setPassword(begun)).status).toBe(200);
    const before = await sessionsOf(begun);
    const refused = await choose(begun, attackers);
    expect([refused.status, refused.code]).toEqual([400, 'sign_in_step_invalid']);
    expect(await isPasswordOf(begun, owners)).toBe(true);
    expect(await sessionsOf(begun)).toEqual(before);
  });

  test('when the password is set after a new one was chosen, which waits for the second factor', async () => {
    const given = await createOwner({ totp_secret: secret });
    const begun = await begin(given);
    expect((await choose(begun, attackers)).body.response.status).toBe('needs_second_factor');
    await service.backend('PATCH', `/v1/users/${given.id}`, { password: owners });
    const code = codeOf(secret, service.clock);
    const step = { strategy: 'totp', code };
    const refused = await begun.browser.post(`${begun.url}/attempt_second_factor`, step);
    expect([refused.status, refused.code]).toEqual([400, 'sign_in_step_invalid']);
    expect(await isPasswordOf(begun, owners)).toBe(true);
  });

  test('when a ban comes and is lifted, before the code is proved and after', async () => {
    const user = await createOwner();
    const [asked, begun] = [await askForCode(user), await begin(user)];
    await service.backend('POST', `/v1/users/${user.id}/ban`);
    await service.backend('POST', `/v1/users/${user.id}/unban`);
    for (const refused of [await prove(asked), await choose(begun, attackers)])
      expect([refused.status, refused.code]).toEqual([400, 'sign_in_step_invalid']);
    expect(await isPasswordOf(begun, rightPassword)).toBe(true);
    expect(await sessionsOf(begun)).toEqual([]);
    expect((await choose(await begin(user), owners)).body.response.status).toBe('complete');
  });

  test('ten minutes after its code was given, and begins anew with another', async () => {
    const [late, timely] = [await begin(), await begin()];
    service.clock.advance(10 * minute - 1);
    expect((await choose(timely, owners)).body.response.status).toBe('complete');
    service.clock.advance(1);
    const before = service.dump();
    const refused = await choose(late, attackers);
    expect([refused.status, refused.code]).toEqual([400, 'sign_in_step_invalid']);
    expect(service.dump()).toEqual(before);
    expect((await choose(await begin(late.user), owners)).body.response.status).toBe('complete');
  });

  test('after those ten minutes too where the second factor is still to come', async () => {
    const given = await createOwner({ totp_secret: secret });
    const begun = await begin(given);
    await choose(begun, attackers);
    service.clock.advance(10 * minute);
    const code = codeOf(secret, service.clock);
    const step = { strategy: 'totp', code };
    const refused = await begun.browser.post(`${begun.url}/attempt_second_factor`, step);
    expect([refused.status, refused.code]).toEqual([400, 'sign_in_step_invalid']);
    expect(await isPasswordOf(begun, rightPassword)).toBe(true);
  });
});

test('a code for a new password counts no more once a password was set after it was sent', async () => {
  const asked = await askForCode(undefined);
  await service.backend('PATCH', `/v1/users/${asked.user.id}`, { password: owners });
  const refused = await prove(asked);
  expect([refused.status, refused.code]).toEqual([400, 'verification_expired']);
  await asked.browser.post(`${asked.url}/prepare_first_factor`, { strategy });
  const again = await prove(asked);
  expect(again.body.response.status).toBe('needs_new_password');
});
