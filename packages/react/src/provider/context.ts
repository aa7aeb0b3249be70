import { createContext, useContext, useSyncExternalStore } from 'react';
import { type Snapshot, unloadedSnapshot, type Willcall } from '@willcall/browser';
import type { Messages } from '../messages/messages.ts';
import type { UsedLanguage } from '../messages/use-language.ts';

/** What an app tells the components once, at the provider. */
export interface ProviderSettings {
  /** The app's page with `<SignIn/>`. Default: the instance's sign-in page. */
  readonly signInUrl?: string | undefined;
  /** The app's page with `<SignUp/>`. Default: the instance's sign-up page. */
  readonly signUpUrl?: string | undefined;
  /** The app's page with `<UserProfile/>`. Default: the instance's profile page. */
  readonly userProfileUrl?: string | undefined;
  /** Where people go after signing out by a component. Default: they stay. */
  readonly afterSignOutUrl?: string | undefined;
  /** Goes to a path of this app and keeps the present one in the history. */
  readonly routerPush?: ((path: string) => unknown) | undefined;
  /** Goes to a path of this app in place of the present one. */
  readonly routerReplace?: ((path: string) => unknown) | undefined;
}

/** What the provider hands to the components and hooks below it. */
export interface ProviderContext extends UsedLanguage {
  readonly willcall: Willcall;
  readonly settings: ProviderSettings;
  /** Texts that the app gave in place of ours. */
  readonly messages: Messages | undefined;
  /** Why loading failed, as long as nothing is loaded; `undefined` at a new try of a person. */
  readonly loadError: unknown;
  /** Loads again after a failure. */
  readonly reload: () => void;
}

/** Filled by `<WillcallProvider>`. */
export const WillcallContext = createContext<ProviderContext | undefined>(undefined);

/** The provider's context. Throws a TypeError outside of `<WillcallProvider>`. */
export function useProvider(): ProviderContext {
  const context = useContext(WillcallContext);
  if (!context) {
    throw new TypeError('@willcall/react works inside <WillcallProvider>.');
  }
  return context;
}

/** Who is signed in at present; "not loaded" on a server and at hydration. */
export function useSnapshot(): Snapshot {
  const { willcall } = useProvider();
  return useSyncExternalStore(willcall.subscribe, willcall.getSnapshot, getUnloaded);
}

/** Whether this runs in a page and hydration is over. */
export function useIsMounted(): boolean {
  return useSyncExternalStore(subscribeToNothing, getTrue, getFalse);
}

const getUnloaded = () => unloadedSnapshot;
const subscribeToNothing = () => () => {};
const getTrue = () => true;
const getFalse = () => false;
