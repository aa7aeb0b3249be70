import type { Client } from './client/client.ts';
import type { Environment } from './environment/environment.ts';
import type { Session } from './session/session.ts';
import type { SignIn } from './sign-in/sign-in.ts';
import type { SignUp } from './sign-up/sign-up.ts';
import type { User } from './user/user.ts';

/** Where the server is. */
export interface WillcallOptions {
  /**
   * The server's address: `https://auth.example.com`, or a path of the page's own origin
   * that leads to it, `/__clerk`. Without one, a page on `localhost`, `127.0.0.1` or `[::1]`
   * takes `http://localhost:4000`; every other page gets a TypeError from `load`.
   */
  readonly apiUrl?: string | undefined;
  /** The instance's publishable key. Without one, the server is asked. */
  readonly publishableKey?: string | undefined;
}

/** How to load. */
export interface LoadOptions {
  /** Whether the object becomes `window.Willcall`. Default `true`. */
  readonly isGlobal?: boolean | undefined;
}

/**
 * Who is signed in, at one moment. Never changed afterwards; the same object is answered
 * until something changes, and so are the parts that did not change.
 */
export interface Snapshot {
  /** Whether the server has been asked; until then everything else is `undefined`. */
  readonly loaded: boolean;
  readonly client: Client | undefined;
  /** The session of this page, `pending` ones included; `undefined` when nobody is signed in. */
  readonly session: Session | undefined;
  /** The user of the active session. */
  readonly user: User | undefined;
  readonly environment: Environment | undefined;
}

/** What a snapshot is before loading: on a server, and at hydration. */
export const unloadedSnapshot: Snapshot = {
  loaded: false,
  client: undefined,
  session: undefined,
  user: undefined,
  environment: undefined,
};

/** What `navigate` of `setActive` and `finalize` gets. */
export interface NavigateParams {
  /** The session that is active now. */
  readonly session: Session | undefined;
  /**
   * The URL to go to instead of this one. It differs only in development, where a page of
   * another site needs a mark in order to fetch the session from the server.
   */
  readonly decorateUrl: (url: string) => string;
}

/** Goes to the next page. Called when the session is active and its cookies are written; awaited. */
export type Navigate = (params: NavigateParams) => unknown;

export interface SetActiveParams {
  /**
   * A session of this client, or its id; `null` leaves nobody active in this page. Only
   * beside `organization` it may be left out, for the session that is active.
   */
  readonly session?: Session | string | null | undefined;
  /** The organization that the session speaks for from now on, or its id; `null` for none. */
  readonly organization?: { readonly id: string } | string | null | undefined;
  readonly navigate?: Navigate | undefined;
}

export interface SignOutParams {
  /** One session of this client. Default: all of them. */
  readonly sessionId?: string | undefined;
}

/** Signs people in to a page and holds their session. Made by {@link createWillcall}. */
export interface Willcall extends Snapshot {
  /** Always there: calls before loading wait for it. The same as `client.signIn` afterwards. */
  readonly signIn: SignIn;
  /** Always there: calls before loading wait for it. The same as `client.signUp` afterwards. */
  readonly signUp: SignUp;
  /** The server's address without a closing `/`; `undefined` on a server that was given none. */
  readonly apiUrl: string | undefined;

  /**
   * Asks the server who is signed in and keeps the answer up to date from then on. Repeated
   * calls share one load. Rejects with {@link WillcallNetworkError} or {@link WillcallError};
   * after that it can be called again.
   */
  load(options?: LoadOptions): Promise<void>;

  /** Calls `listener` with each new snapshot; at once with the present one when loaded. */
  addListener(listener: (snapshot: Snapshot) => void): () => void;
  /** For React's `useSyncExternalStore`: the listener is told that something changed. */
  subscribe(listener: () => void): () => void;
  /** The present snapshot; the same object until something changes. */
  getSnapshot(): Snapshot;

  /**
   * Makes a session the page's own: notes its use on the server, writes the session cookies
   * on the page's host, tells listeners and other tabs, then calls `navigate`. Throws
   * {@link WillcallError} when the session is not live.
   */
  setActive(params: SetActiveParams): Promise<void>;

  /** Ends the sessions of this browser, or one of them, in all tabs. */
  signOut(params?: SignOutParams): Promise<void>;

  /** See {@link NavigateParams}. */
  decorateUrl(url: string): string;
}

declare global {
  interface Window {
    /** Set by `load`, for scripts and tests that share the page. */
    Willcall?: Willcall;
  }
}
