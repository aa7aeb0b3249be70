import type { Willcall } from '@willcall/browser';
import { loadLate } from '../entrance/load-late.ts';
import { forgetTicket } from './recall.ts';
import type { PresentedTicket, Redemption } from './redemption.ts';
import { dropTicket } from './take.ts';

const redemptions = new WeakMap<Willcall, Map<string, Promise<Redemption>>>();

/**
 * Redeems a ticket. Never rejects. Calls with the same ticket share one redemption, however
 * often a component mounts; a failure that may pass is not kept, so it can be tried again,
 * and neither is a question.
 */
export function redeemTicket(willcall: Willcall, presented: PresentedTicket): Promise<Redemption> {
  const known = redemptions.get(willcall) ?? new Map<string, Promise<Redemption>>();
  redemptions.set(willcall, known);
  const name = `${presented.purpose} ${presented.ticket}`;
  const shared = known.get(name);
  if (shared) return shared;
  const redemption = redeem(willcall, presented).then((end) => {
    dropTicket(willcall);
    const isOpen = end.status === 'asked' || (end.status === 'refused' && end.canRetry);
    if (isOpen) known.delete(name);
    else forgetTicket();
    return end;
  });
  known.set(name, redemption);
  return redemption;
}

async function redeem(willcall: Willcall, presented: PresentedTicket): Promise<Redemption> {
  try {
    const { status, createdSessionId } = await present(willcall, presented);
    if (status === 'complete' && createdSessionId) return { status, sessionId: createdSessionId };
    if (status === 'needs_identifier' || status === 'complete' || status === 'abandoned') {
      return (await loadLate()).stopAt(willcall, status);
    }
    return { status: 'next', step: status };
  } catch (error) {
    const recovery = await loadLate().catch(() => undefined);
    const recovered = await recovery?.recoverTicket(willcall, presented, error, (anew) =>
      redeemTicket(willcall, anew),
    );
    return recovered ?? { status: 'refused', error, canRetry: true };
  }
}

function present({ signIn, signUp }: Willcall, { ticket, purpose, answer }: PresentedTicket) {
  // A page that is drawn ahead counts as hidden too.
  const asks = purpose === 'code' ? undefined : document.visibilityState;
  if (purpose === 'sign-up') return signUp.create({ ticket, asks, ...answer });
  return signIn.create({ strategy: 'ticket', ticket, asks, ...answer });
}
