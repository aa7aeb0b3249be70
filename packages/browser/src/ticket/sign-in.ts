import type { Page } from '../page/page.ts';
import { pageError } from '../request/errors.ts';
import { requireText } from '../request/require-text.ts';
import { answerFailure } from '../sign-in/finalize.ts';
import type { Outcome, TicketParams } from '../sign-in/sign-in.ts';
import { readTicket } from './read.ts';
import { redeemTicket } from './redeem.ts';
import { stripTicket } from './strip.ts';

/** See `SignIn.ticket`. */
export async function signInByTicket(page: Page, params: TicketParams = {}): Promise<Outcome> {
  if (params.ticket !== undefined) requireText(params, 'signIn.ticket', 'ticket');
  const ticket = params.ticket ?? takeTicket(page);
  if (!ticket) {
    return {
      error: pageError('ticket_missing', 'This link is not complete. Open all of it again.'),
    };
  }
  return answerFailure(() => redeemTicket(page, { ticket }));
}

/**
 * Takes the ticket out of the address bar before anything is sent. It stays in memory, so
 * that a second call finds what the first one took.
 */
function takeTicket(page: Page): string | undefined {
  const found = readTicket(location)?.ticket;
  if (found) page.takenTicket = found;
  stripTicket(history, location);
  return page.takenTicket;
}
