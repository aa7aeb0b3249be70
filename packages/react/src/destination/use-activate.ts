import { useCallback, useLayoutEffect, useRef } from 'react';
import { useProvider } from '../provider/context.ts';
import type { Leave } from './use-leave.ts';

/**
 * `activate` for a form. Whoever took the form away while the server was asked is signed in,
 * and stays where they are.
 */
export function useActivate({ activate }: Leave): Leave['activate'] {
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
    (session) => (isMounted.current ? activate(session) : willcall.setActive({ session })),
    [willcall, activate],
  );
}
