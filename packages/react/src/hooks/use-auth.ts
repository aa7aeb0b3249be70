import { useCallback } from 'react';
import type { GetTokenParams, SignOutParams } from '@willcall/browser';
import { useProvider, useSnapshot } from '../provider/context.ts';

export interface UseAuthResult {
  readonly isLoaded: boolean;
  /** `undefined` until it is known. */
  readonly isSignedIn: boolean | undefined;
  readonly userId: string | undefined;
  readonly sessionId: string | undefined;
  /** A session token for the app's own server; `undefined` when signed out. Waits for loading. */
  readonly getToken: (params?: GetTokenParams) => Promise<string | undefined>;
  readonly signOut: (params?: SignOutParams) => Promise<void>;
}

/**
 * What an app needs to call its own server as the person who is signed in. A pending session
 * counts as none, as it does on servers.
 */
export function useAuth(): UseAuthResult {
  const { willcall } = useProvider();
  const { loaded, session: present } = useSnapshot();
  const session = present?.status === 'active' ? present : undefined;
  const getToken = useCallback(
    async (params?: GetTokenParams) => {
      await willcall.load();
      const { session: now } = willcall;
      return now?.status === 'active' ? now.getToken(params) : undefined;
    },
    [willcall],
  );
  const signOut = useCallback((params?: SignOutParams) => willcall.signOut(params), [willcall]);
  return {
    isLoaded: loaded,
    isSignedIn: loaded ? session !== undefined : undefined,
    userId: session?.user.id,
    sessionId: session?.id,
    getToken,
    signOut,
  };
}
