import type {
  InvitationJSON,
  InviterJSON,
  OrganizationInvitationJSON,
  OwnOrganizationInvitationJSON,
} from '@willcall/contract';
import { type Invitation, statusOf } from '../../domain/invitation/invitation.ts';
import type { IssuedInvitation } from '../../domain/invitation/invite.ts';
import { invitationLink } from '../../domain/invitation/link.ts';
import { roles } from '../../domain/organization/roles.ts';
import type { World } from '../../domain/world.ts';
import { presentPublicOrganization } from './organizations.ts';
import { presentPublicUserData } from './users.ts';

/** The one answer that carries the link, for a caller who is told it. */
export function presentIssuedInvitation(
  world: World,
  { invitation, ticket }: IssuedInvitation,
  isLinkTold: boolean,
): InvitationJSON {
  const url = isLinkTold ? invitationLink(world, ticket) : null;
  return { ...presentInvitation(world, invitation), url };
}

/** An invitation to make an account. */
export function presentInvitation(world: World, invitation: Invitation): InvitationJSON {
  const shared = presentShared(world, invitation);
  return { object: 'invitation', ...shared, revoked: shared.status === 'revoked' };
}

/** The one answer about an invitation to an organization that carries the link, for a caller who is told it. */
export async function presentIssuedMemberInvitation(
  world: World,
  { invitation, ticket }: IssuedInvitation,
  isLinkTold: boolean,
): Promise<OrganizationInvitationJSON> {
  const url = isLinkTold ? invitationLink(world, ticket) : null;
  return { ...(await presentMemberInvitation(world, invitation)), url };
}

/** An invitation to an organization, as the customer's server sees it. */
export async function presentMemberInvitation(
  world: World,
  invitation: Invitation,
): Promise<OrganizationInvitationJSON> {
  return {
    ...presentPlace(world, invitation),
    inviter_id: invitation.inviterUserId ?? null,
    public_inviter_data: await presentInviter(world, invitation.inviterUserId),
    private_metadata: invitation.privateMetadata,
    url: null,
  };
}

/** The same in a list over all organizations. */
export async function presentPlacedInvitation(
  world: World,
  invitation: Invitation,
): Promise<OrganizationInvitationJSON> {
  const organization = await world.store.organizations.find(invitation.organizationId ?? '');
  return {
    ...(await presentMemberInvitation(world, invitation)),
    ...(organization && {
      public_organization_data: presentPublicOrganization(world, organization),
    }),
  };
}

/** An invitation to an organization, as the person who is invited sees it. */
export async function presentOwnInvitation(
  world: World,
  invitation: Invitation,
): Promise<OwnOrganizationInvitationJSON> {
  const id = invitation.organizationId ?? '';
  const organization = await world.store.organizations.find(id);
  const gone = { id, name: '', slug: '', image_url: '', has_image: false };
  return {
    ...presentPlace(world, invitation),
    public_organization_data: organization ? presentPublicOrganization(world, organization) : gone,
    url: null,
  };
}

function presentPlace(world: World, invitation: Invitation) {
  const { organizationId = '', role = 'org:member' } = invitation;
  return {
    object: 'organization_invitation' as const,
    ...presentShared(world, invitation),
    role,
    role_name: roles[role].name,
    organization_id: organizationId,
  };
}

function presentShared(world: World, invitation: Invitation) {
  return {
    id: invitation.id,
    email_address: invitation.emailAddress,
    public_metadata: invitation.publicMetadata,
    status: statusOf(invitation, world.clock.now()),
    expires_at: invitation.expiresAt,
    created_at: invitation.createdAt,
    updated_at: invitation.updatedAt,
  };
}

async function presentInviter(
  world: World,
  userId: string | undefined,
): Promise<InviterJSON | null> {
  const user = userId === undefined ? undefined : await world.store.users.find(userId);
  if (!user) return null;
  const { user_id, first_name, last_name, image_url, has_image, identifier } =
    presentPublicUserData(world, user);
  return { user_id, first_name, last_name, image_url, has_image, identifier };
}
