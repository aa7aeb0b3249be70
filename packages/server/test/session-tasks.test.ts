import type { BackendSessionJSON, SessionJSON } from '@willcall/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addMember, createOrganization, inviteMember } from './invited.ts';
import { addressOf, createPerson, issueTicket, redeem, signInPerson } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService({ settings: { hasOrganizations: true, isOrganizationForced: true } });
});
afterAll(() => service.close());

const task = [{ key: 'choose-organization' }];

async function stsOf(jwt: string | undefined) {
  return (await service.world.signingKeys.verify(jwt ?? ''))?.['sts'];
}

async function sessionsOf(userId: string, status: string): Promise<readonly BackendSessionJSON[]> {
  const url = `/v1/sessions?user_id=${userId}&status=${status}`;
  return (await service.backend<BackendSessionJSON[]>('GET', url)).body;
}

test('a session waits until an organization is chosen, and again when it is taken away', async () => {
  const { id } = await createOrganization(service);
  const { browser, user, sessionId, client } = await signInPerson(service);
  await addMember(service, id, user);
  expect(client.sessions[0]).toMatchObject({ status: 'pending', tasks: task });
  expect(await stsOf(client.sessions[0]?.last_active_token?.jwt)).toBe('pending');
  const refreshed = await browser.post(`/v1/client/sessions/${sessionId}/tokens`);
  expect(await stsOf((refreshed.body as unknown as { jwt: string }).jwt)).toBe('pending');
  expect((await sessionsOf(user.id, 'pending')).map((each) => each.id)).toEqual([sessionId]);
  expect(await sessionsOf(user.id, 'active')).toEqual([]);

  const url = `/v1/client/sessions/${sessionId}/touch`;
  const touched = await browser.post<SessionJSON>(url, { active_organization_id: id });
  expect(touched.body.response).toMatchObject({ status: 'active', tasks: null });
  expect(await stsOf(touched.body.response.last_active_token?.jwt)).toBe('active');
  expect(await sessionsOf(user.id, 'pending')).toEqual([]);
  expect(await sessionsOf(user.id, 'active')).toHaveLength(1);

  await service.backend('DELETE', `/v1/organizations/${id}/memberships/${user.id}`);
  const { body } = await browser.get<{ sessions: SessionJSON[] }>('/v1/client');
  expect(body.response.sessions[0]).toMatchObject({
    status: 'pending',
    tasks: task,
    last_active_organization_id: null,
  });
});

test('an organization that is not the person’s does not end the wait', async () => {
  const { id } = await createOrganization(service);
  const { browser, sessionId } = await signInPerson(service);
  const refused = await browser.post(`/v1/client/sessions/${sessionId}/touch`, {
    active_organization_id: id,
  });
  expect(refused.code).toBe('organization_not_found_or_unauthorized');
  const token = await browser.post(`/v1/client/sessions/${sessionId}/tokens`, {
    organization_id: id,
  });
  expect(token.code).toBe('organization_not_found_or_unauthorized');
  const { body } = await browser.get<SessionJSON>(`/v1/client/sessions/${sessionId}`);
  expect(body.response.status).toBe('pending');
});

test('a token for an organization does not choose it', async () => {
  const { id } = await createOrganization(service);
  const { browser, user, sessionId } = await signInPerson(service);
  await addMember(service, id, user);
  const token = await browser.post(`/v1/client/sessions/${sessionId}/tokens`, {
    organization_id: id,
  });
  const claims = await service.world.signingKeys.verify(
    (token.body as unknown as { jwt: string }).jwt,
  );
  expect(claims).toMatchObject({ sts: 'pending', o: { id } });
});

test('a ticket with org_id, and one to an organization, leave nothing to do', async () => {
  const { id } = await createOrganization(service);
  const user = await createPerson(service);
  const invitation = await inviteMember(service, id, { email_address: addressOf(user) });
  const invited = await redeem(service.browser(), invitation.ticket);
  expect(invited.body.client?.sessions[0]).toMatchObject({ status: 'active', tasks: null });
  const { token } = await issueTicket(service, user.id, { org_id: id });
  const { body } = await redeem(service.browser(), token);
  expect(body.client?.sessions[0]).toMatchObject({ status: 'active', tasks: null });
});

test('a session that the backend makes may begin in an organization', async () => {
  const { id } = await createOrganization(service);
  const user = await createPerson(service);
  const body = { user_id: user.id, active_organization_id: id };
  const refused = await service.backend('POST', '/v1/sessions', body);
  expect([refused.status, refused.code]).toEqual([404, 'organization_not_found_or_unauthorized']);
  await addMember(service, id, user);
  const made = await service.backend('POST', '/v1/sessions', body);
  expect(made.body).toMatchObject({
    status: 'active',
    tasks: null,
    last_active_organization_id: id,
  });
});

test('a pending session belongs to its person: signing out ends it, and it can look and accept', async () => {
  const { id } = await createOrganization(service);
  const { browser, user, sessionId } = await signInPerson(service);
  const invitation = await inviteMember(service, id, { email_address: addressOf(user) });
  expect(
    (await browser.post(`/v1/me/organization_invitations/${invitation.id}/accept`)).status,
  ).toBe(200);
  const ended = await browser.post<SessionJSON>(`/v1/client/sessions/${sessionId}/end`);
  expect(ended.body.response).toMatchObject({ status: 'ended', last_active_token: null });
});

test('the setting counts at once, and is told to pages', async () => {
  const { browser, sessionId } = await signInPerson(service);
  const { settings } = service.world.instance;
  expect((await browser.get('/v1/environment')).body).toMatchObject({
    organization_settings: {
      enabled: true,
      force_organization_selection: true,
      creator_role: 'org:admin',
    },
  });
  await service.world.instance.save({ ...settings, isOrganizationForced: false });
  const { body } = await browser.get<SessionJSON>(`/v1/client/sessions/${sessionId}`);
  expect(body.response).toMatchObject({ status: 'active', tasks: null });
  await service.world.instance.save(settings);
});
