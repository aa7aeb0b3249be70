import { useCallback, useRef, useState } from 'react';
import { useProvider } from '../provider/context.ts';
import { chooseDestination } from './choose.ts';
import { goTo } from './go.ts';

/** The props of a component that say where people go when it is done. */
export interface DestinationProps {
  /** Where people go when signed in, whatever the address says. */
  readonly forceRedirectUrl?: string | undefined;
  /** Where people go when signed in, if the address has no `redirect_url`. Default `/`. */
  readonly fallbackRedirectUrl?: string | undefined;
}

export interface Leave {
  /** Goes to the destination, once with each session. */
  readonly leave: () => void;
  /** Whether the destination turned out to be this very page. */
  readonly hasStayed: boolean;
}

/** The way out of a sign-in or sign-up, taken at most once with each session. */
export function useLeave({ forceRedirectUrl, fallbackRedirectUrl }: DestinationProps): Leave {
  const { willcall, settings } = useProvider();
  const leftWith = useRef<string | null | undefined>(null);
  const [hasStayed, setStayed] = useState(false);

  const leave = useCallback(() => {
    const { id, status } = willcall.session ?? {};
    // A pending session has something to do here first.
    if (id === leftWith.current || status === 'pending') return;
    leftWith.current = id;
    const page = new URL(location.href);
    const destination = chooseDestination({ page, forceRedirectUrl, fallbackRedirectUrl });
    if (!goTo(willcall, settings, destination)) setStayed(true);
  }, [willcall, settings, forceRedirectUrl, fallbackRedirectUrl]);

  return { leave, hasStayed };
}
