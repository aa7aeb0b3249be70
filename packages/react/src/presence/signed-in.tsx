import type { ReactNode } from 'react';
import { useSnapshot } from '../provider/context.ts';

/**
 * Shows its children to people who are signed in, and nothing until that is known. Whoever
 * has something to do first (a pending session) is not in yet.
 */
export function SignedIn({ children }: { readonly children?: ReactNode }) {
  return useSnapshot().session?.status === 'active' ? <>{children}</> : null;
}
