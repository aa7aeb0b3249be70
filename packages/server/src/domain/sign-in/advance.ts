import type { ErrorCode, SignInStatus } from '@willcall/contract';
import { type Client, draftClient } from '../client/client.ts';
import type { Caller } from '../client/identify.ts';
import { newId } from '../id.ts';
import { Refusal } from '../refusal.ts';
import type { Secret } from '../secret.ts';
import type { OpenedSession } from '../session/open.ts';
import { notingRefusal } from '../sign-in-token/refused-redemption.ts';
import { nobodyId, type User } from '../user/user.ts';
import type { World } from '../world.ts';
import { nextStep } from './next-step.ts';
import { openForSignIn } from './open.ts';
import { doDevicesCount, isKnownDevice, readPolicy } from './policy.ts';
import { findPresented, type PresentedTicket, termsOf } from './presented-ticket.ts';
import { draftSignIn, type FactorVerification, type SignIn, type SignInChange } from './sign-in.ts';
import { factorsOf, type Stage, stageOf } from './stages.ts';
import { writeStep } from './write-step.ts';

/** Where a sign-in stands after a step, and whom the browser is known as from here on. */
export interface SignInProgress {
  readonly signIn: SignIn;
  readonly opened?: OpenedSession | undefined;
  /** A client that was made for this call. */
  readonly newClient?: { client: Client; token: Secret } | undefined;
  /** Who signs in, where the step knows. */
  readonly user?: User | undefined;
}

/** What an attempt begins with. */
export interface SignInBeginning extends PresentedTicket {
  /** Where something was prepared under it already. */
  readonly id?: string | undefined;
  readonly identifier?: string | undefined;
  readonly firstFactor?: FactorVerification | undefined;
  /** Whether somebody may have to sign in at a company. Default `true`: it is asked. */
  readonly isAnyDomainTaken?: boolean | undefined;
  /** Whether the sessions of this browser end when this one opens. */
  readonly replacesSessions?: boolean | undefined;
  /** Whether the person pressed on a page that named the account. */
  readonly isConfirmed?: boolean | undefined;
}

/**
 * Begins an attempt. Where nothing is left to prove the session opens at once, in one
 * transaction; else the attempt is written and waits for its next step.
 */
export async function beginSignIn(
  world: World,
  caller: Caller,
  user: User | undefined,
  beginning: SignInBeginning,
): Promise<SignInProgress> {
  const { id, identifier, firstFactor, token, invitation, isAnyDomainTaken } = beginning;
  const clientId = caller.client?.id ?? newId(world, 'client');
  const terms = termsOf({ token, invitation });
  const draft: SignIn = {
    ...draftSignIn(world, clientId),
    isDeviceKnown:
      user && doDevicesCount(world, terms)
        ? await isKnownDevice(world, caller, user.id)
        : undefined,
    ...(id === undefined ? {} : { id }),
    userId: user?.id,
    identifier,
    replacesSessions: beginning.replacesSessions ?? false,
    ticketId: (token ?? invitation)?.id,
    firstFactor: terms ? provedByTicket : firstFactor,
  };
  const status = user
    ? nextStep(
        await readPolicy(world, caller, user, draft, { token: terms, isAnyDomainTaken }),
        draft,
      )
    : 'needs_identifier';
  if (user && status === undefined)
    return openForSignIn(world, caller, user, draft, { ...beginning, isNew: true });
  if (user && status) await refuseDeadEnd(world, user, status);
  const newClient = caller.client ? undefined : draftClient(world, caller.presentedHash, clientId);
  return addSignIn(world, caller, { ...draft, status: status ?? 'needs_identifier' }, newClient);
}

/**
 * Begins an attempt that waits for its first proof, with the same statements for a user and
 * for none.
 */
export async function waitForProof(
  world: World,
  caller: Caller,
  user: User | undefined,
  beginning: Pick<SignIn, 'id' | 'firstFactor' | 'signsUpIfMissing'> & { identifier: string },
): Promise<SignInProgress> {
  const newClient = caller.client ? undefined : draftClient(world, caller.presentedHash);
  const client = caller.client ?? newClient?.client;
  if (!client) throw new TypeError('a sign-in needs a client');
  const isDeviceKnown = doDevicesCount(world, undefined)
    ? await isKnownDevice(world, caller, user?.id ?? nobodyId)
    : undefined;
  const signIn: SignIn = {
    ...draftSignIn(world, client.id),
    ...beginning,
    userId: user?.id,
    isDeviceKnown,
    status: 'needs_first_factor',
  };
  return addSignIn(world, caller, signIn, newClient);
}

/** Writes an attempt, and the client that was made for it. */
async function addSignIn(
  world: World,
  caller: Caller,
  signIn: SignIn,
  newClient: SignInProgress['newClient'],
): Promise<SignInProgress> {
  if (newClient) await world.store.clients.create(newClient.client);
  if (newClient && caller.devBrowserHash)
    await world.store.devBrowsers.point(caller.devBrowserHash, newClient.client.id);
  await world.store.signIns.add(signIn, { id: signIn.clientId, now: world.clock.now() });
  return { newClient, signIn };
}

const provedByTicket = { strategy: 'ticket', status: 'verified' } as const;

/** Writes what a step proved, and goes on to the next one, or opens the session. */
export async function advance(
  world: World,
  caller: Caller,
  user: User,
  signIn: SignIn,
  change: SignInChange,
): Promise<SignInProgress> {
  if (signIn.ticketId === undefined) return advanceOnce(world, caller, user, signIn, change);
  return notingRefusal(world, caller, signIn.ticketId, () =>
    advanceOnce(world, caller, user, signIn, change),
  );
}

async function advanceOnce(
  world: World,
  caller: Caller,
  user: User,
  signIn: SignIn,
  change: SignInChange,
): Promise<SignInProgress> {
  const ticket = await findPresented(world, signIn.ticketId);
  const proved = { ...signIn, ...change };
  const policy = await readPolicy(world, caller, user, proved, { token: termsOf(ticket) });
  const status = nextStep(policy, proved);
  if (status) await refuseDeadEnd(world, user, status);
  const written = { ...change, ...(status ? { status } : {}), attempts: 0 };
  const updated = await writeStep(world, signIn, written);
  if (status) return { signIn: updated };
  return openForSignIn(world, caller, user, updated, { isNew: false, ...ticket });
}

/**
 * Refuses a sign-in that would wait for what this person cannot prove. A proof that is asked
 * for is never left out for want of a way to give it.
 */
async function refuseDeadEnd(world: World, user: User, status: SignInStatus): Promise<void> {
  const stage = stageOf(status);
  if (!stage || (await factorsOf(world, stage, user)).length > 0) return;
  const [code, message] = deadEnds[stage.proof];
  throw new Refusal(code, message);
}

const deadEnds = {
  firstFactor: [
    'strategy_for_user_invalid',
    'This account has no way to sign in here. Ask for help where you got the link.',
  ],
  secondFactor: [
    'second_factor_unavailable',
    'This sign-in needs a second factor, and the account has none. Ask the operator.',
  ],
  clientTrust: [
    'client_trust_unavailable',
    'This device is not known, and the account has no verified e-mail address to prove it by. Ask the operator.',
  ],
} as const satisfies Record<Stage['proof'], readonly [ErrorCode, string]>;
