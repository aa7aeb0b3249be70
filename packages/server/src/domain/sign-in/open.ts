import { sessionEntry } from '../audit-log/session-entry.ts';
import type { Caller } from '../client/identify.ts';
import { deviceToken } from '../client/known-device.ts';
import { hashSecret, type Secret } from '../secret.ts';
import {
  draftAcceptance,
  isFailedAcceptance,
  refuseFailedAcceptance,
  repeatAcceptance,
} from '../invitation/accept.ts';
import {
  draftSession,
  type OpenedAlone,
  type OpenedSession,
  type OpeningOutcome,
  refuseFailedOpening,
  type SessionOpening,
} from '../session/open.ts';
import type { Session } from '../session/session.ts';
import { signSessionToken } from '../session/sign-token.ts';
import { explainLostRace, ticketGrace } from '../sign-in-token/explain.ts';
import type { TicketTerms } from '../sign-in-token/sign-in-token.ts';
import type { User } from '../user/user.ts';
import type { World } from '../world.ts';
import { doDevicesCount } from './policy.ts';
import { type PresentedTicket, termsOf } from './presented-ticket.ts';
import { isByTicketAlone, isResetProof, type SignIn } from './sign-in.ts';

interface Circumstances {
  readonly isNew: boolean;
  /** Whether the person pressed on a page that named the account. */
  readonly isConfirmed?: boolean | undefined;
}

/**
 * Opens the session of a sign-in that has proved everything. The transaction judges again
 * whether the user may sign in and whether the ticket is still good.
 */
export async function openForSignIn(
  world: World,
  caller: Caller,
  user: User,
  signIn: SignIn,
  { isNew, isConfirmed = false, token, invitation }: PresentedTicket & Circumstances,
): Promise<{ opened: OpenedSession; signIn: SignIn; user?: User }> {
  const now = world.clock.now();
  const terms = termsOf({ token, invitation });
  const strategy = terms ? 'ticket' : (signIn.firstFactor?.strategy ?? 'none');
  const drafted = draftSession(world, caller, user.id, {
    strategy,
    maxSeconds: token?.sessionMaxSeconds,
    actor: token?.actor,
    organizationId: token?.organizationId ?? invitation?.organizationId,
    hasSecondFactor: signIn.secondFactor?.status === 'verified',
  });
  const { newDeviceToken, knownDevice } = rememberDevice(world, caller, user, {
    signIn,
    terms,
    clientId: drafted.client.id,
  });
  const opened = { ...drafted, deviceToken: newDeviceToken };
  const complete: SignIn = {
    ...signIn,
    clientId: opened.client.id,
    status: 'complete',
    newPasswordDigest: undefined,
    createdSessionId: opened.session.id,
  };
  const opening: SessionOpening = {
    session: opened.session,
    client: opened.client,
    formerClientId: caller.client?.id,
    devBrowserHash: caller.devBrowserHash,
    replacesSessions: signIn.replacesSessions,
    // Whoever typed a proof is there; a ticket alone may have been sent by a script.
    isByGesture: terms?.actor === undefined && (isConfirmed || !isByTicketAlone(signIn)),
    attempt: { kind: 'sign_in', signIn: complete, isNew },
    consumedToken: token && {
      id: token.id,
      lateBy: isNew ? 0 : ticketGrace,
      address: caller.network,
      device: caller.device,
    },
    auditEntry: sessionEntry(world, caller, opened.session, (token ?? invitation)?.id),
    acceptedInvitation:
      invitation &&
      draftAcceptance(world, invitation, {
        userId: user.id,
        sessionId: opened.session.id,
        lateBy: isNew ? 0 : ticketGrace,
      }),
    passwordSetAt: restsOnPassword(signIn) ? (signIn.firstFactor?.passwordSetAt ?? 0) : undefined,
    newPassword: signIn.newPasswordDigest
      ? { digest: signIn.newPasswordDigest, signsOutOthers: signIn.signsOutOthers }
      : undefined,
    knownDevice,
  };
  const alone = presign(world, caller, userAfter(user, opening), opened.session);
  const outcome = await world.store.openings.open(opening, now);
  if (outcome === 'opened') return { opened: { ...opened, alone }, signIn: complete, user };
  const repeat = token && (await explainLostRace(world, caller, token.id));
  if (repeat) return repeat;
  const again = invitation && (await explainLostInvitation(world, caller, invitation.id, outcome));
  if (again) return again;
  await refuseFailedOpening(world, outcome, user.id);
  throw new TypeError('an opening that failed was not explained');
}

/** Whether it counts only while the password is the one that was proved, or was to be replaced. */
function restsOnPassword({ firstFactor }: SignIn): boolean {
  return firstFactor?.strategy === 'password' || isResetProof(firstFactor);
}

/**
 * Signs the token of a session while it is written, for a call that is answered with it. Only an
 * opening that wrote the session hands the token on: one that failed leaves it to nobody.
 */
function presign(
  world: World,
  caller: Caller,
  user: User | undefined,
  session: Session,
): OpenedAlone | undefined {
  if (!user || caller.isNavigation) return undefined;
  const token = signSessionToken(world, session, caller.origin);
  // Who answers with it learns of the error; where nobody does there is nobody to tell.
  token.catch(() => undefined);
  return { user, token };
}

/** The user as the opening left them; `undefined` where it left more than the user and a single session. */
function userAfter(user: User, opening: SessionOpening): User | undefined {
  const { session, formerClientId, acceptedInvitation, newPassword } = opening;
  if (formerClientId !== undefined || acceptedInvitation || newPassword) return undefined;
  // Whether there is still a membership was for the transaction to say.
  if (session.organizationId !== undefined) return undefined;
  if (session.actor) return user;
  const { createdAt: now } = session;
  const marked = { lastSignInAt: now, lastActiveAt: now };
  return { ...user, ...marked, failedAttempts: 0, lockedUntil: undefined };
}

/** The same for an invitation: the session that it opened already, or the refusal that says what became of it. */
async function explainLostInvitation(
  world: World,
  caller: Caller,
  invitationId: string,
  outcome: OpeningOutcome,
): Promise<{ opened: OpenedSession; signIn: SignIn } | undefined> {
  if (!isFailedAcceptance(outcome)) return undefined;
  const invitation = await world.store.invitations.find(invitationId);
  const opened = invitation && (await repeatAcceptance(world, caller, invitation));
  const signIn = opened && (await world.store.signIns.findBySession(opened.session.id));
  if (signIn) return { opened, signIn };
  return refuseFailedAcceptance(world, outcome, invitationId);
}

/** Where devices count, this one is known from now on. */
function rememberDevice(
  world: World,
  caller: Caller,
  user: User,
  { signIn, terms, clientId }: { signIn: SignIn; terms: TicketTerms | undefined; clientId: string },
): Pick<SessionOpening, 'knownDevice'> & { newDeviceToken?: Secret } {
  if (terms?.actor !== undefined) return {};
  if (!doDevicesCount(world, terms) && signIn.clientTrust?.status !== 'verified') return {};
  const { deviceHash: formerHash } = caller;
  const isProvedAnew =
    signIn.clientTrust?.status === 'verified' && formerHash !== caller.devBrowserHash;
  if (formerHash !== undefined && !isProvedAnew)
    return { knownDevice: { userId: user.id, deviceHash: formerHash } };
  // Somebody may have planted the token that the browser brought: none becomes trusted that
  // anybody else could know.
  const newDeviceToken = deviceToken(world, clientId);
  return {
    newDeviceToken,
    knownDevice: { userId: user.id, deviceHash: hashSecret(newDeviceToken.reveal()), formerHash },
  };
}
