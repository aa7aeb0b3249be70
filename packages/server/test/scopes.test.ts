import type { InvitationJSON, SignInTokenJSON, TokenJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scope, scopes } from '../src/domain/key/scopes.ts';
import { createSecretKey } from '../src/domain/key/secret-key.ts';
import { scopeOf } from '../src/http/backend-api/scope-of.ts';
import { createOrganization, freshAddress } from './invited.ts';
import { addressOf, createPerson, issueTicket, redeem } from './people.ts';
import { watchRoutes } from './reference/routes.ts';
import { openService, type TestService } from './service.ts';

const routes = watchRoutes();
let service: TestService;

beforeAll(async () => {
  service = await openService({ settings: { hasOrganizations: true } });
  await service.app.ready();
});
afterAll(() => service.close());

function backendRoutes() {
  return routes.filter(({ file }) => file.startsWith('http/backend-api/'));
}

async function keyWith(...granted: Scope[]) {
  const { secret } = await createSecretKey(service.world, 'scoped', granted);
  return { authorization: `Bearer ${secret.reveal()}` };
}

test('every route takes a scope, and every scope is taken by a route', () => {
  const taken = backendRoutes().map(({ method, path }) => scopeOf(method, path));
  expect(taken.length).toBeGreaterThan(60);
  expect([...new Set(taken)].toSorted()).toEqual(scopes.toSorted());
});

test('a key is refused by every route of another scope, and nothing is written', async () => {
  const refused: string[] = [];
  const keys = new Map<Scope, { authorization: string }>();
  for (const scope of scopes)
    keys.set(scope, await keyWith(...scopes.filter((other) => other !== scope)));
  const before = service.dump();
  for (const { method, path } of backendRoutes()) {
    const answer = await service.backend(
      method as 'GET',
      path.replaceAll(/:\w+/g, 'some_id'),
      method === 'GET' ? undefined : {},
      keys.get(scopeOf(method, path)),
    );
    if (answer.status !== 403 || answer.code !== 'secret_key_scope_missing')
      refused.push(`${method} ${path}: ${answer.status} ${answer.code}`);
  }
  expect(refused).toEqual([]);
  expect(service.dump()).toEqual(before);
});

test('a key that may issue sign-in tokens issues no actor tokens, and reads nothing', async () => {
  const user = await createPerson(service);
  const key = await keyWith('tickets:create');
  const issued = await service.backend<SignInTokenJSON>(
    'POST',
    '/v1/sign_in_tokens',
    { user_id: user.id },
    key,
  );
  expect(issued.status).toBe(200);
  const actor = { user_id: user.id, actor: { sub: 'support' } };
  for (const answer of [
    await service.backend('POST', '/v1/actor_tokens', actor, key),
    await service.backend('GET', `/v1/sign_in_tokens/${issued.body.id}`, undefined, key),
    await service.backend('POST', `/v1/sign_in_tokens/${issued.body.id}/revoke`, undefined, key),
    await service.backend('GET', '/v1/users', undefined, key),
  ])
    expect([answer.status, answer.code]).toEqual([403, 'secret_key_scope_missing']);
});

test('a key without scopes may do everything', async () => {
  const user = await createPerson(service);
  const { id } = await issueTicket(service, user.id);
  expect((await service.backend('POST', `/v1/sign_in_tokens/${id}/revoke`)).status).toBe(200);
});

type Invited = (fields: object) => Promise<readonly [url: string, body: object]>;

/** Every call that invites: where it goes, and its body for these fields. */
const invitingCalls: readonly (readonly [string, Scope, Invited])[] = [
  [
    'one person to the application',
    'invitations:write',
    async (fields) => ['/v1/invitations', { ignore_existing: true, ...fields }],
  ],
  [
    // A list is for those alone who have no account: it may have one by the time of the click.
    'people to the application',
    'invitations:write',
    async (fields) => ['/v1/invitations/bulk', [{ ...fields, email_address: freshAddress() }]],
  ],
  [
    'one person to an organization',
    'organizations:write',
    async (fields) => [await placeOfInvitations(), { role: 'org:member', ...fields }],
  ],
  [
    'people to an organization',
    'organizations:write',
    async (fields) => [`${await placeOfInvitations()}/bulk`, [{ role: 'org:member', ...fields }]],
  ],
];

