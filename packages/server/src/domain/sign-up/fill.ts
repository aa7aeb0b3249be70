import type { Metadata } from '@willcall/contract';
import { type Client, draftClient } from '../client/client.ts';
import type { Caller } from '../client/identify.ts';
import { connectionsOfAddress } from '../enterprise/connection.ts';
import type { Invitation } from '../invitation/invitation.ts';
import type { PresentedInvitation } from '../invitation/presented.ts';
import { notFound, Refusal, refuseField } from '../refusal.ts';
import type { Secret } from '../secret.ts';
import type { OpenedSession } from '../session/open.ts';
import { refuseSignedIn } from '../session/refuse-signed-in.ts';
import { ticketGrace } from '../sign-in-token/explain.ts';
import type { Presentation } from '../sign-in-token/question.ts';
import { notingRefusal } from '../sign-in-token/refused-redemption.ts';
import { parseEmailAddress } from '../user/email-address.ts';
import { hashNewPassword } from '../user/password.ts';
import type { World } from '../world.ts';
import { completeIfReady, isReady } from './complete.ts';
import {
  invitedChange,
  refuseOtherAddress,
  refuseUnconfirmedSignUp,
  refuseUnfit,
  repeatSignUp,
  requireInvitation,
  requireInvitationOf,
} from './invited.ts';
import { refuseClosed } from './mode.ts';
import { draftSignUp, isAddressEnough, type SignUp, type SignUpChange } from './sign-up.ts';

export interface SignUpInput {
  readonly emailAddress?: string | undefined;
  readonly password?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly username?: string | undefined;
  readonly unsafeMetadata?: Metadata | undefined;
  readonly isLegalAccepted?: boolean | undefined;
  readonly locale?: string | undefined;
  readonly strategy?: string | undefined;
  readonly ticket?: string | undefined;
  /** How the ticket is presented. */
  readonly presentation?: Presentation | undefined;
  /** Whether it goes on from a sign-in that proved an address which nobody has. */
  readonly isTransfer?: boolean | undefined;
}

/** Where a sign-up stands after a step. */
export interface SignUpProgress {
  readonly signUp: SignUp;
  readonly opened?: OpenedSession | undefined;
  readonly newClient?: { client: Client; token: Secret } | undefined;
}

/**
 * Starts a sign-up with what is given so far. With the ticket of an invitation the address is
 * the one that was invited, proved by the ticket; where nothing else is asked for the account
 * is made at once, or after the person's press. Without one it refuses where the instance
 * takes nobody else.
 */
export async function createSignUp(
  world: World,
  caller: Caller,
  input: SignUpInput,
): Promise<SignUpProgress> {
  refuseUnknownStrategy(input);
  const presented = await readTicket(world, caller, input);
  const invitation = presented?.invitation;
  const repeat = invitation && (await repeatSignUp(world, caller, invitation));
  if (repeat) return repeat;
  const isConfirmed =
    presented !== undefined && (await judgeTicket(world, caller, presented, input));
  if (!presented) refuseClosed(world);
  const { signedIn } = presented?.continuation ?? input.presentation ?? {};
  const isSwitch = isAddressEnough(world) && signedIn === 'switch';
  await refuseSignedIn(world, caller, undefined, { isSwitch });
  const provedAddress = input.isTransfer ? await readTransfer(world, caller) : undefined;
  const change = {
    ...(await readInput(
      world,
      { ...input, emailAddress: provedAddress ?? input.emailAddress },
      invitation,
    )),
    ...(provedAddress !== undefined && { isEmailAddressVerified: true }),
  };
  const newClient = caller.client ? undefined : draftClient(world, caller.presentedHash);
  const client = caller.client ?? newClient?.client;
  if (!client) throw new TypeError('a sign-up needs a client');
  const signUp: SignUp = { ...draftSignUp(world, client.id), ...change };
  if (isReady(world, signUp))
    return completeIfReady(world, caller, signUp, {
      ...{ isNew: true, isConfirmed },
      replacesSessions: isSwitch,
    });
  if (newClient) await world.store.clients.create(newClient.client);
  if (newClient && caller.devBrowserHash)
    await world.store.devBrowsers.point(caller.devBrowserHash, client.id);
  await world.store.signUps.add(signUp, { id: client.id, now: world.clock.now() });
  return { signUp, newClient };
}

/** The address that the sign-in of this browser has proved a moment ago, and that nobody has. */
async function readTransfer(world: World, { client }: Caller): Promise<string> {
  const signIn = client?.signInId ? await world.store.signIns.find(client.signInId) : undefined;
  const { status, expireAt = 0 } = signIn?.firstFactor ?? {};
  const isProved = status === 'transferable' && expireAt > world.clock.now();
  if (isProved && signIn?.identifier !== undefined && signIn.clientId === client?.id)
    return parseEmailAddress(signIn.identifier, 'email_address');
  throw new Refusal('account_transfer_invalid', 'There is nothing to go on from. Start again.');
}

