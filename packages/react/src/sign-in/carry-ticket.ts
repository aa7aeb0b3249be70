import type { Environment, TicketInUrl } from '@willcall/browser';
import { signUpLink } from '../link/page-links.ts';
import type { ProviderSettings } from '../provider/context.ts';

/**
 * Goes to the sign-up page with a ticket that creates an account, in place of the present page.
 *
 * @param own the component's own sign-up page, if it names one
 */
export function carryTicket(
  { ticket }: TicketInUrl,
  own: string | undefined,
  settings: ProviderSettings,
  environment: Environment,
): void {
  const url = new URL(signUpLink(own, settings, environment), location.href);
  url.searchParams.set('__clerk_ticket', ticket);
  url.searchParams.set('__clerk_status', 'sign_up');
  location.replace(url);
}
