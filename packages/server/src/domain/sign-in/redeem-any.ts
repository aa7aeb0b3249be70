import type { Caller } from '../client/identify.ts';
import { isId } from '../id.ts';
import { findInvitation } from '../invitation/find.ts';
import type { Invitation } from '../invitation/invitation.ts';
import { redeemInvitation } from '../invitation/redeem.ts';
import {
  type Continuation,
  isContinuation,
  requireContinuation,
} from '../sign-in-token/continuation.ts';
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
  const { invitation, continuation } = await findInvited(world, caller, text);
  if (!invitation) return redeemTicket(world, caller, text, how);
  return notingRefusal(world, caller, invitation.id, () =>
    redeemInvitation(world, caller, invitation, how, continuation),
  );
}

/** The invitation that is presented, if it is one. */
async function findInvited(
  world: World,
  caller: Caller,
  text: string,
): Promise<{ invitation?: Invitation | undefined; continuation?: Continuation }> {
  if (!isContinuation(text)) return { invitation: await findInvitation(world, text) };
  const continuation = await requireContinuation(world, caller, text);
  const { tokenId } = continuation;
  const isOfInvitation = isId('inv', tokenId) || isId('orginv', tokenId);
  if (!isOfInvitation) return {};
  return { invitation: await world.store.invitations.find(tokenId), continuation };
}
