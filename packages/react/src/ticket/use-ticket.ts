import { useCallback, useEffect, useState } from 'react';
import type { TicketInUrl } from '@willcall/browser';
import { useProvider } from '../provider/context.ts';
import { forgetTicket } from './recall.ts';
import { peekTicket, takeTicket } from './take.ts';

/**
 * The ticket that the page was opened with, or that a link behind `#` brought later, and a
 * function that gives it up. The address bar is clean by the time the provider asks the
 * server. For mounted pages only.
 *
 * @param recall finds the one that a reload interrupted, where this component goes on with it
 */
export function useTicket(
  recall?: () => TicketInUrl | undefined,
): [found: TicketInUrl | undefined, giveUp: () => void] {
  const { willcall } = useProvider();
  const [ticket, setTicket] = useState(() => peekTicket(willcall) ?? recall?.());
  useEffect(() => {
    const take = () => {
      const found = takeTicket(willcall);
      if (found) setTicket(found);
    };
    take();
    addEventListener('popstate', take);
    addEventListener('hashchange', take);
    return () => {
      removeEventListener('popstate', take);
      removeEventListener('hashchange', take);
    };
  }, [willcall]);
  const giveUp = useCallback(() => {
    forgetTicket();
    setTicket(undefined);
  }, []);
  return [ticket, giveUp];
}
