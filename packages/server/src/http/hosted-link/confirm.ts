import type { Caller } from '../../domain/client/identify.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { SignInProgress } from '../../domain/sign-in/advance.ts';
import { startContinuation } from '../../domain/sign-in-token/continuation.ts';
import { refuseSpent, requireHolder } from '../../domain/sign-in-token/explain.ts';
import { addTicket, isHostedPage, redeemingPage } from '../../domain/sign-in-token/link.ts';
import { findTicketHolder, redeemTicket } from '../../domain/sign-in-token/redeem.ts';
import { refuseOtherBrowser } from '../../domain/sign-in-token/same-browser.ts';
import type { SignInToken } from '../../domain/sign-in-token/sign-in-token.ts';
import type { User } from '../../domain/user/user.ts';
import type { World } from '../../domain/world.ts';

/** What a person can press. */
export type Press = 'continue' | 'switch' | 'add' | 'at_once';

/** Where a press leads: the browser's new identity where we redeemed, and the next address. */
export interface Confirmed {
  readonly progress?: SignInProgress | undefined;
  readonly next: string;
  /** Whether the link has served, so that a second press makes no sense. */
  readonly isOver: boolean;
}

/** The token of a link that is still good, and its user; refuses others. */
export async function requireLink(
  world: World,
  caller: Caller,
  ticket: string,
): Promise<{ token: SignInToken; user: User } | undefined> {
  const token = await findTicketHolder(world, ticket);
  if (!token) return undefined;
  refuseSpent(token, world.clock.now());
  // Of a verifier that is in no cookie of ours, only the page of the app knows.
  if (isHostedPage(world, redeemingPage(world, token))) refuseOtherBrowser(token, caller);
  return { token, user: await requireHolder(world, token) };
}

/** The address that a press leads to in the end, without anything secret in it. */
export function targetOf(world: World, token: SignInToken): string {
  const page = redeemingPage(world, token);
  if (!isHostedPage(world, page)) return page;
  const { settings, publicUrl } = world.instance;
  return new URL(token.redirectUrl ?? settings.afterSignInUrl ?? '/', publicUrl).href;
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
  const token = await findTicketHolder(world, ticket);
  const page = redeemingPage(world, token);
  const signedIn = press === 'switch' || press === 'add' ? press : undefined;
  if (token && !isHostedPage(world, page)) {
    await requireLink(world, caller, ticket);
    const { presentedHash } = caller;
    const terms = { page, presentedHash, signedIn };
    const continuation = await startContinuation(world, token, terms);
    return { next: addTicket(page, token, continuation), isOver: false };
  }
  // Nobody pressed where the browser knew the person: the rule of `auto` is judged again.
  const how = press === 'at_once' ? { asks: 'visible' as const } : { isConfirmed: true, signedIn };
  const target = token ? targetOf(world, token) : '/';
  try {
    const progress = await redeemTicket(world, caller, ticket, how);
    const next = progress.opened ? target : stepPage(progress, token);
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
function stepPage({ signIn }: SignInProgress, token: SignInToken | undefined): string {
  const path = `/sign-in/${stepPaths[signIn.status] ?? ''}`;
  if (token?.redirectUrl === undefined) return path;
  return `${path}?${new URLSearchParams({ redirect_url: token.redirectUrl }).toString()}`;
}

const stepPaths: Readonly<Record<string, string>> = {
  needs_first_factor: 'methods',
  needs_second_factor: 'second-factor',
  needs_client_trust: 'client-trust',
};
