import type { Caller } from '../client/identify.ts';
import { findPresentedInvitation } from '../invitation/presented.ts';
import { redeemInvitation } from '../invitation/redeem.ts';
import type { Presentation } from '../sign-in-token/question.ts';
import { redeemTicket } from '../sign-in-token/redeem.ts';
import { notingRefusal } from '../sign-in-token/refused-redemption.ts';
import type { World } from '../world.ts';
import type { SignInProgress } from './advance.ts';

/** Redeems the ticket of a token or of an invitation, or the continuation of either. */
export async function redeemAnyTicket(
  world: World,
  caller: Caller,
  text: string,
  how: Presentation = {},
): Promise<SignInProgress> {
  const presented = await findPresentedInvitation(world, caller, text);
  if (!presented) return redeemTicket(world, caller, text, how);
  const { invitation, continuation } = presented;
  return notingRefusal(world, caller, invitation.id, () =>
    redeemInvitation(world, caller, invitation, how, continuation),
  );
}
