import type { Caller } from '../../domain/client/identify.ts';
import { refuseSpentInvitation } from '../../domain/invitation/explain.ts';
import { findInvitation } from '../../domain/invitation/find.ts';
import type { Invitation } from '../../domain/invitation/invitation.ts';
import { readInvitationLink } from '../../domain/invitation/link.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { SignInProgress } from '../../domain/sign-in/advance.ts';
import { redeemAnyTicket } from '../../domain/sign-in/redeem-any.ts';
import { startContinuation } from '../../domain/sign-in-token/continuation.ts';
import { refuseSpent, requireHolder } from '../../domain/sign-in-token/explain.ts';
import {
  addTicket,
  isHostedPage,
  redeemingPage,
  type SignInLink,
} from '../../domain/sign-in-token/link.ts';
import type { Holder } from '../../domain/sign-in-token/question.ts';
import { findHeld, findTicketHolder } from '../../domain/sign-in-token/redeem.ts';
import { refuseOtherBrowser } from '../../domain/sign-in-token/same-browser.ts';
import { createSignUp, type SignUpProgress } from '../../domain/sign-up/fill.ts';
import { isAddressEnough } from '../../domain/sign-up/sign-up.ts';
import { refuseUnusable } from '../../domain/user/refuse-unusable.ts';
import type { World } from '../../domain/world.ts';

/** What a person can press. */
export type Press = 'continue' | 'switch' | 'add' | 'at_once';

/** Where a press leads: the browser's new identity where we redeemed, and the next address. */
export interface Confirmed {
  readonly progress?: SignInProgress | SignUpProgress | undefined;
  readonly next: string;
  /** Whether the link has served, so that a second press makes no sense. */
  readonly isOver: boolean;
}

/** A link that is good, and whom it signs in. */
interface GoodLink {
  readonly link: SignInLink;
  readonly holder: Holder;
}

/** A link that is still good, and whom it signs in; refuses others. `undefined` for what is no ticket, or signs nobody in. */
export async function requireLink(
  world: World,
  caller: Caller,
  ticket: string,
): Promise<GoodLink | undefined> {
  const invitation = await findInvitation(world, ticket);
  if (invitation) return requireInvitedLink(world, invitation);
  const held = await findHeld(world, ticket);
  if (!held) return undefined;
  const { token } = held;
  refuseSpent(token, world.clock.now());
  // Of a verifier that is in no cookie of ours, only the page of the app knows.
  if (isHostedPage(world, redeemingPage(world, token))) refuseOtherBrowser(token, caller);
  return { link: token, holder: requireHolder(world, held) };
}

/** The same for an invitation, unless its person has to fill in a form. */
async function requireInvitedLink(
  world: World,
  invitation: Invitation,
): Promise<GoodLink | undefined> {
  const { link, holder } = await readInvitationLink(world, invitation);
  if ('newAddress' in holder && !isAddressEnough(world)) return undefined;
  await refuseSpentInvitation(world, invitation);
  if (holder.id !== undefined) refuseUnusable(holder, world.clock.now());
  return { link, holder };
}

/** The link of a ticket, whatever became of it. */
async function findLink(world: World, ticket: string): Promise<SignInLink | undefined> {
  const invitation = await findInvitation(world, ticket);
  if (!invitation) return findTicketHolder(world, ticket);
  return (await readInvitationLink(world, invitation)).link;
}

/** The address that a press leads to in the end, without anything secret in it. */
export function targetOf(world: World, link: SignInLink): string {
  const page = redeemingPage(world, link);
  if (!isHostedPage(world, page)) return page;
  const { settings, publicUrl } = world.instance;
  return new URL(link.redirectUrl ?? settings.afterSignInUrl ?? '/', publicUrl).href;
}

/**
 * Goes on after a press. Where the hosted page redeems, we do it now; else the person takes
 * a continuation to the page that will. The ticket is spent when the session opens, and not
 * by whoever is signed in as its user already. `undefined`: the person must be asked anew.
 */
export async function confirmLink(
  world: World,
  caller: Caller,
  ticket: string,
  press: Press,
): Promise<Confirmed | undefined> {
  const link = await findLink(world, ticket);
  const page = redeemingPage(world, link);
  const signedIn = press === 'switch' || press === 'add' ? press : undefined;
  if (link && !isHostedPage(world, page)) {
    await requireLink(world, caller, ticket);
    const { presentedHash } = caller;
    const terms = { page, presentedHash, signedIn };
    const continuation = await startContinuation(world, link, terms);
    return { next: addTicket(page, link, continuation), isOver: false };
  }
  // Nobody pressed where the browser knew the person: the rule of `auto` is judged again.
  const how = press === 'at_once' ? { asks: 'visible' as const } : { isConfirmed: true, signedIn };
  const target = link ? targetOf(world, link) : '/';
  try {
    if (link?.ticketStatus === 'sign_up') {
      const progress = await createSignUp(world, caller, { ticket, presentation: how });
      return { progress, next: progress.opened ? target : '/sign-up', isOver: true };
    }
    const progress = await redeemAnyTicket(world, caller, ticket, how);
    const next = progress.opened ? target : stepPage(progress, link);
    return { progress, next, isOver: true };
  } catch (error) {
    const code = error instanceof Refusal ? error.code : undefined;
    if (code === 'ticket_confirmation_required') return undefined;
    // Nobody else is signed in, or the refusal would have been the one above.
    if (code === 'session_exists' || code === 'identifier_already_signed_in')
      return { next: target, isOver: true };
    throw error;
  }
}

/** The hosted page of the step that a sign-in waits for. */
function stepPage({ signIn }: SignInProgress, link: SignInLink | undefined): string {
  const path = `/sign-in/${stepPaths[signIn.status] ?? ''}`;
  if (link?.redirectUrl === undefined) return path;
  return `${path}?${new URLSearchParams({ redirect_url: link.redirectUrl }).toString()}`;
}

const stepPaths: Readonly<Record<string, string>> = {
  needs_first_factor: 'methods',
  needs_second_factor: 'second-factor',
  needs_client_trust: 'client-trust',
};
