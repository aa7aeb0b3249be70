import type {
  BackendOrganizationJSON,
  BackendOrganizationMembershipJSON,
  CountedPageJSON,
  OrganizationInvitationJSON,
  OrganizationJSON,
  OrganizationMembershipJSON,
  OwnOrganizationInvitationJSON,
  SessionJSON,
  UserJSON,
} from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from './browser.ts';
import { addMember, createOrganization, freshAddress, inviteMember } from './invited.ts';
import { addressOf, createPerson, issueTicket, redeem, signInPerson } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService({ settings: { hasOrganizations: true } });
});
afterAll(() => service.close());

type Page<Item> = CountedPageJSON<Item>;

async function claimsOf(jwt: string) {
  return service.world.signingKeys.verify(jwt);
}

/** A token as `getToken` fetches it. */
async function tokenOf(
  browser: Browser,
  sessionId: string,
  form: Readonly<Record<string, string>> = {},
) {
  const answer = await browser.post(`/v1/client/sessions/${sessionId}/tokens`, form);
  const { jwt } = answer.body as unknown as { jwt?: string };
  return {
    status: answer.status,
    code: answer.code,
    claims: jwt === undefined ? undefined : await claimsOf(jwt),
  };
}

function touch(browser: Browser, sessionId: string, organizationId: string) {
  const form = { active_organization_id: organizationId, intent: 'select_org' };
  return browser.post<SessionJSON>(`/v1/client/sessions/${sessionId}/touch`, form);
}

async function member(role = 'org:member') {
  const organization = await createOrganization(service);
  const signedIn = await signInPerson(service);
  await addMember(service, organization.id, signedIn.user, role);
  return { organization, ...signedIn };
}