/** Adds to a sign-up, or corrects it. A new address must be proved anew; an invited one stays. */
export async function updateSignUp(
  world: World,
  caller: Caller,
  id: string,
  input: SignUpInput,
): Promise<SignUpProgress> {
  const signUp = await requireSignUp(world, caller, id);
  refuseUnknownStrategy(input);
  const presented = await readTicket(world, caller, input);
  const lateBy = signUp.invitationId === presented?.invitation.id ? ticketGrace : 0;
  const isConfirmed =
    presented !== undefined && (await judgeTicket(world, caller, presented, input, lateBy));
  const invitation = presented?.invitation ?? (await requireInvitationOf(world, signUp));
  const change = await readInput(world, input, invitation);
  const updated = await world.store.signUps.update(id, (present) => {
    const isSameInvitation = [signUp.invitationId, change.invitationId].includes(
      present.invitationId,
    );
    return isSameInvitation ? fillIn(present, change) : undefined;
  });
  if (!updated) throw overRefusal();
  return completeIfReady(world, caller, updated, { isConfirmed });
}

/** What a change makes of a sign-up: what was proved or sent belongs to the address before. */
function fillIn(present: SignUp, change: SignUpChange): SignUpChange {
  const { emailAddress } = change;
  if (emailAddress === undefined || emailAddress === present.emailAddress) return change;
  const unproved = { isEmailAddressVerified: false, codeHash: undefined, codeExpireAt: undefined };
  return { ...unproved, ...change };
}

/** Refuses a ticket that makes no account, or must be confirmed first, and notes it. Answers whether it was confirmed. */
function judgeTicket(
  world: World,
  caller: Caller,
  presented: PresentedInvitation,
  { presentation = {} }: SignUpInput,
  lateBy = 0,
): Promise<boolean> {
  const { invitation } = presented;
  return notingRefusal(world, caller, invitation.id, async () => {
    await refuseUnfit(world, invitation, lateBy);
    return refuseUnconfirmedSignUp(world, caller, presented, presentation);
  });
}

/** The sign-up of this id, if it is this client's and still open. */
export async function requireSignUp(world: World, caller: Caller, id: string): Promise<SignUp> {
  if (!caller.client)
    throw new Refusal('client_not_found', 'This browser has not started to sign up. Start again.');
  const signUp = await world.store.signUps.find(id);
  if (!signUp || signUp.clientId !== caller.client.id) throw notFound('sign-up');
  if (signUp.abandonAt <= world.clock.now()) {
    throw new Refusal('sign_up_step_invalid', 'This sign-up took too long. Start again.');
  }
  return signUp;
}

/** The refusal of a step that comes after the end, or after another one that it does not go with. */
export function overRefusal(): Refusal {
  return new Refusal(
    'sign_up_step_invalid',
    'This sign-up is over, or another step of it came first. Start again.',
  );
}

/** Only a ticket changes how a sign-up begins; SDKs name what else the person gives. */
function refuseUnknownStrategy({ strategy }: SignUpInput): void {
  if (strategy === undefined || ['ticket', 'password', 'email_code'].includes(strategy)) return;
  throw refuseField(
    'form_param_value_invalid',
    'strategy',
    'This server does not start a sign-up with this strategy.',
  );
}

/** The invitation of the ticket that a call brings; without `strategy` too, which older SDKs leave out. */
async function readTicket(
  world: World,
  caller: Caller,
  { strategy, ticket }: SignUpInput,
): Promise<PresentedInvitation | undefined> {
  if (ticket) return requireInvitation(world, caller, ticket);
  if (strategy !== 'ticket') return undefined;
  throw new Refusal('ticket_invalid_code', 'This link is not complete. Open all of it again.');
}

async function readInput(
  world: World,
  input: SignUpInput,
  invitation: Invitation | undefined,
): Promise<SignUpChange> {
  const given = input.emailAddress
    ? parseEmailAddress(input.emailAddress, 'email_address')
    : undefined;
  if (invitation) refuseOtherAddress(invitation, given);
  const emailAddress = invitation?.emailAddress ?? given;
  if (emailAddress !== undefined) {
    // Under the protection only whoever reads the mailbox is told; see `prepareVerification`.
    const isTold = !world.instance.settings.isEnumerationProtected;
    if (!invitation && isTold) await refuseTaken(world, emailAddress);
    await refuseEnterprise(world, emailAddress);
  }
  const passwordDigest = input.password ? await hashNewPassword(world, input.password) : undefined;
  const change: SignUpChange = {
    emailAddress,
    passwordDigest,
    firstName: input.firstName,
    lastName: input.lastName,
    username: input.username,
    unsafeMetadata: input.unsafeMetadata,
    legalAcceptedAt: input.isLegalAccepted ? world.clock.now() : undefined,
    locale: input.locale,
  } as SignUpChange;
  const written = Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  );
  return invitation ? { ...written, ...invitedChange(invitation) } : written;
}

async function refuseTaken(world: World, emailAddress: string): Promise<void> {
  if (await world.store.users.findByIdentification('email_address', emailAddress)) {
    throw refuseField(
      'form_identifier_exists',
      'email_address',
      'There is an account with this e-mail address. Sign in instead.',
    );
  }
}

/** The people of a company sign in there; accounts are made for them by the operator. */
async function refuseEnterprise(world: World, emailAddress: string): Promise<void> {
  if ((await connectionsOfAddress(world, emailAddress)).length > 0) {
    throw refuseField(
      'enterprise_sso_required',
      'email_address',
      'People with this address sign in at their company. Ask for an account, then sign in.',
    );
  }
}
