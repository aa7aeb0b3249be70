import type { PlacedMembership } from '../organization/organization.ts';
import { notFound } from '../refusal.ts';
import { equalHashes } from '../secret.ts';
import type { User } from '../user/user.ts';
import type { World } from '../world.ts';
import type { Invitation } from './invitation.ts';
import { readInvitationTicket } from './ticket.ts';

/** The invitation whose ticket this is, whatever became of it; `undefined` for everything else. */
export async function findInvitation(world: World, text: string): Promise<Invitation | undefined> {
  const credential = readInvitationTicket(text);
  const invitation = credential && (await world.store.invitations.find(credential.id));
  const isGenuine =
    credential && invitation && equalHashes(invitation.secretHash, credential.secretHash);
  return isGenuine ? invitation : undefined;
}

/** The invitation of this id. Refuses with `resource_not_found`. */
export async function getInvitation(world: World, id: string): Promise<Invitation> {
  const invitation = await world.store.invitations.find(id);
  if (!invitation) throw notFound('invitation');
  return invitation;
}

/** The user who has the address of an invitation. */
export async function findInvited(
  world: World,
  { emailAddress }: Invitation,
): Promise<User | undefined> {
  if (emailAddress === '') return undefined;
  return world.store.users.findByIdentification('email_address', emailAddress);
}

/** The membership that an invitation leads to, where the user has it already. */
export async function findMember(
  world: World,
  { organizationId }: Invitation,
  user: Pick<User, 'id'>,
): Promise<PlacedMembership | undefined> {
  return organizationId === undefined
    ? undefined
    : world.store.memberships.find(organizationId, user.id);
}
