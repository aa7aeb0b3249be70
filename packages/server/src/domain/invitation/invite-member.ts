import type { Metadata } from '@willcall/contract';
import { getOrganization } from '../organization/find.ts';
import { parseRole } from '../organization/roles.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import {
  draftInvitation,
  type InvitationRequest,
  type IssuedInvitation,
  refuseTooMany,
  sendInvitations,
} from './invite.ts';

export interface MemberInvitationRequest extends Omit<InvitationRequest, 'isRepeatable'> {
  readonly role: string;
  readonly inviterUserId?: string | undefined;
  readonly privateMetadata?: Metadata | undefined;
}

/**
 * Invites people to an organization: all of them or nobody. Refuses an inviter who is no
 * administrator there, somebody who is a member already, and an address with a pending
 * invitation to the organization (`organization_invitation_not_unique`).
 */
export async function inviteToOrganization(
  world: World,
  idOrSlug: string,
  requests: readonly MemberInvitationRequest[],
): Promise<readonly IssuedInvitation[]> {
  const organization = await getOrganization(world, idOrSlug);
  refuseTooMany(requests);
  const drafts = requests.map((request) => ({
    request,
    ...draftInvitation(world, request, {
      organizationId: organization.id,
      role: parseRole(request.role),
      inviterUserId: request.inviterUserId,
      privateMetadata: request.privateMetadata ?? {},
    }),
  }));
  for (const { invitation } of drafts) {
    if (invitation.inviterUserId !== undefined)
      await requireAdmin(world, organization.id, invitation.inviterUserId);
    await refuseMember(world, organization.id, invitation.emailAddress);
  }
  const { applicationName } = world.instance.settings;
  return sendInvitations(world, drafts, {
    code: 'organization_invitation_not_unique',
    words: { applicationName, host: organization.name },
  });
}

/** Refuses a user who is no member (`not_a_member_in_organization`), or no administrator, of an organization. */
export async function requireAdmin(
  world: World,
  organizationId: string,
  userId: string,
): Promise<void> {
  const found = await world.store.memberships.find(organizationId, userId);
  if (!found) {
    throw new Refusal(
      'not_a_member_in_organization',
      'This user is no member of the organization.',
    );
  }
  if (found.membership.role === 'org:admin') return;
  throw new Refusal(
    'missing_organization_permission',
    'This user is no administrator of the organization.',
  );
}

async function refuseMember(
  world: World,
  organizationId: string,
  emailAddress: string,
): Promise<void> {
  const user = await world.store.users.findByIdentification('email_address', emailAddress);
  if (!user || !(await world.store.memberships.find(organizationId, user.id))) return;
  throw new Refusal(
    'already_a_member_in_organization',
    'This person is a member of the organization already.',
  );
}
