import { useCallback } from 'react';
import { useProvider } from '../provider/context.ts';
import { afterSignOut } from './after-sign-out.ts';
import { goTo } from './go.ts';

/** Signs this browser out, then goes to the provider's `afterSignOutUrl` if there is one. */
export function useSignOut(): () => Promise<void> {
  const { willcall, settings } = useProvider();
  return useCallback(async () => {
    await willcall.signOut();
    const destination = afterSignOut(settings.afterSignOutUrl, new URL(location.href));
    if (destination) goTo(willcall, settings, destination);
  }, [willcall, settings]);
}
