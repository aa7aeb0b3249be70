import { sessionEntry } from '../audit-log/session-entry.ts';
import type { Caller } from '../client/identify.ts';
import { draftAcceptance, isFailedAcceptance } from '../invitation/accept.ts';
import type { Invitation } from '../invitation/invitation.ts';
import { draftSession, refuseFailedOpening } from '../session/open.ts';
import { ticketGrace } from '../sign-in-token/explain.ts';
import { draftUser, refuseConflicts } from '../user/create.ts';
import type { World } from '../world.ts';
import type { SignUpProgress } from './fill.ts';
import { explainLostInvitation, requireInvitationOf } from './invited.ts';
import { refuseClosed } from './mode.ts';
import { missingFields, type SignUp, unverifiedFields } from './sign-up.ts';

/** Whether nothing is missing for the account of a sign-up. */
export function isReady(world: World, signUp: SignUp): boolean {
  return missingFields(world, signUp).length === 0 && unverifiedFields(signUp).length === 0;
}

/**
 * Makes the account and opens its first session when nothing is missing; else changes nothing.
 *
 * @param how.isConfirmed whether the person pressed on a page that named the address
 * @param how.replacesSessions whether the sessions of this browser end when this one opens
 */
export async function completeIfReady(
  world: World,
  caller: Caller,
  signUp: SignUp,
  { isNew = false, isConfirmed = false, replacesSessions = false } = {},
): Promise<SignUpProgress> {
  if (!isReady(world, signUp)) return { signUp };
  const invitation = await requireInvitationOf(world, signUp);
  if (!invitation) refuseClosed(world);
  const user = await draftSignedUpUser(world, signUp, invitation);
  const opened = draftSession(world, caller, user.id, {
    strategy: invitation ? 'ticket' : 'email_code',
    organizationId: invitation?.organizationId,
  });
  const complete: SignUp = {
    ...signUp,
    clientId: opened.client.id,
    status: 'complete',
    createdUserId: user.id,
    createdSessionId: opened.session.id,
  };
  const terms = { userId: user.id, sessionId: opened.session.id, lateBy: ticketGrace };
  const outcome = await refuseConflicts(() =>
    world.store.openings.open(
      {
        ...opened,
        formerClientId: caller.client?.id,
        devBrowserHash: caller.devBrowserHash,
        replacesSessions,
        isByGesture: isConfirmed,
        attempt: { kind: 'sign_up', signUp: complete, user, isNew },
        consumedToken: undefined,
        auditEntry: sessionEntry(world, caller, opened.session, invitation?.id),
        acceptedInvitation: invitation && draftAcceptance(world, invitation, terms),
      },
      world.clock.now(),
    ),
  );
  if (invitation && isFailedAcceptance(outcome))
    return explainLostInvitation(world, caller, invitation, outcome);
  await refuseFailedOpening(world, outcome, user.id);
  return { signUp: complete, opened };
}

async function draftSignedUpUser(world: World, signUp: SignUp, invitation: Invitation | undefined) {
  // What an invitation to an organization brings belongs to the membership.
  const isForApplication = invitation !== undefined && invitation.organizationId === undefined;
  const draft = await draftUser(
    world,
    {
      emailAddresses: signUp.emailAddress === undefined ? [] : [signUp.emailAddress],
      username: signUp.username,
      firstName: signUp.firstName,
      lastName: signUp.lastName,
      publicMetadata: isForApplication ? invitation.publicMetadata : {},
      unsafeMetadata: signUp.unsafeMetadata,
      legalAcceptedAt: signUp.legalAcceptedAt,
      locale: signUp.locale,
    },
    { isVerified: true, verificationStrategy: invitation ? 'ticket' : 'email_code' },
  );
  const hasPassword = signUp.passwordDigest !== undefined;
  return {
    ...draft,
    passwordDigest: signUp.passwordDigest,
    passwordUpdatedAt: hasPassword ? world.clock.now() : undefined,
  };
}
