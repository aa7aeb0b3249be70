import type { ClerkClient, Organization } from '@clerk/backend';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBackend } from './backend.ts';
import { newAddress } from '../tooling/new-address.ts';
import { startServer, type RunningServer } from './server.ts';

let server: RunningServer;
let clerk: ClerkClient;
let organization: Organization;
let ownerId: string;
let memberId: string;

beforeAll(async () => {
  server = await startServer({ organizations: true });
  clerk = openBackend(server);
  ownerId = (await clerk.users.createUser({ emailAddress: ['owner@example.com'] })).id;
  memberId = (await clerk.users.createUser({ emailAddress: ['member@example.com'] })).id;
  organization = await clerk.organizations.createOrganization({
    name: 'The Lyceum',
    slug: 'lyceum',
    createdBy: ownerId,
    publicMetadata: { seats: 700 },
    privateMetadata: { plan: 'box office' },
  });
}, 60_000);

afterAll(() => server?.stop());

test('an organization is created, read by id and by slug, and listed', async () => {
  const facts = {
    name: 'The Lyceum',
    slug: 'lyceum',
    publicMetadata: { seats: 700 },
    privateMetadata: { plan: 'box office' },
  };
  expect(organization).toMatchObject({ ...facts, createdBy: ownerId });
  const { id } = organization;
  for (const named of [{ organizationId: id }, { slug: 'lyceum' }]) {
    expect(await clerk.organizations.getOrganization(named)).toMatchObject({ id, ...facts });
  }
  const listed = await clerk.organizations.getOrganizationList({ includeMembersCount: true });
  expect(listed).toMatchObject({ totalCount: 1, data: [{ id, membersCount: 1 }] });
});

test('an organization is renamed, its metadata merged, and it is deleted', async () => {
  const { id } = await clerk.organizations.createOrganization({
    name: 'A stage',
    createdBy: ownerId,
  });
  const renamed = await clerk.organizations.updateOrganization(id, { name: 'A bigger stage' });
  expect(renamed).toMatchObject({ id, name: 'A bigger stage' });
  await clerk.organizations.updateOrganizationMetadata(id, { publicMetadata: { depth: 12 } });
  const merged = await clerk.organizations.updateOrganizationMetadata(id, {
    publicMetadata: { width: 20 },
  });
  expect(merged.publicMetadata).toEqual({ depth: 12, width: 20 });
  await clerk.organizations.deleteOrganization(id);
  await expect(clerk.organizations.getOrganization({ organizationId: id })).rejects.toMatchObject({
    status: 404,
    errors: [{ code: 'resource_not_found' }],
  });
});

test('a membership is created, changed, listed on both sides, and deleted', async () => {
  const place = { organizationId: organization.id, userId: memberId };
  const created = await clerk.organizations.createOrganizationMembership({
    ...place,
    role: 'org:member',
  });
  expect(created).toMatchObject({
    role: 'org:member',
    organization: { id: organization.id, slug: 'lyceum' },
    publicUserData: { userId: memberId, identifier: 'member@example.com' },
  });
  const changed = await clerk.organizations.updateOrganizationMembership({
    ...place,
    role: 'org:admin',
  });
  expect(changed).toMatchObject({ id: created.id, role: 'org:admin' });
  expect(changed.permissions.length).toBeGreaterThan(0);

  const members = await clerk.organizations.getOrganizationMembershipList({
    organizationId: organization.id,
  });
  expect(members.totalCount).toBe(2);
  expect(new Set(members.data.map(({ publicUserData }) => publicUserData?.userId))).toEqual(
    new Set([ownerId, memberId]),
  );
  const places = await clerk.users.getOrganizationMembershipList({ userId: memberId });
  expect(places).toMatchObject({ totalCount: 1, data: [{ id: created.id, role: 'org:admin' }] });

  expect(await clerk.organizations.deleteOrganizationMembership(place)).toMatchObject({
    id: created.id,
  });
  expect(await clerk.users.getOrganizationMembershipList({ userId: memberId })).toMatchObject({
    data: [],
    totalCount: 0,
  });
});

test('an invitation to an organization is created, read, listed and revoked', async () => {
  const { id: organizationId } = organization;
  const emailAddress = newAddress('colleague');
  const created = await clerk.organizations.createOrganizationInvitation({
    organizationId,
    emailAddress,
    role: 'org:member',
    inviterUserId: ownerId,
    publicMetadata: { desk: 2 },
  });
  const facts = { organizationId, emailAddress, role: 'org:member' };
  expect(created).toMatchObject({ ...facts, status: 'pending', publicMetadata: { desk: 2 } });
  expect(new URL(created.url ?? '').searchParams.get('ticket')).toMatch(/.{20}/);
  const invitation = { organizationId, invitationId: created.id };
  const read = await clerk.organizations.getOrganizationInvitation(invitation);
  expect(read).toMatchObject({ id: created.id, ...facts, url: null });
  const listed = await clerk.organizations.getOrganizationInvitationList({
    organizationId,
    status: ['pending'],
  });
  expect(listed).toMatchObject({ totalCount: 1, data: [{ id: created.id }] });
  const revoked = await clerk.organizations.revokeOrganizationInvitation({
    ...invitation,
    requestingUserId: ownerId,
  });
  expect(revoked).toMatchObject({ id: created.id, status: 'revoked' });
});

test('an enterprise connection is created, changed, read, listed and deleted', async () => {
  const created = await clerk.enterpriseConnections.createEnterpriseConnection({
    name: 'Example Works',
    provider: 'oidc_custom',
    domains: ['works.example'],
    active: false,
    oidc: {
      clientId: 'willcall',
      clientSecret: 'a secret between the two of them',
      discoveryUrl: 'http://127.0.0.1:9/.well-known/openid-configuration',
    },
  });
  const { id } = created;
  expect(created).toMatchObject({
    name: 'Example Works',
    provider: 'oidc_custom',
    domains: ['works.example'],
    active: false,
    samlConnection: null,
    oauthConfig: { clientId: 'willcall', requiresPkce: true },
  });
  expect(JSON.stringify(created)).not.toContain('a secret between');
  const changed = await clerk.enterpriseConnections.updateEnterpriseConnection(id, {
    name: 'The Works',
    active: true,
    oidc: { clientId: 'willcall-2' },
  });
  const facts = { id, name: 'The Works', active: true, oauthConfig: { clientId: 'willcall-2' } };
  expect(changed).toMatchObject(facts);
  expect(await clerk.enterpriseConnections.getEnterpriseConnection(id)).toMatchObject(facts);
  const listed = await clerk.enterpriseConnections.getEnterpriseConnectionList({ active: true });
  expect(listed).toMatchObject({ totalCount: 1, data: [facts] });
  await clerk.enterpriseConnections.deleteEnterpriseConnection(id);
  await expect(clerk.enterpriseConnections.getEnterpriseConnection(id)).rejects.toMatchObject({
    status: 404,
  });
});
