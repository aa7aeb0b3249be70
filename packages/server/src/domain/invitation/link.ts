import type { Secret } from '../secret.ts';
import {
  addTicket,
  hostedSignUpPage,
  redeemingPage,
  type SignInLink,
  signInLink,
} from '../sign-in-token/link.ts';
import type { Holder } from '../sign-in-token/question.ts';
import { isAddressEnough } from '../sign-up/sign-up.ts';
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
 * Whoever has an account is asked on the way, as with every link, and so is whoever gets one by
 * the ticket alone. A form that asks for more waits by itself.
 */
export async function invitationDestination(
  world: World,
  invitation: Invitation,
  ticket: Secret,
): Promise<string> {
  const { link } = await readInvitationLink(world, invitation);
  const isForm = link.ticketStatus === 'sign_up' && !isAddressEnough(world);
  const page = redeemingPage(world, link);
  return isForm ? addTicket(page, link, ticket) : signInLink(world, link, ticket);
}

/** What the link of an invitation says, and for whom. */
export async function readInvitationLink(
  world: World,
  invitation: Invitation,
): Promise<{ link: SignInLink; holder: Holder }> {
  const user = await findInvited(world, invitation);
  const terms = { ...signInTermsOf(invitation), redirectUrl: undefined, challenge: undefined };
  if (!user) {
    const signInUrl = invitation.redirectUrl ?? signUpPage(world);
    const link: SignInLink = { ...terms, signInUrl, ticketStatus: 'sign_up' };
    return { link, holder: { newAddress: invitation.emailAddress } };
  }
  const ticketStatus = (await findMember(world, invitation, user)) ? 'complete' : 'sign_in';
  return { link: { ...terms, signInUrl: invitation.redirectUrl, ticketStatus }, holder: user };
}

function signUpPage(world: World): string {
  return world.instance.settings.signUpUrl ?? hostedSignUpPage(world);
}

/** An invitation has no wish of its own about being asked, and nobody acts as somebody else by it. */
export function signInTermsOf({
  id,
}: Invitation): Pick<SignInLink, 'id' | 'confirmation' | 'actor'> {
  return { id, confirmation: undefined, actor: undefined };
}