describe('an organization', () => {
  test('was not created in the future', async () => {
    const organization = await createOrganization(service);
    const created_at = new Date(service.clock.now() + 61_000).toISOString();
    for (const [method, url] of [
      ['POST', '/v1/organizations'],
      ['PATCH', `/v1/organizations/${organization.id}`],
    ] as const) {
      const refused = await service.backend(method, url, { name: 'Later', created_at });
      expect([refused.status, refused.code]).toEqual([422, 'form_param_value_invalid']);
    }
    const { body } = await service.backend('GET', `/v1/organizations/${organization.id}`);
    expect(body).toEqual(organization);
  });

  test('is made, found by id and slug, changed and deleted', async () => {
    const creator = await createPerson(service);
    const { status, body } = await service.backend<BackendOrganizationJSON>(
      'POST',
      '/v1/organizations',
      {
        name: 'Théâtre de la Ville',
        created_by: creator.id,
        public_metadata: { city: 'Paris' },
        private_metadata: { plan: 'gold' },
      },
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: 'organization',
      slug: 'theatre-de-la-ville',
      members_count: 1,
      created_by: creator.id,
      max_allowed_memberships: 0,
      private_metadata: { plan: 'gold' },
    });
    const bySlug = await service.backend<BackendOrganizationJSON>(
      'GET',
      `/v1/organizations/${body.slug}`,
    );
    expect(bySlug.body).toEqual(body);
    const members = await service.backend<Page<BackendOrganizationMembershipJSON>>(
      'GET',
      `/v1/organizations/${body.id}/memberships`,
    );
    expect(members.body).toMatchObject({
      total_count: 1,
      data: [{ role: 'org:admin', public_user_data: { user_id: creator.id } }],
    });
    const url = `/v1/organizations/${body.id}`;
    const changed = await service.backend<BackendOrganizationJSON>('PATCH', url, {
      name: 'Ville',
      slug: 'ville',
    });
    expect(changed.body).toMatchObject({ name: 'Ville', slug: 'ville' });
    const metadata = { public_metadata: { city: null, stage: { rows: 9 } } };
    const merged = await service.backend<BackendOrganizationJSON>(
      'PATCH',
      `${url}/metadata`,
      metadata,
    );
    expect(merged.body).toMatchObject({
      public_metadata: { stage: { rows: 9 } },
      private_metadata: { plan: 'gold' },
    });
    const deep = { public_metadata: { stage: { seats: 90 } } };
    const mergedAgain = await service.backend<BackendOrganizationJSON>(
      'PATCH',
      `${url}/metadata`,
      deep,
    );
    expect(mergedAgain.body.public_metadata).toEqual({ stage: { rows: 9, seats: 90 } });
    const replaced = await service.backend<BackendOrganizationJSON>('PUT', `${url}/metadata`, {
      public_metadata: {},
    });
    expect(replaced.body).toMatchObject({
      public_metadata: {},
      private_metadata: { plan: 'gold' },
    });
    expect((await service.backend('DELETE', url)).body).toEqual({
      object: 'organization',
      id: body.id,
      deleted: true,
    });
    expect((await service.backend('GET', url)).code).toBe('resource_not_found');
    expect((await service.backend('DELETE', url)).code).toBe('resource_not_found');
  });

  test('has a slug of its own', async () => {
    const first = await createOrganization(service, { name: 'One Name' });
    const second = await createOrganization(service, { name: 'One Name' });
    expect(first.slug).toBe('one-name');
    expect(second.slug).toMatch(/^one-name-[a-z0-9]+$/);
    const taken = await service.backend('POST', '/v1/organizations', {
      name: 'Another',
      slug: 'one-name',
    });
    expect([taken.status, taken.code]).toEqual([422, 'form_identifier_exists']);
    expect(
      (await service.backend('PATCH', `/v1/organizations/${second.id}`, { slug: 'one-name' })).code,
    ).toBe('form_identifier_exists');
  });

  test('is listed, by name, number and member', async () => {
    const other = await openService({ settings: { hasOrganizations: true } });
    const user = await createPerson(other);
    for (const name of ['Alpha', 'Beta', 'Gamma']) {
      await createOrganization(other, {
        name,
        ...(name === 'Beta' ? { created_by: user.id } : {}),
      });
      other.clock.advance(1000);
    }
    const names = async (query: string) => {
      const { body } = await other.backend<Page<BackendOrganizationJSON>>(
        'GET',
        `/v1/organizations?${query}`,
      );
      return [body.total_count, ...body.data.map(({ name }) => name)];
    };
    expect(await names('')).toEqual([3, 'Gamma', 'Beta', 'Alpha']);
    expect(await names('order_by=name&limit=2')).toEqual([3, 'Alpha', 'Beta']);
    expect(await names('order_by=-members_count&limit=1')).toEqual([3, 'Beta']);
    expect(await names('query=amm')).toEqual([1, 'Gamma']);
    expect(await names(`user_id=${user.id}`)).toEqual([1, 'Beta']);
    expect((await other.backend('GET', '/v1/organizations?order_by=secret')).status).toBe(422);
    await other.close();
  });

  test.each([
    [{}, 'form_param_missing', 422],
    [{ name: ' ' }, 'form_param_value_invalid', 422],
    [{ name: 'a'.repeat(257) }, 'form_param_max_length_exceeded', 422],
    [{ name: 'A', slug: 'Not So' }, 'form_param_value_invalid', 422],
    [{ name: 'A', max_allowed_memberships: -1 }, 'form_param_value_invalid', 422],
    [{ name: 'A', created_by: 'user_never' }, 'organization_creator_not_found', 400],
    [{ name: 'A', created_at: 'yesterday' }, 'form_param_value_invalid', 422],
    [{ name: 'A', colour: 'red' }, 'form_param_unknown', 422],
  ])('%j is refused with %s, and nothing is written', async (body, code, status) => {
    const before = service.dump();
    const refused = await service.backend('POST', '/v1/organizations', body);
    expect([refused.status, refused.code]).toEqual([status, code]);
    expect(service.dump()).toEqual(before);
  });
});

