import type { Caller } from '../client/identify.ts';
import { draftMembership, refuseFailedJoin } from '../organization/members.ts';
import { requireOrganizations } from '../organization/find.ts';
import { Refusal } from '../refusal.ts';
import { repeatOpening } from '../session/repeat-opening.ts';
import type { OpenedSession } from '../session/open.ts';
import { ticketGrace } from '../sign-in-token/explain.ts';
import { normalizeIdentifier } from '../user/email-address.ts';
import { emailAddressesOf, type User } from '../user/user.ts';
import type { World } from '../world.ts';
import { refuseSpentInvitation } from './explain.ts';
import type { FailedAcceptance, Invitation, InvitationAcceptance } from './invitation.ts';

/** What accepting an invitation writes: its row, and the membership that it promised. */
export function draftAcceptance(
  world: World,
  invitation: Invitation,
  terms: { userId: string; sessionId?: string | undefined; lateBy: number },
): InvitationAcceptance {
  const { organizationId, role, publicMetadata, privateMetadata } = invitation;
  const isForOrganization = organizationId !== undefined && role !== undefined;
  return {
    id: invitation.id,
    userId: terms.userId,
    sessionId: terms.sessionId,
    lateBy: terms.lateBy,
    membership: isForOrganization
      ? draftMembership(world, {
          organizationId,
          userId: terms.userId,
          role,
          publicMetadata,
          privateMetadata,
        })
      : undefined,
  };
}

/** Turns an acceptance that wrote nothing into the refusal that says why. */
export async function refuseFailedAcceptance(
  world: World,
  outcome: FailedAcceptance,
  invitationId: string,
): Promise<never> {
  const invitation = await world.store.invitations.find(invitationId);
  if (invitation) await refuseSpentInvitation(world, invitation, ticketGrace);
  if (outcome !== 'invitation_not_pending') refuseFailedJoin(outcome);
  throw new Refusal('ticket_invalid_code', 'This invitation is not valid. Ask for a new one.');
}

/** The session that was opened with an invitation, for the browser that opened it. */
export async function repeatAcceptance(
  world: World,
  caller: Caller,
  { sessionId }: Invitation,
): Promise<OpenedSession | undefined> {
  return sessionId === undefined ? undefined : repeatOpening(world, caller, sessionId);
}

/** Whether an opening failed for its invitation. */
export function isFailedAcceptance(outcome: string): outcome is FailedAcceptance {
  return failures.has(outcome);
}

const failures: ReadonlySet<string> = new Set<FailedAcceptance>([
  'invitation_not_pending',
  'organization_full',
  'organization_missing',
]);

/**
 * A signed-in person accepts an invitation to an organization that went to one of the
 * person's own addresses. Every other one does not exist for that person.
 */
export async function acceptInvitation(world: World, user: User, id: string): Promise<Invitation> {
  requireOrganizations(world);
  const invitation = await world.store.invitations.find(id);
  const isOwn =
    invitation?.organizationId !== undefined &&
    addressKeysOf(user).includes(normalizeIdentifier(invitation.emailAddress));
  if (!isOwn)
    throw new Refusal('organization_invitation_not_found', 'You have no such invitation.');
  const now = world.clock.now();
  const acceptance = draftAcceptance(world, invitation, { userId: user.id, lateBy: 0 });
  const outcome = await world.store.invitations.accept(acceptance, now);
  if (outcome === 'invitation_not_pending') {
    throw new Refusal(
      'organization_invitation_not_pending',
      'This invitation is accepted, withdrawn or expired.',
    );
  }
  if (outcome !== 'accepted') return refuseFailedAcceptance(world, outcome, id);
  return (await world.store.invitations.find(id)) ?? invitation;
}

/** The verified addresses of a person in the form in which they are compared. */
export function addressKeysOf(user: User): readonly string[] {
  return emailAddressesOf(user)
    .filter(({ isVerified }) => isVerified)
    .map(({ value }) => normalizeIdentifier(value));
}
