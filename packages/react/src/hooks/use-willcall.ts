import type { Willcall } from '@willcall/browser';
import { useProvider, useSnapshot } from '../provider/context.ts';

/** The connection of this page: `setActive`, `signOut`, `client` and all else. Renders again when it changes. */
export function useWillcall(): Willcall {
  useSnapshot();
  return useProvider().willcall;
}
