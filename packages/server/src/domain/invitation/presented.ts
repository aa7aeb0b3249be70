import type { Caller } from '../client/identify.ts';
import { isId } from '../id.ts';
import {
  type Continuation,
  isContinuation,
  requireContinuation,
} from '../sign-in-token/continuation.ts';
import type { World } from '../world.ts';
import { findInvitation } from './find.ts';
import type { Invitation } from './invitation.ts';

/** An invitation as it is presented: by its ticket, or by the continuation that stands for it, confirmed. */
export interface PresentedInvitation {
  readonly invitation: Invitation;
  readonly continuation: Continuation | undefined;
}

/** The invitation that a text presents; `undefined` for everything else. */
export async function findPresentedInvitation(
  world: World,
  caller: Caller,
  text: string,
): Promise<PresentedInvitation | undefined> {
  const continuation = isContinuation(text)
    ? await requireContinuation(world, caller, text)
    : undefined;
  const invitation = continuation
    ? await findContinued(world, continuation)
    : await findInvitation(world, text);
  return invitation && { invitation, continuation };
}

async function findContinued(
  world: World,
  { tokenId }: Continuation,
): Promise<Invitation | undefined> {
  const isOfInvitation = isId('inv', tokenId) || isId('orginv', tokenId);
  return isOfInvitation ? world.store.invitations.find(tokenId) : undefined;
}
