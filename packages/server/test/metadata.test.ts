import type { Metadata } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addMember, createOrganization } from './invited.ts';
import { createPerson } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService({ settings: { hasOrganizations: true } });
});
afterAll(() => service.close());

interface Kept {
  readonly public_metadata: Metadata;
  readonly private_metadata: Metadata;
}

const keepers = {
  'a user': async () => `/v1/users/${(await createPerson(service)).id}/metadata`,
  'an organization': async () =>
    `/v1/organizations/${(await createOrganization(service)).id}/metadata`,
  'a member': async () => {
    const [user, organization] = [await createPerson(service), await createOrganization(service)];
    await addMember(service, organization.id, user);
    return `/v1/organizations/${organization.id}/memberships/${user.id}/metadata`;
  },
};

describe.each(Object.entries(keepers))('the metadata of %s', (_name, make) => {
  const merge = (url: string, fields: Partial<Kept>) => service.backend<Kept>('PATCH', url, fields);

  test('keeps what many calls merge at once', async () => {
    const url = await make();
    const keys = Array.from({ length: 20 }, (_, at) => `key${at}`);
    const answers = await Promise.all(
      keys.map((key) => merge(url, { public_metadata: { [key]: 1 } })),
    );
    expect(answers.map(({ status }) => status)).toEqual(keys.map(() => 200));
    const { body } = await merge(url, {});
    expect(Object.keys(body.public_metadata).toSorted()).toEqual(keys.toSorted());
    expect(body.private_metadata).toEqual({});
  });

  test('stays as it is where it would become larger than 8 kB', async () => {
    const url = await make();
    const big = 'x'.repeat(5000);
    await merge(url, { private_metadata: { first: big } });
    const refused = await merge(url, {
      public_metadata: { other: 1 },
      private_metadata: { second: big },
    });
    expect([refused.status, refused.code]).toEqual([422, 'form_param_value_invalid']);
    const { body } = await merge(url, {});
    expect(body).toMatchObject({ public_metadata: {}, private_metadata: { first: big } });
    const replaced = await merge(url, { private_metadata: { first: null, second: big } });
    expect(replaced.body.private_metadata).toEqual({ second: big });
  });
});

test('whoever is unknown has no metadata', async () => {
  for (const url of ['/v1/users/user_0', '/v1/organizations/org_0']) {
    const { status, code } = await service.backend('PATCH', `${url}/metadata`, {});
    expect([status, code]).toEqual([404, 'resource_not_found']);
  }
});
