import type { Session } from '@willcall/browser';
import { useSnapshot } from '../provider/context.ts';

export type UseSessionResult =
  | { readonly isLoaded: false; readonly isSignedIn: undefined; readonly session: undefined }
  | { readonly isLoaded: true; readonly isSignedIn: false; readonly session: undefined }
  | { readonly isLoaded: true; readonly isSignedIn: true; readonly session: Session };

/** The active session; a pending one is at `useWillcall().session`. */
export function useSession(): UseSessionResult {
  const { loaded, session: present } = useSnapshot();
  const session = present?.status === 'active' ? present : undefined;
  if (!loaded) return { isLoaded: false, isSignedIn: undefined, session: undefined };
  if (!session) return { isLoaded: true, isSignedIn: false, session: undefined };
  return { isLoaded: true, isSignedIn: true, session };
}
