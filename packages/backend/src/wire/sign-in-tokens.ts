import type {
  RefusedRedemptionsJSON,
  SignInTokenDetailsJSON,
  SignInTokenJSON,
  SignInTokenStatus,
} from '@willcall/contract';

/** A sign-in token: the record. Times are epoch milliseconds. */
export interface SignInToken {
  readonly id: string;
  readonly userId: string;
  readonly status: SignInTokenStatus;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What issuing answers, and nothing after it: the ticket and its link are secrets. */
export interface IssuedSignInToken extends SignInToken {
  /** The ticket: whoever has it can sign in as the user, once. */
  readonly token: string;
  /** The link to send: the page that redeems the ticket, with the ticket in it. */
  readonly url: string;
}

/** A sign-in token and what became of it. */
export interface SignInTokenDetails extends SignInToken {
  readonly expiresAt: number;
  /** True for a pending one that is past `expiresAt`. */
  readonly isExpired: boolean;
  readonly redeemedAt: number | undefined;
  /** The network that it was redeemed from, /24 or /48; kept for a limited time. */
  readonly redeemedAddress: string | undefined;
  /** Browser and system, such as `Chrome on Windows`; kept for a limited time. */
  readonly redeemedDevice: string | undefined;
  /** The session that redeeming opened. */
  readonly sessionId: string | undefined;
  /** Why it was issued, in the words of whoever did. */
  readonly reason: string | undefined;
}

/** A try to redeem a ticket that came to nothing. */
export interface RefusedRedemption {
  /** The code that it was refused with. */
  readonly code: string;
  readonly refusedAt: number;
  /** As `redeemedAddress`. */
  readonly address: string | undefined;
  readonly device: string | undefined;
}

/** A sign-in token, what became of it, and the tries that came to nothing. */
export interface SignInTokenHistory extends SignInTokenDetails {
  /** How many there were. */
  readonly refusedRedemptionCount: number;
  /** The newest 20, newest first; kept for a limited time. */
  readonly refusedRedemptions: readonly RefusedRedemption[];
}

/** A sign-in token from the wire. */
export function readSignInToken(json: SignInTokenJSON): SignInToken {
  return {
    id: json.id,
    userId: json.user_id,
    status: json.status,
    createdAt: json.created_at,
    updatedAt: json.updated_at,
  };
}

/** The answer to issuing, from the wire. */
export function readIssuedSignInToken(json: SignInTokenJSON): IssuedSignInToken {
  return { ...readSignInToken(json), token: json.token ?? '', url: json.url ?? '' };
}

/** A sign-in token with what became of it, from the wire. */
export function readSignInTokenDetails(json: SignInTokenDetailsJSON): SignInTokenDetails {
  return {
    ...readSignInToken(json),
    expiresAt: json.expires_at,
    isExpired: json.is_expired,
    redeemedAt: json.redeemed_at ?? undefined,
    redeemedAddress: json.redeemed_address ?? undefined,
    redeemedDevice: json.redeemed_device ?? undefined,
    sessionId: json.session_id ?? undefined,
    reason: json.reason ?? undefined,
  };
}

/** A sign-in token with its refused tries, from the wire. */
export function readSignInTokenHistory(
  json: SignInTokenDetailsJSON & RefusedRedemptionsJSON,
): SignInTokenHistory {
  return {
    ...readSignInTokenDetails(json),
    refusedRedemptionCount: json.refused_redemption_count,
    refusedRedemptions: json.refused_redemptions.map(({ code, refused_at, address, device }) => ({
      code,
      refusedAt: refused_at,
      address: address ?? undefined,
      device: device ?? undefined,
    })),
  };
}
