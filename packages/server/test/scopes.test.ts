import type { SignInTokenJSON } from '@willcall/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scope, scopes } from '../src/domain/key/scopes.ts';
import { createSecretKey } from '../src/domain/key/secret-key.ts';
import { scopeOf } from '../src/http/backend-api/scope-of.ts';
import { createPerson, issueTicket } from './people.ts';
import { watchRoutes } from './reference/routes.ts';
import { openService, type TestService } from './service.ts';

const routes = watchRoutes();
let service: TestService;

beforeAll(async () => {
  service = await openService();
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
