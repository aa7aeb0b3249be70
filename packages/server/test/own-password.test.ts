import type { BackendUserJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holdNext } from './hold.ts';
import { createPerson, rightPassword, signInPerson } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

interface Changing {
  readonly user: BackendUserJSON;
  readonly sessionId: string;
}

const chosen = 'the one that was on its way';
const newer = 'the one that came between';

/** Begins a change of the own password, does something else, and lets the change go on. */
async function changeAround(
  given: { readonly password?: string },
  between: (changing: Changing) => Promise<unknown>,
) {
  const user = await createPerson(service, given);
  const { browser, sessionId } = await signInPerson(service, { user });
  const elsewhere = await signInPerson(service, { user });
  const hash = holdNext(service.world.passwords, 'hash');
  const slow = browser.post('/v1/me/change_password', {
    ...(given.password === undefined ? {} : { current_password: given.password }),
    new_password: chosen,
    sign_out_of_other_sessions: 'true',
  });
  await hash.reached;
  await between({ user, sessionId });
  const before = service.dump();
  hash.letGo();
  const refused = await slow;
  expect(service.dump()).toEqual(before);
  return { user, elsewhere, refused };
}

async function isPasswordOf(user: BackendUserJSON, password: string): Promise<boolean> {
  const url = `/v1/users/${user.id}/verify_password`;
  return (await service.backend('POST', url, { password })).status === 200;
}

const ban = ({ user }: Changing) => service.backend('POST', `/v1/users/${user.id}/ban`);

describe('a change of the own password that is on its way writes nothing', () => {
  test.each<
    [what: string, between: (changing: Changing) => Promise<unknown>, status: number, code: string]
  >([
    ['a ban', ban, 403, 'user_banned'],
    [
      'a ban that was lifted again',
      async (changing) => {
        await ban(changing);
        await service.backend('POST', `/v1/users/${changing.user.id}/unban`);
      },
      401,
      'authentication_invalid',
    ],
    [
      'the end of its session',
      ({ sessionId }) => service.backend('POST', `/v1/sessions/${sessionId}/revoke`),
      401,
      'authentication_invalid',
    ],
    [
      'a newer password',
      ({ user }) => service.backend('PATCH', `/v1/users/${user.id}`, { password: newer }),
      422,
      'form_password_incorrect',
    ],
    [
      'the same password, set anew',
      ({ user }) => service.backend('PATCH', `/v1/users/${user.id}`, { password: rightPassword }),
      422,
      'form_password_incorrect',
    ],
  ])('after %s', async (_what, between, status, code) => {
    const { user, refused } = await changeAround({ password: rightPassword }, between);
    expect([refused.status, refused.code]).toEqual([status, code]);
    await service.backend('POST', `/v1/users/${user.id}/unban`);
    expect(await isPasswordOf(user, chosen)).toBe(false);
  });

  test('after a first password was set, where it was to be the first', async () => {
    const set = ({ user }: Changing) =>
      service.backend('PATCH', `/v1/users/${user.id}`, { password: newer });
    const { user, elsewhere, refused } = await changeAround({}, set);
    expect([refused.status, refused.code]).toEqual([422, 'form_password_incorrect']);
    expect(await isPasswordOf(user, newer)).toBe(true);
    const url = `/v1/client/sessions/${elsewhere.sessionId}/touch`;
    expect((await elsewhere.browser.post(url)).status).toBe(200);
  });
});

test('a person without a password chooses the first one', async () => {
  const user = await createPerson(service);
  const { browser } = await signInPerson(service, { user });
  const done = await browser.post('/v1/me/change_password', { new_password: chosen });
  expect(done.status).toBe(200);
  expect(await isPasswordOf(user, chosen)).toBe(true);
});
