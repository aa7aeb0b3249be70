import type { SignInTokenDetailsJSON } from '@willcall/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPerson, issueTicket } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService({ settings: { maxTokenLifetimeSeconds: 600 } });
});
afterAll(() => service.close());

async function refusedIssue(fields: object): Promise<[number, string | undefined]> {
  const before = service.dump();
  const { status, code } = await service.backend('POST', '/v1/sign_in_tokens', fields);
  expect(service.dump()).toBe(before);
  return [status, code];
}

test('statement 5: a life above the cap of the instance is refused, and the default keeps below it', async () => {
  const { id } = await createPerson(service);
  const long = { user_id: id, expires_in_seconds: 601 };
  expect(await refusedIssue(long)).toEqual([422, 'form_param_value_invalid']);
  const issued = await issueTicket(service, id);
  const { body } = await service.backend<SignInTokenDetailsJSON>(
    'GET',
    `/v1/sign_in_tokens/${issued.id}`,
  );
  expect(body.expires_at).toBe(service.clock.now() + 600_000);
});

test.each([
  ['ban', 403, 'user_banned'],
  ['lock', 403, 'user_locked'],
])('statement 6: after %s no ticket is issued', async (verb, status, code) => {
  const { id } = await createPerson(service);
  await service.backend('POST', `/v1/users/${id}/${verb}`);
  expect(await refusedIssue({ user_id: id })).toEqual([status, code]);
});

test('statement 6: a ban that ends while a ticket is refused for it refuses none', async () => {
  const { id } = await createPerson(service);
  const { signInTokens } = service.world.store;
  const { add } = signInTokens;
  const outcomes: unknown[] = [];
  Object.assign(signInTokens, {
    async add(...args: Parameters<typeof add>) {
      if (outcomes.length === 0) await service.backend('POST', `/v1/users/${id}/ban`);
      const outcome = await add(...args);
      if (outcomes.length === 0) await service.backend('POST', `/v1/users/${id}/unban`);
      outcomes.push(outcome);
      return outcome;
    },
  });
  try {
    expect((await issueTicket(service, id)).status).toBe('pending');
  } finally {
    Object.assign(signInTokens, { add });
  }
  expect(outcomes).toEqual(['user_not_usable', undefined]);
});

test('statement 6: for a deleted user no ticket is issued', async () => {
  const { id } = await createPerson(service);
  await service.backend('DELETE', `/v1/users/${id}`);
  expect(await refusedIssue({ user_id: id })).toEqual([404, 'resource_not_found']);
});

test.each(['sign_in_url', 'redirect_url'])(
  'statement 7: a foreign %s is refused at issue',
  async (field) => {
    const { id } = await createPerson(service);
    const fields = { user_id: id, [field]: 'https://evil.example/sign-in' };
    const [status] = await refusedIssue(fields);
    expect(status).toBe(422);
  },
);
