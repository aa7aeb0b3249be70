import type { SessionJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operator } from '../src/domain/audit-log/audit-log.ts';
import { openRecentTokens } from '../src/domain/session/recent-tokens.ts';
import { rotateSigningKeys } from '../src/world/signing-keys.ts';
import { openSecretBox } from '../src/world/secret-box.ts';
import type { Browser } from './browser.ts';
import { addMember, createOrganization } from './invited.ts';
import { signInPerson } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService({ settings: { hasOrganizations: true } });
});
afterAll(() => service.close());

type Person = Awaited<ReturnType<typeof signInPerson>>;

async function refresh(
  { browser, sessionId }: { browser: Browser; sessionId: string },
  { query = '', form = {}, headers = {} } = {},
): Promise<string> {
  const url = `/v1/client/sessions/${sessionId}/tokens${query}`;
  const { status, body } = await browser.post(url, form, { headers });
  expect(status).toBe(200);
  return (body as unknown as { jwt: string }).jwt;
}

const claimsOf = async (jwt: string) => (await service.world.signingKeys.verify(jwt)) ?? {};

describe('a session token of the last seconds', () => {
  test('is given again for five seconds', async () => {
    const person = await signInPerson(service);
    const first = await refresh(person);
    service.clock.advance(4999);
    expect(await refresh(person)).toBe(first);
    service.clock.advance(1);
    const next = await refresh(person);
    expect((await claimsOf(next))['jti']).not.toBe((await claimsOf(first))['jti']);
  });

  test('is not given to whoever asks to skip caches, and theirs to nobody else', async () => {
    const person = await signInPerson(service);
    const query = '?debug=skip_cache';
    const first = await refresh(person);
    const own = await refresh(person, { query });
    expect(new Set([first, own, await refresh(person, { query })]).size).toBe(3);
    expect(await refresh(person)).toBe(first);
  });

  test('is not that of another session of the same user', async () => {
    const one = await signInPerson(service);
    const other = await signInPerson(service, { user: one.user });
    const sids = [await refresh(one), await refresh(other)].map(async (jwt) => claimsOf(jwt));
    expect((await Promise.all(sids)).map(({ sid }) => sid)).toEqual([
      one.sessionId,
      other.sessionId,
    ]);
  });

  test('is not that of another origin', async () => {
    const person = await signInPerson(service);
    await refresh(person);
    const elsewhere = await refresh(person, { headers: { origin: 'http://localhost:9999' } });
    expect((await claimsOf(elsewhere))['azp']).toBe('http://localhost:9999');
  });

  test('is not given after the organization or the role changed', async () => {
    const person = await signInPerson(service);
    const { id } = await createOrganization(service);
    await addMember(service, id, person.user);
    const seen: unknown[] = [(await claimsOf(await refresh(person)))['o']];
    const once = await refresh(person, { form: { organization_id: id } });
    const touch = `/v1/client/sessions/${person.sessionId}/touch`;
    await person.browser.post<SessionJSON>(touch, { active_organization_id: id });
    seen.push((await claimsOf(once))['o'], (await claimsOf(await refresh(person)))['o']);
    const membership = `/v1/organizations/${id}/memberships/${person.user.id}`;
    await service.backend('PATCH', membership, { role: 'org:admin' });
    seen.push((await claimsOf(await refresh(person)))['o']);
    await service.backend('DELETE', membership);
    seen.push((await claimsOf(await refresh(person)))['o']);
    expect(seen).toMatchObject([
      undefined,
      { rol: 'member' },
      { rol: 'member' },
      { rol: 'admin' },
      undefined,
    ]);
  });

  test('is not given when a factor is a minute older', async () => {
    const person = await signInPerson(service);
    service.clock.advance(59_000);
    expect((await claimsOf(await refresh(person)))['fva']).toEqual([0, -1]);
    service.clock.advance(1000);
    expect((await claimsOf(await refresh(person)))['fva']).toEqual([1, -1]);
  });

  test('is not given once keys were rotated', async () => {
    const person = await signInPerson(service);
    await refresh(person);
    const { world } = service;
    const box = openSecretBox('a secret of the tests that opens nothing else');
    const kid = await rotateSigningKeys(world.store, box, world, operator);
    // Within a second every process signs with it.
    service.clock.advance(1000);
    const [head = ''] = (await refresh(person)).split('.');
    expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toMatchObject({ kid });
  });

  test.each<[string, (person: Person) => Promise<unknown>]>([
    [
      'the session ended',
      ({ browser, sessionId }) => browser.post(`/v1/client/sessions/${sessionId}/end`),
    ],
    [
      'the session was revoked',
      ({ sessionId }) => service.backend('POST', `/v1/sessions/${sessionId}/revoke`),
    ],
    ['the user was banned', ({ user }) => service.backend('POST', `/v1/users/${user.id}/ban`)],
    ['the user was deleted', ({ user }) => service.backend('DELETE', `/v1/users/${user.id}`)],
  ])('is not given after %s', async (_what, change) => {
    const person = await signInPerson(service);
    await refresh(person);
    await change(person);
    const { status, code } = await person.browser.post(
      `/v1/client/sessions/${person.sessionId}/tokens`,
    );
    expect([status, code]).toEqual([401, 'authentication_invalid']);
  });

  test('is not given to a browser that knows the client by name alone, or brings another’s secret', async () => {
    const person = await signInPerson(service);
    const other = await signInPerson(service);
    await refresh(person);
    const name =
      [...person.browser.cookies.keys()].find((each) => each.includes('__client_')) ?? '';
    const [token = '', others = ''] = [person, other].map(
      ({ browser }) => browser.cookies.get(name) ?? '',
    );
    const wrong = [others, token.slice(0, -27) + others.slice(-27), token.slice(0, -27)];
    for (const value of wrong) {
      const thief = service.browser();
      thief.cookies.set(name, value);
      const { status } = await thief.post(`/v1/client/sessions/${person.sessionId}/tokens`);
      expect([value, status]).toEqual([value, 401]);
    }
  });
});

test('few tokens are kept: the oldest go first, and none is found before its time', () => {
  const recent = openRecentTokens();
  for (let at = 0; at < 5001; at += 1) recent.keep(`content ${at}`, `token ${at}`, 1000);
  expect(recent.find('content 0', 1000)).toBeUndefined();
  expect(recent.find('content 1', 1000)).toBe('token 1');
  expect(recent.find('content 1', 999)).toBeUndefined();
});
