import type { SignIn } from '@willcall/browser';
import { useProvider, useSnapshot } from '../provider/context.ts';

export interface UseSignInResult {
  readonly isLoaded: boolean;
  /** Always there; calls wait for loading. */
  readonly signIn: SignIn;
}

/** The page's sign-in, for flows of one's own: `signIn.ticket()`, then `signIn.finalize()`. */
export function useSignIn(): UseSignInResult {
  const { willcall } = useProvider();
  const { loaded, client } = useSnapshot();
  return { isLoaded: loaded, signIn: client?.signIn ?? willcall.signIn };
}
