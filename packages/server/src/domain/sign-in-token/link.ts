import { urlParameters } from '@willcall/contract';
import { readWebAddress } from '../web-address.ts';
import type { Secret } from '../secret.ts';
import type { World } from '../world.ts';
import { confirmationOf } from './confirmation.ts';
import type { SignInToken } from './sign-in-token.ts';

/** Which page redeems a link, and where the person goes afterwards. */
type Target = Pick<SignInToken, 'signInUrl' | 'redirectUrl'> & {
  /** What the page shall do with the ticket, in the words of the wire; only invitations say it. */
  readonly ticketStatus?: 'sign_in' | 'sign_up' | 'complete' | undefined;
};

/** What a link says besides its ticket: a token's, or an invitation's. */
export type SignInLink = Target & Pick<SignInToken, 'id' | 'confirmation' | 'actor' | 'challenge'>;

/**
 * The address to send to the person: the page that shall redeem the ticket, its own query
 * kept, with the ticket and where to go afterwards. Where the person may have to be asked
 * and that page does not ask by itself, it is the hosted page, which asks and goes on there.
 * Built from configured addresses only.
 */
export function signInLink(
  world: World,
  link: (Target & Pick<SignInToken, 'confirmation'>) | undefined,
  ticket: Secret,
): string {
  const page = redeemingPage(world, link);
  const isAskedFirst = confirmationOf(world, link) !== 'none' && !isAskingPage(world, page);
  return addTicket(isAskedFirst ? hostedPage(world) : page, link, ticket);
}

/** The page that shall redeem a ticket: the link's, else the instance's, else the hosted one. */
export function redeemingPage(world: World, link: Target | undefined): string {
  return link?.signInUrl ?? world.instance.settings.signInUrl ?? hostedPage(world);
}

/** The address of a page with a ticket in it, and where to go afterwards. */
export function addTicket(page: string, link: Target | undefined, ticket: Secret): string {
  const { href, isBare } = readWebAddress(page);
  const text = ticket.reveal();
  const isTicketAlone = link?.redirectUrl === undefined && link?.ticketStatus === undefined;
  // One of ours stands in a query as it is. What a visitor brought may be anything.
  if (isBare && isTicketAlone && /^[\w-]+$/.test(text))
    return `${href}?${urlParameters.ticket}=${text}`;
  const url = new URL(href);
  url.searchParams.set(urlParameters.ticket, text);
  if (link?.redirectUrl !== undefined)
    url.searchParams.set(urlParameters.redirectUrl, link.redirectUrl);
  if (link?.ticketStatus !== undefined)
    url.searchParams.set(urlParameters.ticketStatus, link.ticketStatus);
  return url.href;
}

/** Whether a page is a hosted one to sign in or up at, at any step. */
export function isHostedPage(world: World, page: string): boolean {
  const { origin, pathname } = readWebAddress(page);
  return [hostedPage(world), hostedSignUpPage(world)].some((own) => {
    const hosted = readWebAddress(own);
    const isBelow = pathname === hosted.pathname || pathname.startsWith(`${hosted.pathname}/`);
    return origin === hosted.origin && isBelow;
  });
}

/** Whether the operator said that this page of an app asks by itself, and calls us directly. */
export function isAppPageThatAsks({ instance }: World, page: string): boolean {
  return instance.settings.askingPages.some((own) => placeOf(own) === placeOf(page));
}

function isAskingPage(world: World, page: string): boolean {
  return isHostedPage(world, page) || isAppPageThatAsks(world, page);
}

function hostedPage({ instance }: World): string {
  return `${instance.publicUrl}/sign-in`;
}

/** The hosted page where accounts are made. */
export function hostedSignUpPage({ instance }: World): string {
  return `${instance.publicUrl}/sign-up`;
}

/** Origin and path, which tell a page; a closing `/` does not. */
function placeOf(page: string): string {
  const { origin, pathname } = readWebAddress(page);
  return origin + pathname.replace(/\/$/, '');
}
