import type { Caller } from '../client/identify.ts';
import { refuseFailedAcceptance, repeatAcceptance } from '../invitation/accept.ts';
import { accountExistsRefusal, refuseSpentInvitation } from '../invitation/explain.ts';
import { findInvited } from '../invitation/find.ts';
import type { FailedAcceptance, Invitation } from '../invitation/invitation.ts';
import { signInTermsOf } from '../invitation/link.ts';
import { findPresentedInvitation, type PresentedInvitation } from '../invitation/presented.ts';
import { Refusal, refuseField } from '../refusal.ts';
import type { Session } from '../session/session.ts';
import { refuseLate } from '../sign-in-token/continuation.ts';
import { ticketGrace } from '../sign-in-token/explain.ts';
import { type Presentation, refuseUnconfirmed } from '../sign-in-token/question.ts';
import { notingRefusal } from '../sign-in-token/refused-redemption.ts';
import { findTicketHolder } from '../sign-in-token/redeem.ts';
import { normalizeIdentifier } from '../user/email-address.ts';
import type { World } from '../world.ts';
import type { SignUpProgress } from './fill.ts';
import { isAddressEnough, type SignUp, type SignUpChange } from './sign-up.ts';

/** The invitation of a ticket with which somebody signs up. A ticket that signs in has a code of its own. */
export async function requireInvitation(
  world: World,
  caller: Caller,
  ticket: string,
): Promise<PresentedInvitation> {
  const presented = await findPresentedInvitation(world, caller, ticket);
  if (presented) return presented;
  const token = await findTicketHolder(world, ticket);
  if (token) return notingRefusal(world, caller, token.id, refuseOutsideSignIn);
  throw new Refusal(
    'ticket_invalid_code',
    'This link is not valid. Check that you opened all of it, or ask for a new one.',
  );
}

async function refuseOutsideSignIn(): Promise<never> {
  throw new Refusal(
    'sign_in_token_not_in_sign_in_code',
    'This link signs in; it does not make an account. Open it to sign in.',
  );
}

/** Refuses an invitation that makes no account (any more): a spent one, or one whose address has an account. */
export async function refuseUnfit(world: World, invitation: Invitation, lateBy = 0): Promise<void> {
  await refuseSpentInvitation(world, invitation, lateBy);
  if (!(await findInvited(world, invitation))) return;
  // Somebody may have made that account with this invitation since it was read.
  const latest = await world.store.invitations.find(invitation.id);
  if (latest) await refuseSpentInvitation(world, latest, lateBy);
  throw accountExistsRefusal(invitation);
}

/**
 * Refuses what must be confirmed first: a ticket that alone makes an account, by the terms of
 * `refuseUnconfirmed`. Where more is asked for, whoever fills that in is there. Answers whether
 * the person has confirmed it.
 */
export async function refuseUnconfirmedSignUp(
  world: World,
  caller: Caller,
  { invitation, continuation }: PresentedInvitation,
  how: Presentation,
): Promise<boolean> {
  if (continuation) refuseLate(continuation, world.clock.now());
  if (!isAddressEnough(world)) return false;
  if (continuation) return true;
  const holder = { newAddress: invitation.emailAddress };
  return refuseUnconfirmed(world, caller, { link: signInTermsOf(invitation), holder }, how);
}

/** What an invitation gives to a sign-up: its address, proved by the ticket. */
export function invitedChange({ id, emailAddress }: Invitation): SignUpChange {
  return {
    invitationId: id,
    emailAddress,
    isEmailAddressVerified: true,
    codeHash: undefined,
    codeExpireAt: undefined,
  };
}

/** Refuses another address than the one that was invited. */
export function refuseOtherAddress({ emailAddress }: Invitation, given: string | undefined): void {
  if (given === undefined || normalizeIdentifier(given) === normalizeIdentifier(emailAddress))
    return;
  throw refuseField(
    'form_param_value_invalid',
    'email_address',
    'This invitation is for another e-mail address. Use that one.',
  );
}

/** The invitation with which a sign-up began; refuses where it came to nothing meanwhile. */
export async function requireInvitationOf(
  world: World,
  { invitationId }: SignUp,
): Promise<Invitation | undefined> {
  if (invitationId === undefined) return undefined;
  const invitation = await world.store.invitations.find(invitationId);
  if (!invitation)
    throw new Refusal(
      'ticket_invalid_code',
      'This invitation is not valid any more. Ask for a new one.',
    );
  await refuseSpentInvitation(world, invitation, ticketGrace);
  return invitation;
}

/** The sign-up that an invitation completed, for the browser that did it: its answer may have been lost. */
export async function repeatSignUp(
  world: World,
  caller: Caller,
  invitation: Invitation,
): Promise<SignUpProgress | undefined> {
  const opened = await repeatAcceptance(world, caller, invitation);
  const signUp = opened && (await world.store.signUps.findBySession(opened.session.id));
  if (!signUp) return undefined;
  const holdsClient = caller.client?.id === opened.client.id;
  const isRepeated = holdsClient || (await isByTicketAlone(world, opened.session));
  return isRepeated ? { signUp, opened } : undefined;
}

/**
 * Whether the account took no more than the ticket. The cookie that a browser had before may have
 * been planted: with a ticket alone it opens nothing for which somebody chose a password.
 */
async function isByTicketAlone(world: World, { userId }: Session): Promise<boolean> {
  const user = await world.store.users.find(userId);
  return user !== undefined && user.passwordDigest === undefined;
}

/** Somebody else's transaction came first, or the same browser's: look again, now for good. */
export async function explainLostInvitation(
  world: World,
  caller: Caller,
  { id }: Invitation,
  outcome: FailedAcceptance,
): Promise<SignUpProgress> {
  const invitation = await world.store.invitations.find(id);
  const repeat = invitation && (await repeatSignUp(world, caller, invitation));
  return repeat ?? refuseFailedAcceptance(world, outcome, id);
}
