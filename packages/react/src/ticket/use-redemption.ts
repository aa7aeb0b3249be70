import { useCallback, useEffect, useState } from 'react';
import { useProvider } from '../provider/context.ts';
import type { Leave } from '../destination/use-leave.ts';
import { redeemTicket } from './redeem.ts';
import type { Redemption, TicketAnswer, TicketPurpose } from './redemption.ts';

/** How a redemption stands in a component; `undefined` without a ticket. */
export type RedemptionState = { readonly status: 'redeeming' } | Redemption | undefined;

export interface UsedRedemption {
  readonly redemption: RedemptionState;
  /** Sends the same ticket again. */
  readonly retry: () => void;
  /** Sends it with what the person answered. */
  readonly confirm: (answer: TicketAnswer) => void;
}

/**
 * Redeems a ticket as soon as there is one, makes its session active and leaves the page. Whoever
 * takes the component away meanwhile is signed in all the same, and stays.
 */
export function useRedemption(
  ticket: string | undefined,
  purpose: TicketPurpose,
  leave: Leave['leave'],
): UsedRedemption {
  const { willcall } = useProvider();
  const [end, setEnd] = useState<{ of: string; redemption: Redemption }>();
  // An answer is good for its own ticket. A new object is a new try.
  const [given, setGiven] = useState<{ of?: string | undefined; answer?: TicketAnswer }>({});

  useEffect(() => {
    if (ticket === undefined) return;
    let isCurrent = true;
    async function run(ofTicket: string) {
      const answer = given.of === ofTicket ? given.answer : undefined;
      const redemption = await redeemTicket(willcall, { ticket: ofTicket, purpose, answer });
      // StrictMode runs this twice and shares the redemption; the second run goes on, and has made
      // the session active by the next turn. Where there is no session then, there is no second run.
      if (isCurrent) setEnd({ of: ofTicket, redemption });
      else
        await new Promise((go) => {
          setTimeout(go);
        });
      if (redemption.status !== 'complete' || (!isCurrent && willcall.session)) return;
      const navigate = () => isCurrent && leave();
      await willcall
        .setActive({ session: redemption.sessionId, navigate })
        .catch((error: unknown) => {
          if (isCurrent)
            setEnd({ of: ofTicket, redemption: { status: 'refused', error, canRetry: true } });
        });
    }
    void run(ticket);
    return () => {
      isCurrent = false;
    };
  }, [willcall, ticket, purpose, given, leave]);

  const retry = useCallback(() => {
    setEnd(undefined);
    setGiven((last) => ({ ...last }));
  }, []);
  const confirm = useCallback(
    (answer: TicketAnswer) => {
      setGiven({ of: ticket, answer });
      setEnd(undefined);
    },
    [ticket],
  );

  const present = end && end.of === ticket ? end.redemption : { status: 'redeeming' as const };
  return { redemption: ticket === undefined ? undefined : present, retry, confirm };
}