test('where organizations are off, every call about them says so', async () => {
  const other = await openService();
  const calls = [
    ['GET', '/v1/organizations'],
    ['POST', '/v1/organizations', { name: 'A' }],
    ['GET', '/v1/organizations/org_1'],
    ['POST', '/v1/organizations/org_1/memberships', { user_id: 'user_1', role: 'org:member' }],
    [
      'POST',
      '/v1/organizations/org_1/invitations',
      { email_address: 'a@example.com', role: 'org:member' },
    ],
    ['GET', '/v1/organization_invitations'],
  ] as const;
  for (const [method, url, body] of calls) {
    const refused = await other.backend(method, url, body);
    expect([url, refused.status, refused.code]).toEqual([
      url,
      403,
      'organization_not_enabled_in_instance',
    ]);
  }
  const { user, browser, sessionId } = await signInPerson(other);
  const token = await other.backend('POST', '/v1/sign_in_tokens', {
    user_id: user.id,
    org_id: 'org_1',
  });
  expect([token.status, token.code]).toEqual([403, 'organization_not_enabled_in_instance']);
  expect((await touch(browser, sessionId, 'org_1')).code).toBe(
    'organization_not_enabled_in_instance',
  );
  const page = await browser.get<Page<unknown>>('/v1/me/organization_memberships?paginated=true');
  expect(page.body.response).toEqual({ data: [], total_count: 0 });
  const environment = (await other.browser().get('/v1/environment')).body;
  expect(environment).toMatchObject({
    organization_settings: { enabled: false, force_organization_selection: false },
  });
  await other.close();
});

