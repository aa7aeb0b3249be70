/**
 * `window.Willcall` as far as the helpers use it. Functions that run in the page see nothing
 * of the module around them, so each reads it from `globalThis` by itself.
 */
export interface PageGlobal {
  readonly Willcall?: PageWillcall;
}

export interface PageWillcall {
  readonly loaded: boolean;
  readonly user: { readonly id: string } | undefined;
  /** There once it has loaded. */
  readonly client:
    | { readonly sessions: readonly PageSession[]; readonly signIn: PageSignIn }
    | undefined;
  setActive(params: { session: string }): Promise<void>;
  signOut(): Promise<void>;
}

export interface PageSession {
  readonly id: string;
  readonly user: { readonly id: string };
}

export interface PageSignIn {
  readonly status: string | undefined;
  readonly createdSessionId: string | undefined;
  create(params: Record<string, string>): Promise<PageSignIn>;
  prepareFirstFactor(params: Record<string, string>): Promise<PageSignIn>;
  attemptFirstFactor(params: Record<string, string>): Promise<PageSignIn>;
}

/** What an attempt to sign in came to, as it leaves the page. */
export type PageOutcome =
  | {
      readonly status: string;
      readonly sessionId: string | undefined;
      readonly userId: string | undefined;
    }
  | { readonly refusal: { readonly code: string; readonly message: string } };
