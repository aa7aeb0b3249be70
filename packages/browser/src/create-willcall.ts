import { commit } from './client/commit.ts';
import { refetchClient } from './client/refetch.ts';
import { viewSignIn } from './sign-in/view.ts';
import { viewSignUp } from './sign-up/view.ts';
import { requireText } from './request/require-text.ts';
import { setActive } from './session/set-active.ts';
import { loadSessionCalls } from './session/load-calls.ts';
import { later } from './page/later.ts';
import { decorateUrl } from './page/decorate-url.ts';
import { loadPage } from './page/load.ts';
import { newPage } from './page/page.ts';
import type { LoadOptions, Willcall, WillcallOptions } from './willcall.ts';

/**
 * Makes the object that signs people in to this page. It sends nothing until `load`, or the
 * first call that needs the server; it can be made while a page is rendered on a server.
 * One is enough for a page. TypeError when an option is not a text.
 */
export function createWillcall(options: WillcallOptions = {}): Willcall {
  requireTexts(options);
  let loading: Promise<void> | undefined;
  const page = newPage(options, {
    load: () => loading ?? willcall.load(),
    commit: () => commit(page),
    refetch: () => refetchClient(page),
  });
  const subscribe = (listener: () => void) => {
    if (typeof listener !== 'function')
      throw new TypeError("addListener and subscribe need 'listener'.");
    // Wrapped, so that one function which subscribes twice is told twice.
    const entry = () => listener();
    page.listeners.add(entry);
    return () => void page.listeners.delete(entry);
  };

  const willcall: Willcall = {
    get apiUrl() {
      return page.apiUrl;
    },
    get loaded() {
      return page.snapshot.loaded;
    },
    get client() {
      return page.snapshot.client;
    },
    get session() {
      return page.snapshot.session;
    },
    get user() {
      return page.snapshot.user;
    },
    get environment() {
      return page.snapshot.environment;
    },
    get signIn() {
      return viewSignIn(page);
    },
    get signUp() {
      return viewSignUp(page);
    },
    load: ({ isGlobal = true }: LoadOptions = {}) => {
      if (isGlobal && typeof window !== 'undefined') window.Willcall = willcall;
      loading ??= loadPage(page).catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
      return loading;
    },
    addListener: (listener) => {
      const stop = subscribe(listener && (() => listener(page.snapshot)));
      if (page.snapshot.loaded) listener(page.snapshot);
      return stop;
    },
    subscribe,
    getSnapshot: () => page.snapshot,
    setActive: (params) => setActive(page, params),
    ...later([page], loadSessionCalls, ['signOut']),
    decorateUrl: (url) => decorateUrl(page, url),
  };
  return willcall;
}

function requireTexts(options: WillcallOptions): void {
  for (const name of ['apiUrl', 'publishableKey'] as const) {
    if ((options[name] ?? '') !== '') requireText(options, 'createWillcall', name);
  }
}
