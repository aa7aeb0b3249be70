import { urlParameters } from '@willcall/contract';
import type { Secret } from '../secret.ts';
import { type SignInLink, signInLink } from '../sign-in-token/link.ts';
import type { User } from '../user/user.ts';
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

/**
 * Where a click on the link leads: the page of the invitation, else the one to sign up or in at.
 * Whoever has an account is asked on the way, as with every link.
 */
export async function invitationDestination(
  world: World,
  invitation: Invitation,
  ticket: Secret,
): Promise<string> {
  const { settings, publicUrl } = world.instance;
  const user = await findInvited(world, invitation);
  if (user) return signInLink(world, await linkForUser(world, invitation, user), ticket);
  const page = invitation.redirectUrl ?? settings.signUpUrl ?? `${publicUrl}/sign-up`;
  const url = new URL(page);
  url.searchParams.set(urlParameters.ticket, ticket.reveal());
  url.searchParams.set(urlParameters.ticketStatus, 'sign_up');
  return url.href;
}

/** What the link of an invitation says for the user who has its address. */
export async function linkForUser(
  world: World,
  invitation: Invitation,
  user: User,
): Promise<SignInLink> {
  return {
    ...signInTermsOf(invitation),
    signInUrl: invitation.redirectUrl,
    redirectUrl: undefined,
    challenge: undefined,
    ticketStatus: (await findMember(world, invitation, user)) ? 'complete' : 'sign_in',
  };
}

/** An invitation has no wish of its own about being asked, and nobody acts as somebody else by it. */
export function signInTermsOf({
  id,
}: Invitation): Pick<SignInLink, 'id' | 'confirmation' | 'actor'> {
  return { id, confirmation: undefined, actor: undefined };
}
