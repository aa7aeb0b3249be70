import type { ReactNode } from 'react';
import { useSnapshot } from '../provider/context.ts';

/** Shows its children to people whom {@link SignedIn} does not show to, once that is known. */
export function SignedOut({ children }: { readonly children?: ReactNode }) {
  const { loaded, session } = useSnapshot();
  return loaded && session?.status !== 'active' ? <>{children}</> : null;
}
