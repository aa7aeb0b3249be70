import type { Caller } from '../client/identify.ts';
import { notFound, Refusal } from '../refusal.ts';
import { refuseSpentInvitation } from '../invitation/explain.ts';
import { refuseSpent, ticketGrace } from '../sign-in-token/explain.ts';
import { notingRefusal } from '../sign-in-token/refused-redemption.ts';
import { nobodyId, type User } from '../user/user.ts';
import type { World } from '../world.ts';
import { type Claim, isClaim, readClaim } from './claim.ts';
import { findPresented } from './presented-ticket.ts';
import { isResetProof, type SignIn } from './sign-in.ts';

/** The attempt of this id, if it is this client's and not abandoned. */
export async function requireSignIn(world: World, caller: Caller, id: string): Promise<SignIn> {
  if (!caller.client)
    throw new Refusal('client_not_found', 'This browser has not started to sign in. Start again.');
  const signIn = await world.store.signIns.find(id);
  if (!signIn || signIn.clientId !== caller.client.id) throw notFound('sign-in');
  if (signIn.abandonAt <= world.clock.now()) {
    throw new Refusal('sign_in_step_invalid', 'This sign-in took too long. Start again.');
  }
  return signIn;
}

/**
 * The attempt and its user, where it waits for this state. One that began with a ticket
 * ends with it: what became of the ticket meanwhile is told at once.
 */
export async function requireStep(
  world: World,
  caller: Caller,
  id: string,
  status: SignIn['status'],
): Promise<{ signIn: SignIn; user: User }> {
  const signIn = await requireSignIn(world, caller, id);
  // The state first: what a wrong step reads must not tell whether there is a user.
  const isHere = signIn.status === status && signIn.userId !== undefined;
  const user = isHere ? await world.store.users.find(signIn.userId) : undefined;
  if (!user)
    throw new Refusal('sign_in_step_invalid', 'This step does not belong here. Start again.');
  refuseLateReset(signIn, world.clock.now());
  const { ticketId } = signIn;
  if (ticketId !== undefined)
    await notingRefusal(world, caller, ticketId, () => refuseSpentTicket(world, ticketId));
  return { signIn, user };
}

/** The form starts again at this code, where the person can have a new one sent. */
function refuseLateReset({ firstFactor }: SignIn, now: number): void {
  if (!isResetProof(firstFactor) || (firstFactor?.expireAt ?? 0) > now) return;
  throw new Refusal(
    'sign_in_step_invalid',
    'Choosing a new password took too long. Start again, with a new code.',
  );
}

/** The claim of an attempt that is one, read with the same statements for somebody and for nobody. */
export async function findClaim(
  world: World,
  caller: Caller,
  id: string,
): Promise<{ signIn: SignIn; claim: Claim } | undefined> {
  const signIn = await requireSignIn(world, caller, id);
  if (signIn.identifier === undefined || !isClaim(world, signIn)) return undefined;
  const user = await world.store.users.find(signIn.userId ?? nobodyId);
  return {
    signIn,
    claim: await readClaim(world, signIn.identifier, user, signIn.signsUpIfMissing),
  };
}

async function refuseSpentTicket(world: World, ticketId: string): Promise<void> {
  const { token, invitation } = await findPresented(world, ticketId);
  if (token) refuseSpent(token, world.clock.now(), ticketGrace);
  if (invitation) await refuseSpentInvitation(world, invitation, ticketGrace);
}
