import { urlParameters } from '@willcall/contract';
import type { Secret } from '../secret.ts';
import type { World } from '../world.ts';
import { findInvited, findMember } from './find.ts';
import type { Invitation } from './invitation.ts';

/**
 * The address that is mailed: ours, since only a click tells whether the person shall sign in
 * or sign up. It changes nothing, so that a mail scanner spends nothing.
 */
export function invitationLink({ instance }: World, ticket: Secret): string {
  const url = new URL(`${instance.publicUrl}/v1/tickets/accept`);
  url.searchParams.set('ticket', ticket.reveal());
  return url.href;
}

/** What the page that gets a ticket shall do with it, as the wire names it. */
export type TicketStatus = 'sign_in' | 'sign_up' | 'complete';

/** Where a click on the link leads: the page of the invitation, else the one to sign up or in at. */
export async function invitationDestination(
  world: World,
  invitation: Invitation,
  ticket: Secret,
): Promise<string> {
  const { settings, publicUrl } = world.instance;
  const status = await ticketStatus(world, invitation);
  const page =
    status === 'sign_up'
      ? (settings.signUpUrl ?? `${publicUrl}/sign-up`)
      : (settings.signInUrl ?? `${publicUrl}/sign-in`);
  const url = new URL(invitation.redirectUrl ?? page);
  url.searchParams.set(urlParameters.ticket, ticket.reveal());
  url.searchParams.set(urlParameters.ticketStatus, status);
  return url.href;
}

async function ticketStatus(world: World, invitation: Invitation): Promise<TicketStatus> {
  const user = await findInvited(world, invitation);
  if (!user) return 'sign_up';
  return (await findMember(world, invitation, user)) ? 'complete' : 'sign_in';
}
