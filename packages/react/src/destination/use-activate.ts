import { useCallback, useLayoutEffect, useRef } from 'react';
import { useProvider } from '../provider/context.ts';
import type { Leave } from './use-leave.ts';

/** Makes a session active, then goes to the destination. Rejects when it is not live. */
export type Activate = (sessionId: string) => Promise<void>;

/**
 * How a form activates the session that it opened. Whoever took the form away while the server
 * was asked is signed in, and stays where they are.
 */
export function useActivate({ leave }: Leave): Activate {
  const { willcall } = useProvider();
  const isMounted = useRef(false);
  // Before the effects of a step, which may have a session already.
  useLayoutEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  return useCallback(
    (session) =>
      willcall.setActive({
        session,
        navigate: () => {
          if (isMounted.current) leave();
        },
      }),
    [willcall, leave],
  );
}
