import type { User } from '@willcall/browser';
import { useSnapshot } from '../provider/context.ts';

export type UseUserResult =
  | { readonly isLoaded: false; readonly isSignedIn: undefined; readonly user: undefined }
  | { readonly isLoaded: true; readonly isSignedIn: false; readonly user: undefined }
  | { readonly isLoaded: true; readonly isSignedIn: true; readonly user: User };

/** The person who is signed in. */
export function useUser(): UseUserResult {
  const { loaded, session } = useSnapshot();
  const user = session?.status === 'active' ? session.user : undefined;
  if (!loaded) return { isLoaded: false, isSignedIn: undefined, user: undefined };
  if (!user) return { isLoaded: true, isSignedIn: false, user: undefined };
  return { isLoaded: true, isSignedIn: true, user };
}
