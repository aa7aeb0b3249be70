import type { BackendOrganizationJSON, OrganizationInvitationJSON } from '@willcall/contract';
import { ticketOf } from './invitations.ts';
import { addUser, issueTicket, testAddress, type Scene } from './scene.ts';
import { redeem } from './tickets.ts';

/** A company comes to be, people join it by every way there is, and it goes again. */
export async function tellOfOrganizations(scene: Scene): Promise<void> {
  const { backend } = scene;
  const { id: adminId } = await addUser(scene, 'director');
  const body = { name: 'The Company', created_by: adminId, public_metadata: { stage: 'big' } };
  const { id } = await backend<BackendOrganizationJSON>('CreateOrganization', { body });
  const path = { organization_id: id };
  await backend('CreateOrganization', { body: { name: '' } }, 422);
  await backend('CreateOrganization', { body: { ...body, created_by: 'user_never' } }, 400);
  await backend('ListOrganizations', { query: { query: 'company', order_by: 'name' } });
  await backend('GetOrganization', { path, query: { include_members_count: 'true' } });
  await backend('GetOrganization', { path: { organization_id: 'org_never' } }, 404);
  await backend('UpdateOrganization', { path, body: { slug: 'company' } });
  await backend('MergeOrganizationMetadata', {
    path,
    body: { private_metadata: { plan: 'gold' } },
  });
  await backend('ReplaceOrganizationMetadata', { path, body: { public_metadata: {} } });
  await tellOfMembers(scene, id);
  await tellOfMemberInvitations(scene, id, adminId);
  await backend('DeleteOrganization', { path });
  await backend('DeleteOrganization', { path }, 404);
}

async function tellOfMembers(scene: Scene, organizationId: string): Promise<void> {
  const { backend } = scene;
  const { id: userId } = await addUser(scene, 'dancer');
  const place = { organization_id: organizationId };
  const body = { user_id: userId, role: 'org:member' };
  await backend('CreateOrganizationMembership', { path: place, body });
  await backend('CreateOrganizationMembership', { path: place, body }, 400);
  await backend('ListOrganizationMemberships', { path: place, query: { role: 'org:member' } });
  await backend('UsersGetOrganizationMemberships', { path: { user_id: userId } });
  const path = { ...place, user_id: userId };
  await backend('UpdateOrganizationMembership', { path, body: { role: 'org:admin' } });
  await backend('UpdateOrganizationMembership', { path, body: { role: 'org:owner' } }, 422);
  await backend('UpdateOrganizationMembershipMetadata', {
    path,
    body: { public_metadata: { part: 'lead' } },
  });
  await inSession(scene, userId, organizationId);
  await backend('DeleteOrganizationMembership', { path });
  await backend('DeleteOrganizationMembership', { path }, 404);
}

/** The member makes the organization active, and asks for a token for it. */
async function inSession(scene: Scene, userId: string, organizationId: string): Promise<void> {
  const { send } = scene.openBrowser();
  const { session } = await redeem(send, await issueTicket(scene, userId));
  const path = { session_id: session.id };
  await send('touchSession', { path, body: { active_organization_id: organizationId } });
  await send('touchSession', { path, body: { active_organization_id: 'org_never' } }, 404);
  await send('createSessionToken', { path, body: { organization_id: organizationId } });
  await send('getOrganizationMemberships', { query: { paginated: 'true', limit: '5' } });
  await send('getOrganizationMemberships');
  await send('getUser');
  await send('createOrganization', { body: { name: 'The Dancers', slug: 'dancers' } });
  await send('createOrganization', { body: { name: 'Others', slug: 'dancers' } }, 422);
  await scene.backend('CreateSignInToken', { body: { user_id: userId, org_id: organizationId } });
  await scene.backend('CreateSignInToken', { body: { user_id: userId, org_id: 'org_never' } }, 404);
}

async function tellOfMemberInvitations(
  scene: Scene,
  organizationId: string,
  adminId: string,
): Promise<void> {
  const { backend } = scene;
  const path = { organization_id: organizationId };
  const invite = (name: string) => ({ email_address: testAddress(name), role: 'org:member' });
  const body = {
    ...invite('understudy'),
    inviter_user_id: adminId,
    public_metadata: { part: 'second' },
  };
  const invitation = await backend<OrganizationInvitationJSON>('CreateOrganizationInvitation', {
    path,
    body,
  });
  await backend('CreateOrganizationInvitation', { path, body }, 400);
  await backend(
    'CreateOrganizationInvitation',
    { path, body: { ...body, role: 'org:owner' } },
    422,
  );
  const guest = await addUser(scene, 'composer');
  const foreign = { ...invite('stranger'), inviter_user_id: guest.id };
  await backend('CreateOrganizationInvitation', { path, body: foreign }, 403);
  await backend('CreateOrganizationInvitationBulk', {
    path,
    body: [invite('violin'), invite('oboe')],
  });
  await backend('ListOrganizationInvitations', {
    path,
    query: { status: 'pending', order_by: '-created_at' },
  });
  await backend('ListPendingOrganizationInvitations', { path });
  await backend('ListInstanceOrganizationInvitations', { query: { query: 'understudy' } });
  const one = { ...path, invitation_id: invitation.id };
  await backend('GetOrganizationInvitation', { path: one });
  await backend(
    'GetOrganizationInvitation',
    { path: { ...path, invitation_id: 'orginv_never' } },
    404,
  );

  const ticket = ticketOf(invitation);
  await scene.openBrowser().send('createSignIn', { body: { strategy: 'ticket', ticket } }, 400);
  await scene.openBrowser().send('acceptTicket', { query: { ticket } }, 303);
  await backend('RevokeOrganizationInvitation', {
    path: one,
    body: { requesting_user_id: adminId },
  });
  await backend('RevokeOrganizationInvitation', { path: one }, 404);
  await acceptInApp(scene, organizationId, guest.id);
}

async function acceptInApp(scene: Scene, organizationId: string, userId: string): Promise<void> {
  const { send } = scene.openBrowser();
  await redeem(send, await issueTicket(scene, userId));
  const body = { email_address: testAddress('composer'), role: 'org:admin' };
  const path = { organization_id: organizationId };
  const { id } = await scene.backend<OrganizationInvitationJSON>('CreateOrganizationInvitation', {
    path,
    body,
  });
  await send('getUsersOrganizationInvitations', { query: { status: 'pending' } });
  await send('acceptOrganizationInvitation', { path: { invitation_id: id } });
  await send('acceptOrganizationInvitation', { path: { invitation_id: id } }, 404);
}
