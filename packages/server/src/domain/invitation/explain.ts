import type { ErrorCode } from '@willcall/contract';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { requireOrganizations } from '../organization/find.ts';
import type { Invitation } from './invitation.ts';

/**
 * Refuses an invitation that leads nowhere any more, with the code that says why.
 *
 * @param lateBy how long ago it may have expired, for somebody who began in time. Milliseconds.
 */
export async function refuseSpentInvitation(
  world: World,
  invitation: Invitation,
  lateBy = 0,
): Promise<void> {
  const { organizationId, status, expiresAt } = invitation;
  const codes = organizationId === undefined ? applicationCodes : organizationCodes;
  if (organizationId !== undefined) await refuseGoneOrganization(world, organizationId);
  if (status === 'revoked')
    throw new Refusal(codes.revoked, 'This invitation has been withdrawn. Ask for a new one.');
  if (status === 'accepted')
    throw new Refusal(codes.accepted, 'This invitation has been accepted. Sign in.');
  if (expiresAt + lateBy <= world.clock.now()) {
    throw new Refusal('ticket_expired_code', 'This invitation has expired. Ask for a new one.');
  }
}

/** The refusal of an invitation with which somebody wants to sign up who has an account. */
export function accountExistsRefusal({ organizationId }: Invitation): Refusal {
  const codes = organizationId === undefined ? applicationCodes : organizationCodes;
  return new Refusal(codes.exists, 'You have an account already. Sign in with this link.');
}

/** The refusal of an invitation with which somebody wants to sign in who has no account. */
export function accountMissingRefusal({ organizationId }: Invitation): Refusal {
  const codes = organizationId === undefined ? applicationCodes : organizationCodes;
  return new Refusal(
    codes.missing,
    'There is no account for this invitation yet. Sign up with this link.',
  );
}

const applicationCodes = {
  revoked: 'revoked_invitation',
  accepted: 'invitation_already_accepted',
  exists: 'invitation_account_exists',
  missing: 'invitation_account_not_exists',
} as const satisfies Record<string, ErrorCode>;

const organizationCodes = {
  revoked: 'organization_invitation_revoked_code',
  accepted: 'organization_invitation_already_accepted',
  exists: 'organization_invitation_identification_already_exists',
  missing: 'organization_invitation_identification_not_exist',
} as const satisfies Record<string, ErrorCode>;

async function refuseGoneOrganization(world: World, id: string): Promise<void> {
  requireOrganizations(world);
  if (await world.store.organizations.find(id)) return;
  throw new Refusal(
    'organization_invitation_to_deleted_organization',
    'The organization of this invitation does not exist any more.',
  );
}