describe('a member', () => {
  test('is added, told apart by role, and removed', async () => {
    const { id } = await createOrganization(service);
    const user = await createPerson(service);
    const url = `/v1/organizations/${id}/memberships`;
    const added = await service.backend<BackendOrganizationMembershipJSON>('POST', url, {
      user_id: user.id,
      role: 'org:member',
    });
    expect(added.body).toMatchObject({
      object: 'organization_membership',
      role: 'org:member',
      role_name: 'Member',
      permissions: ['org:sys_memberships:read'],
      organization: { id, members_count: 1 },
    });
    const again = await service.backend('POST', url, { user_id: user.id, role: 'org:member' });
    expect([again.status, again.code]).toEqual([400, 'already_a_member_in_organization']);
    const raised = await service.backend<BackendOrganizationMembershipJSON>(
      'PATCH',
      `${url}/${user.id}`,
      { role: 'org:admin' },
    );
    expect(raised.body.permissions).toContain('org:sys_memberships:manage');
    expect(
      (await service.backend('PATCH', `${url}/${user.id}`, { role: 'constructor' })).code,
    ).toBe('form_param_value_invalid');
    const metadata = { public_metadata: { seat: 3 }, private_metadata: { note: 'x' } };
    const noted = await service.backend<BackendOrganizationMembershipJSON>(
      'PATCH',
      `${url}/${user.id}/metadata`,
      metadata,
    );
    expect(noted.body).toMatchObject(metadata);
    const list = await service.backend<Page<unknown>>(
      'GET',
      `${url}?role=org:admin&user_id=${user.id}`,
    );
    expect(list.body.total_count).toBe(1);
    const ofUser = await service.backend<Page<unknown>>(
      'GET',
      `/v1/users/${user.id}/organization_memberships`,
    );
    expect(ofUser.body).toMatchObject({ total_count: 1, data: [{ organization: { id } }] });
    expect((await service.backend('DELETE', `${url}/${user.id}`)).status).toBe(200);
    expect((await service.backend('DELETE', `${url}/${user.id}`)).code).toBe('resource_not_found');
    expect(
      (await service.backend('POST', url, { user_id: 'user_never', role: 'org:member' })).code,
    ).toBe('resource_not_found');
  });

  test('finds no place above the number that is allowed, not even one of 64 who come at once', async () => {
    const { id } = await createOrganization(service, { max_allowed_memberships: 2 });
    const users = await Promise.all(Array.from({ length: 64 }, () => createPerson(service)));
    const url = `/v1/organizations/${id}/memberships`;
    const answers = await Promise.all(
      users.map((user) => service.backend('POST', url, { user_id: user.id, role: 'org:member' })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(new Set(answers.map(({ code }) => code))).toEqual(
      new Set([undefined, 'organization_membership_quota_exceeded']),
    );
  });

  test('sees the memberships, in the session, alone and page by page', async () => {
    const { organization, browser, user } = await member();
    const { body } = await browser.get<UserJSON>('/v1/me');
    expect(body.response.organization_memberships).toMatchObject([
      { organization: { id: organization.id }, role: 'org:member' },
    ]);
    expect(JSON.stringify(body)).not.toContain('private_metadata');
    expect(body.client?.sessions[0]?.user.organization_memberships).toHaveLength(1);
    const page = await browser.get<Page<OrganizationMembershipJSON>>(
      '/v1/me/organization_memberships?paginated=true&limit=1',
    );
    expect(page.body.response).toMatchObject({
      total_count: 1,
      data: [{ public_user_data: { user_id: user.id } }],
    });
    const plain = await browser.get<OrganizationMembershipJSON[]>(
      '/v1/me/organization_memberships',
    );
    expect(plain.body.response).toHaveLength(1);
    expect((await service.browser().get('/v1/me/organization_memberships')).status).toBe(401);
  });
});

describe('the active organization of a session', () => {
  test('is set by a touch, stands in the token, and is cleared by an empty one', async () => {
    const { organization, browser, sessionId } = await member('org:admin');
    expect((await tokenOf(browser, sessionId)).claims).not.toHaveProperty('o');
    const touched = await touch(browser, sessionId, organization.id);
    expect(touched.body.response.last_active_organization_id).toBe(organization.id);
    const o = { id: organization.id, slg: organization.slug, rol: 'admin' };
    expect((await claimsOf(touched.body.response.last_active_token?.jwt ?? ''))?.['o']).toEqual(o);
    expect((await tokenOf(browser, sessionId)).claims).toMatchObject({ o, sts: 'active' });
    const absent = await browser.post<SessionJSON>(`/v1/client/sessions/${sessionId}/touch`, {
      intent: 'focus',
    });
    expect(absent.body.response.last_active_organization_id).toBe(organization.id);
    const cleared = await touch(browser, sessionId, '');
    expect(cleared.body.response.last_active_organization_id).toBeNull();
    expect((await tokenOf(browser, sessionId)).claims).not.toHaveProperty('o');
  });

  test('may differ from that of one token', async () => {
    const { organization, browser, sessionId, user } = await member();
    const other = await createOrganization(service);
    await addMember(service, other.id, user);
    await touch(browser, sessionId, organization.id);
    expect((await tokenOf(browser, sessionId, { organization_id: other.id })).claims).toMatchObject(
      { o: { id: other.id, rol: 'member' } },
    );
    expect((await tokenOf(browser, sessionId, { organization_id: '' })).claims).not.toHaveProperty(
      'o',
    );
    expect((await tokenOf(browser, sessionId)).claims).toMatchObject({
      o: { id: organization.id },
    });
  });

  test('cannot be one that the user does not belong to, or that does not exist', async () => {
    const { organization, browser, sessionId } = await member();
    await touch(browser, sessionId, organization.id);
    const foreign = await createOrganization(service);
    const before = service.dump();
    for (const id of [foreign.id, 'org_never', foreign.slug, organization.slug]) {
      const refused = await touch(browser, sessionId, id);
      expect([refused.status, refused.code]).toEqual([
        404,
        'organization_not_found_or_unauthorized',
      ]);
      expect(await tokenOf(browser, sessionId, { organization_id: id })).toMatchObject({
        status: 404,
        code: 'organization_not_found_or_unauthorized',
      });
    }
    expect(service.dump()).toEqual(before);
  });

  test('is gone with the membership, with the organization, and where the setting is turned off', async () => {
    const { organization, browser, sessionId, user } = await member();
    await touch(browser, sessionId, organization.id);
    await service.backend('DELETE', `/v1/organizations/${organization.id}/memberships/${user.id}`);
    expect((await tokenOf(browser, sessionId)).claims).not.toHaveProperty('o');
    await addMember(service, organization.id, user);
    expect((await tokenOf(browser, sessionId)).claims).not.toHaveProperty('o');

    await touch(browser, sessionId, organization.id);
    await service.backend('DELETE', `/v1/organizations/${organization.id}`);
    expect((await tokenOf(browser, sessionId)).claims).not.toHaveProperty('o');

    const second = await createOrganization(service);
    await addMember(service, second.id, user, 'org:admin');
    await touch(browser, sessionId, second.id);
    await service.backend('PATCH', `/v1/organizations/${second.id}/memberships/${user.id}`, {
      role: 'org:member',
    });
    expect((await tokenOf(browser, sessionId)).claims).toMatchObject({ o: { rol: 'member' } });
    const { settings } = service.world.instance;
    await service.world.instance.save({ ...settings, hasOrganizations: false });
    expect((await tokenOf(browser, sessionId)).claims).not.toHaveProperty('o');
    await service.world.instance.save(settings);
  });
});

describe('org_id on a sign-in token', () => {
  test('makes the organization active in the session', async () => {
    const { id } = await createOrganization(service);
    const user = await createPerson(service);
    await addMember(service, id, user);
    const { token } = await issueTicket(service, user.id, { org_id: id });
    const { body } = await redeem(service.browser(), token);
    const [session] = body.client?.sessions ?? [];
    expect(session?.last_active_organization_id).toBe(id);
    expect((await claimsOf(session?.last_active_token?.jwt ?? ''))?.['o']).toMatchObject({ id });
    const { body: sessions } = await service.backend<{ last_active_organization_id: string }[]>(
      'GET',
      `/v1/sessions?user_id=${user.id}`,
    );
    expect(sessions[0]?.last_active_organization_id).toBe(id);
  });

  test('is left out where the membership went before the ticket came', async () => {
    const { id } = await createOrganization(service);
    const user = await createPerson(service);
    await addMember(service, id, user);
    const { token } = await issueTicket(service, user.id, { org_id: id });
    await service.backend('DELETE', `/v1/organizations/${id}/memberships/${user.id}`);
    const { body } = await redeem(service.browser(), token);
    expect(body.client?.sessions[0]?.last_active_organization_id).toBeNull();
  });

  test('is refused for an organization that is none, or not the user’s; nothing is written', async () => {
    const { id } = await createOrganization(service);
    const user = await createPerson(service);
    const before = service.dump();
    for (const [org_id, status, code] of [
      ['org_never', 404, 'resource_not_found'],
      [id, 403, 'not_a_member_in_organization'],
      [7, 422, 'form_param_value_invalid'],
    ] as const) {
      const refused = await service.backend('POST', '/v1/sign_in_tokens', {
        user_id: user.id,
        org_id,
      });
      expect([refused.status, refused.code]).toEqual([status, code]);
    }
    expect(service.dump()).toEqual(before);
  });
});

describe('an invitation to an organization', () => {
  test('is made by an administrator, listed, found and revoked', async () => {
    const admin = await createPerson(service);
    const { id, slug, name } = await createOrganization(service, { created_by: admin.id });
    const url = `/v1/organizations/${id}/invitations`;
    const body = { email_address: freshAddress(), role: 'org:member', inviter_user_id: admin.id };
    const { status, body: made } = await service.backend<OrganizationInvitationJSON>(
      'POST',
      url,
      body,
    );
    expect(status).toBe(200);
    expect(made).toMatchObject({
      object: 'organization_invitation',
      role_name: 'Member',
      organization_id: id,
      status: 'pending',
      inviter_id: admin.id,
      public_inviter_data: { user_id: admin.id, identifier: addressOf(admin) },
    });
    const [mail] = await service.world.store.mailbox.list();
    expect([mail?.to, mail?.subject]).toEqual([body.email_address, `You are invited to ${name}`]);
    const listed = { ...made, url: null };
    expect((await service.backend(`GET`, `${url}/${made.id}`)).body).toEqual(listed);
    expect((await service.backend('GET', `/v1/organizations/${slug}/invitations`)).body).toEqual({
      data: [listed],
      total_count: 1,
    });
    expect((await service.backend('GET', `${url}/pending`)).body).toEqual({
      data: [listed],
      total_count: 1,
    });
    const byAddress = await service.backend<Page<unknown>>(
      'GET',
      `${url}?email_address=${body.email_address}&status=pending&status=expired`,
    );
    expect(byAddress.body.total_count).toBe(1);
    const all = await service.backend<Page<OrganizationInvitationJSON>>(
      'GET',
      `/v1/organization_invitations?query=${body.email_address}`,
    );
    expect(all.body.data).toMatchObject([{ id: made.id, public_organization_data: { id, slug } }]);
    expect((await service.backend('POST', url, body)).code).toBe(
      'organization_invitation_not_unique',
    );
    const revoked = await service.backend('POST', `${url}/${made.id}/revoke`, {
      requesting_user_id: admin.id,
    });
    expect(revoked.body).toMatchObject({ status: 'revoked' });
    const again = await service.backend('POST', `${url}/${made.id}/revoke`);
    expect([again.status, again.code]).toEqual([404, 'organization_invitation_not_pending']);
    const foreign = await createOrganization(service);
    expect(
      (await service.backend('GET', `/v1/organizations/${foreign.id}/invitations/${made.id}`)).code,
    ).toBe('resource_not_found');
    expect((await service.backend('POST', `/v1/invitations/${made.id}/revoke`)).code).toBe(
      'resource_not_found',
    );
  });

  test('is refused from others, for members, and for roles that there are not; nothing is written', async () => {
    const { id } = await createOrganization(service);
    const [person, outsider] = [await createPerson(service), await createPerson(service)];
    await addMember(service, id, person);
    const url = `/v1/organizations/${id}/invitations`;
    const before = service.dump();
    const valid = { email_address: freshAddress(), role: 'org:member' };
    for (const [fields, status, code] of [
      [{ inviter_user_id: outsider.id }, 403, 'not_a_member_in_organization'],
      [{ inviter_user_id: person.id }, 403, 'missing_organization_permission'],
      [{ email_address: addressOf(person) }, 400, 'already_a_member_in_organization'],
      [{ role: 'org:owner' }, 422, 'form_param_value_invalid'],
      [{ role: undefined }, 422, 'form_param_missing'],
      [{ redirect_url: 'https://evil.example' }, 422, 'redirect_url_mismatch'],
      [{ ignore_existing: true }, 422, 'form_param_unknown'],
    ] as const) {
      const refused = await service.backend('POST', url, { ...valid, ...fields });
      expect([fields, refused.status, refused.code]).toEqual([fields, status, code]);
      expect(
        (await service.backend('POST', `${url}/bulk`, [valid, { ...valid, ...fields }])).status,
      ).toBeGreaterThan(399);
    }
    expect(
      (await service.backend('POST', '/v1/organizations/org_never/invitations', valid)).code,
    ).toBe('resource_not_found');
    expect(service.dump()).toEqual(before);
  });

  test('comes with others in one call', async () => {
    const { id } = await createOrganization(service);
    const bodies = Array.from({ length: 10 }, () => ({
      email_address: freshAddress(),
      role: 'org:member',
      notify: false,
    }));
    const url = `/v1/organizations/${id}/invitations/bulk`;
    const { body } = await service.backend<Page<unknown>>('POST', url, bodies);
    expect([body.total_count, body.data.length]).toEqual([10, 10]);
    const more = Array.from({ length: 11 }, () => ({
      email_address: freshAddress(),
      role: 'org:member',
    }));
    expect((await service.backend('POST', url, more)).code).toBe('bulk_size_exceeded');
  });

  test('is seen and accepted by the person who is signed in, once', async () => {
    const { id } = await createOrganization(service);
    const { browser, user } = await signInPerson(service);
    const invitation = await inviteMember(service, id, {
      email_address: addressOf(user),
      role: 'org:admin',
      private_metadata: { secret: 1 },
    });
    const own = await browser.get<Page<OwnOrganizationInvitationJSON>>(
      '/v1/me/organization_invitations?status=pending',
    );
    expect(own.body.response).toMatchObject({
      total_count: 1,
      data: [{ id: invitation.id, public_organization_data: { id } }],
    });
    expect(JSON.stringify(own.body)).not.toContain('private_metadata');
    const url = `/v1/me/organization_invitations/${invitation.id}/accept`;
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => browser.post<OwnOrganizationInvitationJSON>(url)),
    );
    const [accepted, ...others] = answers.filter(({ status }) => status === 200);
    expect(others).toEqual([]);
    expect(accepted?.body.response.status).toBe('accepted');
    expect(accepted?.body.client?.sessions[0]?.user.organization_memberships).toMatchObject([
      { role: 'org:admin' },
    ]);
    expect(new Set(answers.map(({ code }) => code))).toEqual(
      new Set([undefined, 'organization_invitation_not_pending']),
    );
    expect((await redeem(service.browser(), invitation.ticket)).code).toBe(
      'organization_invitation_already_accepted',
    );
  });

  test('that expired or was revoked is not accepted any more', async () => {
    const { id } = await createOrganization(service);
    const { browser, user } = await signInPerson(service);
    const accept = (each: { id: string }) =>
      browser.post(`/v1/me/organization_invitations/${each.id}/accept`);
    const revoked = await inviteMember(service, id, { email_address: addressOf(user) });
    await service.backend('POST', `/v1/organizations/${id}/invitations/${revoked.id}/revoke`);
    const late = await inviteMember(service, id, {
      email_address: addressOf(user),
      expires_in_days: 1,
    });
    service.clock.advance(86_400_000);
    const before = service.dump()['organization_memberships'];
    for (const each of [revoked, late]) {
      const refused = await accept(each);
      expect([refused.status, refused.code]).toEqual([404, 'organization_invitation_not_pending']);
    }
    expect(service.dump()['organization_memberships']).toEqual(before);
  });

  test('of somebody else does not exist for a person', async () => {
    const { id } = await createOrganization(service);
    const { browser } = await signInPerson(service);
    const foreign = await inviteMember(service, id);
    const own = await browser.get<Page<unknown>>('/v1/me/organization_invitations');
    expect(own.body.response.total_count).toBe(0);
    const before = service.dump();
    for (const each of [foreign.id, 'orginv_never']) {
      const refused = await browser.post(`/v1/me/organization_invitations/${each}/accept`);
      expect([refused.status, refused.code]).toEqual([404, 'organization_invitation_not_found']);
    }
    expect(
      (await service.browser().post(`/v1/me/organization_invitations/${foreign.id}/accept`)).status,
    ).toBe(401);
    expect(service.dump()).toEqual(before);
  });
});

