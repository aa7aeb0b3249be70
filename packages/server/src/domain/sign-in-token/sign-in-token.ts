import type { SignInTokenStatus } from '@willcall/contract';
import type { AuditEntry } from '../audit-log/audit-log.ts';
import type { User } from '../user/user.ts';
import type { IdempotentIssue } from './repeat-issue.ts';

/** What a sign-in by ticket must prove besides. */
export type StepUp = 'none' | 'second_factor' | 'client_trust';

/** Whether pages ask a person before a ticket signs them in. */
export type Confirmation = 'none' | 'auto' | 'always';

/** Who acts as the user: `sub` names the person, everything else is the customer's own. */
export type Actor = Readonly<Record<string, unknown>> & { readonly sub: string };

/** What a ticket is for: to sign a person in, or to act as one. */
export type TokenKind = 'sign_in_token' | 'actor_token';

/** The record behind a ticket. Only the hash of the ticket's secret is kept. */
export interface SignInToken {
  readonly id: string;
  readonly kind: TokenKind;
  readonly userId: string;
  /** `undefined`: the second factor of a user who has one. */
  readonly stepUp: StepUp | undefined;
  /** `undefined`: what the instance says. */
  readonly confirmation: Confirmation | undefined;
  /** The S256 challenge of the browser that may redeem it; `undefined`: every browser. */
  readonly challenge: string | undefined;
  /** Set for actor tokens alone. */
  readonly actor: Actor | undefined;
  /** The longest life of the session that it opens. */
  readonly sessionMaxSeconds: number | undefined;
  /** The organization that is active in the session. */
  readonly organizationId: string | undefined;
  readonly secretHash: string;
  readonly status: SignInTokenStatus;
  readonly expiresAt: number;
  readonly signInUrl: string | undefined;
  readonly redirectUrl: string | undefined;
  /** Why it was issued, in the customer's words. */
  readonly reason: string | undefined;
  readonly redeemedAt: number | undefined;
  /** The network from which it was redeemed, not the machine; kept for a limited time. */
  readonly redeemedAddress: string | undefined;
  /** The browser and system that redeemed it; kept for a limited time. */
  readonly redeemedDevice: string | undefined;
  /** The session that it opened. */
  readonly sessionId: string | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A token, and what else a redemption asks of that moment. */
export interface HeldToken {
  readonly token: SignInToken;
  /** `undefined`: the account is gone. */
  readonly holder: User | undefined;
  /** `false`: no e-mail domain belongs to a company, so that nobody has to sign in at one. */
  readonly isAnyDomainTaken: boolean;
}

/** What a ticket says about the sign-in that it is for. */
export type TicketTerms = Pick<SignInToken, 'actor' | 'stepUp'>;

export interface SignInTokenFilter {
  readonly kind?: TokenKind | undefined;
  readonly userId?: string | undefined;
  readonly status?: SignInTokenStatus | undefined;
  /** The whole of it, as it was written. */
  readonly reason?: string | undefined;
  readonly issuedBefore?: number | undefined;
  /** Those that were pending past their expiry at the time given, or were not. */
  readonly expiry?: { readonly isPast: boolean; readonly now: number } | undefined;
  /** Ids after this one, newest first. */
  readonly cursor?: string | undefined;
}

export interface SignInTokenStore {
  /**
   * Adds a token, unless its user is gone, banned or locked when it is issued. With an `issue` it does
   * so only where no call of the same key was made since `after`; else it adds nothing and answers
   * that call.
   */
  add(
    token: SignInToken,
    entry: AuditEntry,
    once?: { readonly issue: IdempotentIssue; readonly after: number },
  ): Promise<IdempotentIssue | 'user_not_usable' | undefined>;
  /** What was kept of a call of this key since the time given. */
  findIssue(
    key: Pick<IdempotentIssue, 'secretKeyId' | 'keyHash'>,
    after: number,
  ): Promise<IdempotentIssue | undefined>;
  find(id: string): Promise<SignInToken | undefined>;
  /** The same with what else a redemption asks, in one read. */
  findHeld(id: string): Promise<HeldToken | undefined>;
  /** Newest first. */
  list(filter: SignInTokenFilter, limit: number): Promise<readonly SignInToken[]>;
  /** Revokes a pending token; `undefined` when it is not pending. */
  revoke(id: string, at: number, entry: AuditEntry): Promise<SignInToken | undefined>;
  /** Revokes all pending tokens that the filter finds, some `most` in a transaction: tells after each how many. */
  revokeAll(
    filter: SignInTokenFilter,
    at: number,
    entryFor: (count: number) => AuditEntry,
    most: number,
  ): AsyncIterable<number>;
}
