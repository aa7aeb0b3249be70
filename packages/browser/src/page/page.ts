import type { ClientJSON, SignInJSON, SignUpJSON } from '@willcall/contract';
import type { Environment } from '../environment/environment.ts';
import type { HeldToken } from '../session/hold-token.ts';
import type { Redemption } from '../ticket/redeem.ts';
import { type Snapshot, unloadedSnapshot, type WillcallOptions } from '../willcall.ts';

/** What one `Willcall` object knows in its page. The wire's shapes stay in here. */
export interface Page {
  /** `undefined` until `load` has chosen one. */
  apiUrl: string | undefined;
  publishableKey: string | undefined;
  /** The end of cookie names; `undefined` where the browser cannot compute it. */
  cookieSuffix?: string | undefined;
  environment?: Environment | undefined;
  loaded: boolean;
  client?: ClientJSON | undefined;
  /** Counts the states of the client, so that a late answer is noticed. */
  clientVersion: number;
  activeSessionId?: string | undefined;
  /** A session that this page has just opened: the server knows that it is in use. */
  freshSessionId?: string | undefined;
  signIn?: SignInJSON | undefined;
  signUp?: SignUpJSON | undefined;
  /** Attempts that this page wants to see no more. */
  readonly forgotten: Set<string | undefined>;
  /** Tokens by session id. */
  readonly tokens: Map<string, HeldToken>;
  /** Refreshes under way. */
  readonly refreshes: Map<string, Promise<string>>;
  refreshTimer?: ReturnType<typeof setTimeout> | undefined;
  /** The redemption of each ticket, while it can be shared. */
  readonly redemptions: Map<string, Redemption>;
  /** The ticket that was taken out of the address bar. */
  takenTicket?: string | undefined;
  /** Development on another site: stands for the client in calls. */
  devBrowser?: string | undefined;
  /** Gets another dev browser when the server does not know this one. */
  renewDevBrowser?: (() => Promise<void>) | undefined;
  /** To the other tabs of this origin. */
  channel?: BroadcastChannel | undefined;
  snapshot: Snapshot;
  /** What was made from each part of the wire's state, and from what. */
  readonly views: Map<string, { readonly source: string; readonly view: unknown }>;
  readonly listeners: Set<() => void>;
  /** Loads, unless that is done or under way. */
  load(): Promise<void>;
  /** Tells cookies, timers and listeners what the state is now. */
  commit(): void;
  /** Asks the server again who is signed in. */
  refetch(): Promise<void>;
}

/** A page that has not asked the server yet. */
export function newPage(
  options: WillcallOptions,
  wiring: Pick<Page, 'load' | 'commit' | 'refetch'>,
): Page {
  return {
    apiUrl: options.apiUrl?.replace(/\/+$/, ''),
    publishableKey: options.publishableKey,
    loaded: false,
    clientVersion: 0,
    forgotten: new Set(),
    tokens: new Map(),
    refreshes: new Map(),
    redemptions: new Map(),
    snapshot: unloadedSnapshot,
    views: new Map(),
    listeners: new Set(),
    ...wiring,
  };
}

/** Whether the server has another host name than the page, so that its cookies may not reach it. */
export function isOnOtherSite(page: Page): boolean {
  return new URL(page.apiUrl ?? '', location.href).hostname !== location.hostname;
}

/** The live session of this id, as the wire tells it. */
export function findSession(
  page: Page,
  id: string | null | undefined,
): ClientJSON['sessions'][number] | undefined {
  return page.client?.sessions.find((session) => session.id === id);
}
