import { isId } from '../id.ts';
import type { Invitation } from '../invitation/invitation.ts';
import { Refusal } from '../refusal.ts';
import type { SignInToken, TicketTerms } from '../sign-in-token/sign-in-token.ts';
import type { World } from '../world.ts';

/** What the ticket of a sign-in stands for: a token, or an invitation of somebody who has an account. */
export interface PresentedTicket {
  readonly token?: SignInToken | undefined;
  readonly invitation?: Invitation | undefined;
}

/** What a ticket asks for besides itself; `undefined` without one. An invitation asks for nothing by name. */
export function termsOf({ token, invitation }: PresentedTicket): TicketTerms | undefined {
  return token ?? (invitation && { actor: undefined, stepUp: undefined });
}

/**
 * What the ticket with which an attempt began stands for; nothing where there was none. Refuses
 * where its row is gone: without it nobody knows what it asked for.
 */
export async function findPresented(
  world: World,
  ticketId: string | undefined,
): Promise<PresentedTicket> {
  if (ticketId === undefined) return {};
  const isInvitation = isId('inv', ticketId) || isId('orginv', ticketId);
  const presented: PresentedTicket = isInvitation
    ? { invitation: await world.store.invitations.find(ticketId) }
    : { token: await world.store.signInTokens.find(ticketId) };
  if (presented.invitation ?? presented.token) return presented;
  throw new Refusal('sign_in_step_invalid', 'This sign-in is over. Start again.');
}
