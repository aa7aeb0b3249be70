import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { createWillcall, type Willcall, type WillcallOptions } from '@willcall/browser';
import { loadLate } from '../entrance/load-late.ts';
import type { Messages } from '../messages/messages.ts';
import { useLanguage } from '../messages/use-language.ts';
import { type ProviderSettings, WillcallContext } from './context.ts';

export interface WillcallProviderProps extends WillcallOptions, ProviderSettings {
  /**
   * The language of the components, a tag such as `de` or `pt-BR`. Default: the first of the
   * browser's languages that there is, else English.
   */
  readonly language?: string | undefined;
  /** Texts in place of those of a language. */
  readonly messages?: Messages | undefined;
  readonly children?: ReactNode;
}

/**
 * Connects an app to its server: components and hooks below it know who is signed in.
 * `apiUrl` alone is enough. Several providers with the same address share one connection.
 * On a server it renders its children and asks nobody.
 */
export function WillcallProvider(props: WillcallProviderProps) {
  const { apiUrl, publishableKey, messages, children, language: asked, ...given } = props;
  const willcall = useMemo(() => connect({ apiUrl, publishableKey }), [apiUrl, publishableKey]);
  const [loadError, reload] = useLoading(willcall);
  const settings = useSettings(given);
  const { language, entrance } = useLanguage(asked);
  const context = useMemo(
    () => ({ willcall, settings, messages, language, entrance, loadError, reload }),
    [willcall, settings, messages, language, entrance, loadError, reload],
  );
  return <WillcallContext.Provider value={context}>{children}</WillcallContext.Provider>;
}

/** The same object until a setting changes, also when the router's functions are new at each render. */
function useSettings(given: ProviderSettings): ProviderSettings {
  const { signInUrl, signUpUrl, userProfileUrl, afterSignOutUrl } = given;
  const latest = useRef(given);
  latest.current = given;
  const canPush = given.routerPush !== undefined;
  const canReplace = given.routerReplace !== undefined;
  return useMemo(
    () => ({
      ...{ signInUrl, signUpUrl, userProfileUrl, afterSignOutUrl },
      routerPush: canPush ? (path) => latest.current.routerPush?.(path) : undefined,
      routerReplace: canReplace ? (path) => latest.current.routerReplace?.(path) : undefined,
    }),
    [signInUrl, signUpUrl, userProfileUrl, afterSignOutUrl, canPush, canReplace],
  );
}

function useLoading(willcall: Willcall): [loadError: unknown, reload: () => void] {
  const [loadError, setLoadError] = useState<unknown>();
  // What asks again by itself stops once this provider is gone, or uses another connection.
  const used = useRef<Willcall>(undefined);
  const reload = useCallback(() => {
    used.current = willcall;
    setLoadError(undefined);
    willcall.load().catch((error: unknown) => {
      console.error('Willcall could not load.', error);
      setLoadError(error);
      loadLate()
        .then((late) => late.keepLoading(used))
        .catch(() => {});
    });
  }, [willcall]);
  // A component below has taken a ticket out of the address by now: effects run inside out.
  useEffect(() => {
    reload();
    return () => void (used.current = undefined);
  }, [reload]);
  return [loadError, reload];
}

const connections: Record<string, Willcall> = {};

/** One connection per page and server, so that a second mount finds the first one's state. */
function connect(options: WillcallOptions): Willcall {
  if (typeof window === 'undefined') return createWillcall(options);
  return (connections[JSON.stringify(options)] ??= createWillcall(options));
}
