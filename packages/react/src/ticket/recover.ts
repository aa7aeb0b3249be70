import { type Willcall, WillcallError } from '@willcall/browser';
import { isAbout } from '../errors/is-about.ts';
import { recoverSession } from '../errors/recover-session.ts';
import { reportUnsupported } from '../errors/report-unsupported.ts';
import { keepTicket } from './keep.ts';
import { missingAccount } from './missing-account.ts';
import type { PresentedTicket, Redemption } from './redemption.ts';

/**
 * What becomes of a ticket that was refused: the session that is there already, a question to
 * the person, an account that is to be made with it first where this page does that as well,
 * else the refusal. Never rejects.
 *
 * @param redeem presents the ticket anew
 */
export async function recoverTicket(
  willcall: Willcall,
  { ticket, purpose, answer }: PresentedTicket,
  error: unknown,
  redeem: (presented: PresentedTicket) => Promise<Redemption>,
): Promise<Redemption> {
  const sessionId = recoverSession(willcall, error);
  if (sessionId) return { status: 'complete', sessionId };
  const question = error instanceof WillcallError ? error.meta.confirmation : undefined;
  const mayPass = canRetry(error);
  if ((question || mayPass) && purpose !== 'code')
    keepTicket({ ticket, ticketStatus: purpose === 'sign-up' ? 'sign_up' : undefined });
  if (question && purpose !== 'code') return { status: 'asked', question };
  if (purpose === 'either' && isAbout(error, missingAccount))
    return redeem({ ticket, purpose: 'sign-up', answer });
  if (isAbout(error, ['status_unknown'])) reportUnsupported(willcall, String(error));
  return { status: 'refused', error, canRetry: mayPass };
}

/** A step that this release has not got: told to the developer once. */
export function stopAt(willcall: Willcall, step: string): Redemption {
  reportUnsupported(willcall, step);
  return { status: 'unsupported', step };
}

/** Whether the same ticket may work in a moment: no answer of the server, too busy, or a fault of it. */
function canRetry(error: unknown): boolean {
  if (!(error instanceof WillcallError)) return true;
  return error.status === 429 || error.status >= 500 || isAbout(error, ['answer_unreadable']);
}