describe('an organization that a person makes', () => {
  const url = '/v1/organizations';

  async function refusalOf(browser: Browser, form: Record<string, string> = { name: 'The Globe' }) {
    const before = service.dump();
    const { status, code } = await browser.post(url, form);
    expect(service.dump()).toEqual(before);
    return [status, code];
  }

  test('is administrated by the person, and can be made active', async () => {
    const { browser, user, sessionId } = await signInPerson(service);
    const made = await browser.post<OrganizationJSON>(url, { name: ' The Globe ' });
    expect(made.body.response).toMatchObject({ name: 'The Globe', slug: 'the-globe' });
    const { id } = made.body.response;
    const [membership] = made.body.client?.sessions[0]?.user.organization_memberships ?? [];
    expect(membership).toMatchObject({ role: 'org:admin', organization: { id } });
    const touched = await browser.post<SessionJSON>(`/v1/client/sessions/${sessionId}/touch`, {
      active_organization_id: id,
    });
    expect(touched.body.response.last_active_organization_id).toBe(id);
    const { body } = await service.backend<{ created_by: string }>('GET', `${url}/${id}`);
    expect(body.created_by).toBe(user.id);
  });

  test('is made by nobody who is not signed in, nor by who acts as the person', async () => {
    expect(await refusalOf(service.browser())).toEqual([401, 'authentication_invalid']);
    const { user } = await signInPerson(service);
    const actor = { user_id: user.id, actor: { sub: 'support' } };
    const { body } = await service.backend<{ token: string }>('POST', '/v1/actor_tokens', actor);
    const acting = service.browser();
    await redeem(acting, body.token);
    expect(await refusalOf(acting)).toEqual([403, 'not_allowed_access']);
  });

  test('is made by nobody whom the operator does not let', async () => {
    const user = await createPerson(service, { create_organization_enabled: false });
    const { browser } = await signInPerson(service, { user });
    expect((await browser.get<UserJSON>('/v1/me')).body.response.create_organization_enabled).toBe(
      false,
    );
    expect(await refusalOf(browser)).toEqual([403, 'not_allowed_access']);
  });

  test('is made by nobody where the instance says so, or has none', async () => {
    const { browser } = await signInPerson(service);
    const { settings } = service.world.instance;
    const allowed = async () =>
      (
        await browser.get<{ user_settings: { actions: { create_organization: boolean } } }>(
          '/v1/environment',
        )
      ).body as unknown as { user_settings: { actions: { create_organization: boolean } } };
    expect((await allowed()).user_settings.actions.create_organization).toBe(true);
    await service.world.instance.save({ ...settings, isOrganizationCreationAllowed: false });
    expect((await allowed()).user_settings.actions.create_organization).toBe(false);
    expect(await refusalOf(browser)).toEqual([403, 'not_allowed_access']);
    await service.world.instance.save({ ...settings, hasOrganizations: false });
    expect(await refusalOf(browser)).toEqual([403, 'organization_not_enabled_in_instance']);
    await service.world.instance.save(settings);
  });

  test('is one of as many as the person may make, however many come at once', async () => {
    const user = await createPerson(service, { create_organizations_limit: 2 });
    const { browser } = await signInPerson(service, { user });
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, count) => browser.post(url, { name: `Stage ${count}` })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(await refusalOf(browser)).toEqual([403, 'organization_quota_exceeded']);
  });

  test.each([
    [{}, 'form_param_missing'],
    [{ name: '  ' }, 'form_param_value_invalid'],
    [{ name: 'x'.repeat(257) }, 'form_param_max_length_exceeded'],
    [{ name: 'The Rose', slug: 'The Rose' }, 'form_param_value_invalid'],
  ])('is refused with %j', async (form, code) => {
    const { browser } = await signInPerson(service);
    expect(await refusalOf(browser, form as Record<string, string>)).toEqual([422, code]);
  });

  test('has a slug of its own', async () => {
    const { browser } = await signInPerson(service);
    const form = { name: 'The Swan', slug: 'swan' };
    expect((await browser.post(url, form)).status).toBe(200);
    expect(await refusalOf(browser, form)).toEqual([422, 'form_identifier_exists']);
  });
});
