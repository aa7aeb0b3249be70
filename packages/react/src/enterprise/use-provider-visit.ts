import { useEffect, useRef, useState } from 'react';
import { useProvider } from '../provider/context.ts';
import type { RoutingProps } from '../route/use-step.ts';
import type { NextStep } from '../ticket/redemption.ts';
import { goToProvider } from './go-to-provider.ts';
import { soleConnection } from './sole-connection.ts';

export interface ProviderVisit {
  /** Whether the person is on the way to the provider: what is shown stays until the page is gone. */
  readonly isLeaving: boolean;
  /** Why they could not be taken there. */
  readonly error: unknown;
}

/**
 * Takes a person whose ticket needs nothing but their identity provider straight to it. The
 * address holds the step that offers the way again by then, for a reload on the way and for
 * the back button at the provider.
 *
 * @param next what a ticket still needs
 */
export function useProviderVisit(next: NextStep | undefined, routing: RoutingProps): ProviderVisit {
  const { willcall } = useProvider();
  const [end, setEnd] = useState<{ error?: unknown }>();
  const isNeeded = next === 'needs_first_factor';
  const connection = isNeeded ? soleConnection(willcall.signIn) : undefined;
  const isLeaving = connection !== undefined && end === undefined;
  const latest = useRef({ connection, routing });
  latest.current = { connection, routing };
  useEffect(() => {
    if (!isLeaving) return;
    let isCurrent = true;
    async function go() {
      // StrictMode runs this twice in one go; only the second one leaves.
      await Promise.resolve();
      const { connection: to, routing: place } = latest.current;
      if (isCurrent && to) await goToProvider(willcall.signIn, to, place);
    }
    go().then(
      () => isCurrent && setEnd({}),
      (error: unknown) => isCurrent && setEnd({ error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [willcall, isLeaving]);
  return { isLeaving, error: end?.error };
}
