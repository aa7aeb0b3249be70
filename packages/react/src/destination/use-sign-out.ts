import { useCallback } from 'react';
import { useProvider } from '../provider/context.ts';
import { afterSignOut } from './after-sign-out.ts';
import { goTo } from './go.ts';

/**
 * Signs this browser out, or ends one session of it, then goes to the provider's
 * `afterSignOutUrl` if there is one.
 */
export function useSignOut(sessionId?: string): () => Promise<void> {
  const { willcall, settings } = useProvider();
  return useCallback(async () => {
    await willcall.signOut({ sessionId });
    const destination = afterSignOut(settings.afterSignOutUrl, new URL(location.href));
    if (destination) goTo(willcall, settings, destination);
  }, [willcall, settings, sessionId]);
}
