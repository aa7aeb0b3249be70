import type { SignUp } from '@willcall/browser';
import { useProvider, useSnapshot } from '../provider/context.ts';

export interface UseSignUpResult {
  readonly isLoaded: boolean;
  /** Always there; calls wait for loading. */
  readonly signUp: SignUp;
}

/** The page's sign-up, for flows of one's own. */
export function useSignUp(): UseSignUpResult {
  const { willcall } = useProvider();
  const { loaded, client } = useSnapshot();
  return { isLoaded: loaded, signUp: client?.signUp ?? willcall.signUp };
}
