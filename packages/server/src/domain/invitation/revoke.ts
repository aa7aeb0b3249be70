import { getOrganization } from '../organization/find.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import type { Invitation } from './invitation.ts';
import { getInvitation } from './find.ts';
import { requireAdmin } from './invite-member.ts';

/** Revokes an invitation to the application. Refuses one that is not pending with a code that says so. */
export async function revokeInvitation(world: World, id: string): Promise<Invitation> {
  const invitation = await getInvitation(world, id);
  if (invitation.organizationId !== undefined) throw notFound('invitation');
  const revoked = await world.store.invitations.revoke(id, world.clock.now());
  if (revoked) return revoked;
  const { status } = (await world.store.invitations.find(id)) ?? invitation;
  if (status === 'accepted') {
    throw new Refusal(
      'invitation_already_accepted',
      'This invitation has been accepted, so it cannot be revoked.',
    );
  }
  throw new Refusal('invitation_already_revoked', 'This invitation has been revoked already.');
}

/** An invitation to an organization. Refuses another organization's with `resource_not_found`. */
export async function getMemberInvitation(
  world: World,
  idOrSlug: string,
  id: string,
): Promise<Invitation> {
  const organization = await getOrganization(world, idOrSlug);
  const invitation = await world.store.invitations.find(id);
  if (invitation?.organizationId !== organization.id) throw notFound('invitation');
  return invitation;
}

/**
 * Revokes an invitation to an organization. Refuses one that is not pending with
 * `organization_invitation_not_pending`.
 *
 * @param requesterId the member who does it, who must be an administrator; `undefined` for the operator
 */
export async function revokeMemberInvitation(
  world: World,
  idOrSlug: string,
  id: string,
  requesterId: string | undefined,
): Promise<Invitation> {
  const { organizationId } = await getMemberInvitation(world, idOrSlug, id);
  if (requesterId !== undefined) await requireAdmin(world, organizationId ?? '', requesterId);
  const revoked = await world.store.invitations.revoke(id, world.clock.now());
  if (revoked) return revoked;
  throw new Refusal(
    'organization_invitation_not_pending',
    'This invitation is not pending, so it cannot be revoked.',
  );
}