async function placeOfInvitations(): Promise<string> {
  return `/v1/organizations/${(await createOrganization(service)).id}/invitations`;
}

/** The links that stand in an answer, wherever they do. */
function linksIn(answer: unknown): readonly string[] {
  return JSON.stringify(answer).match(/[^"]*[?&]ticket=[^"]*/g) ?? [];
}

describe.each(invitingCalls)('the link by which a call invites %s', (_whom, scope, write) => {
  test('is mailed for a key that may invite alone, and told to nobody', async () => {
    const person = await createPerson(service);
    const [url, body] = await write({ email_address: addressOf(person) });
    const answer = await service.backend('POST', url, body, await keyWith(scope));
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.body)).toContain('"url":null');
    expect(linksIn(answer.body)).toEqual([]);
    const [mail] = await service.world.store.mailbox.list();
    expect(linksIn(mail?.text)).toHaveLength(1);
  });

  test('is not lost: who may not be told it must have it mailed', async () => {
    const [url, body] = await write({ email_address: freshAddress(), notify: false });
    const key = await keyWith(scope);
    const before = service.dump();
    const refused = await service.backend<{ errors: { message: string }[] }>(
      'POST',
      url,
      body,
      key,
    );
    expect([refused.status, refused.code]).toEqual([403, 'secret_key_scope_missing']);
    expect(refused.body.errors[0]?.message).toContain('tickets:create');
    expect(service.dump()).toEqual(before);
  });

  test('is told to a key that may issue tickets as well, once', async () => {
    const [url, body] = await write({ email_address: freshAddress(), notify: false });
    const answer = await service.backend('POST', url, body, await keyWith(scope, 'tickets:create'));
    expect(linksIn(answer.body)).toHaveLength(1);
    const list = await service.backend('GET', url.replace(/\/bulk$/, ''));
    expect(list.status).toBe(200);
    expect(linksIn(list.body)).toEqual([]);
  });
});

test('the link of an invitation signs in whoever has its address', async () => {
  const person = await createPerson(service);
  const fields = { email_address: addressOf(person), ignore_existing: true, notify: false };
  const { body } = await service.backend<InvitationJSON>('POST', '/v1/invitations', fields);
  const ticket = new URL(body.url ?? '').searchParams.get('ticket') ?? '';
  const opened = await redeem(service.browser(), ticket);
  expect(opened.body.client?.sessions.map(({ user }) => user.id)).toEqual([person.id]);
});

test('a session token lives no longer than its session, whatever is asked', async () => {
  const person = await createPerson(service);
  const fields = { user_id: person.id, actor: { sub: 'support' } };
  const issued = await service.backend<{ token: string }>('POST', '/v1/actor_tokens', fields);
  const acting = await redeem(service.browser(), issued.body.token);
  const session = acting.body.client?.sessions[0];
  const ask = async (expires_in_seconds?: number) => {
    const url = `/v1/sessions/${session?.id}/tokens`;
    const body = { expires_in_seconds };
    const answer = await service.backend<TokenJSON>('POST', url, body, key);
    return Number((await service.world.signingKeys.verify(answer.body.jwt))?.['exp']);
  };
  const key = await keyWith('sessions:write');
  const endsAt = Math.floor((session?.expire_at ?? 0) / 1000);
  const now = Math.floor(service.clock.now() / 1000);
  expect(endsAt - now).toBeLessThanOrEqual(1800);
  expect(await ask(315_360_000)).toBe(endsAt);
  expect(await ask(600)).toBe(now + 600);
  const own = (await redeem(service.browser(), (await issueTicket(service, person.id)).token)).body;
  const ordinary = own.client?.sessions[0];
  const url = `/v1/sessions/${ordinary?.id}/tokens`;
  const { body } = await service.backend<TokenJSON>('POST', url, {
    expires_in_seconds: 315_360_000,
  });
  const claims = await service.world.signingKeys.verify(body.jwt);
  expect(Number(claims?.['exp'])).toBe(Math.floor((ordinary?.expire_at ?? 0) / 1000));
});
