import type {
  PageJSON,
  RefusedRedemptionsJSON,
  SignInTokenDetailsJSON,
  SignInTokenJSON,
  SignInTokenStatus,
  TokenRevocationJSON,
} from '@willcall/contract';
import { refuseNull, requireId } from '../arguments/require.ts';
import { type FieldNames, writeFields } from '../arguments/write-fields.ts';
import { writeFilter } from '../arguments/write-filter.ts';
import { callApi } from '../connection/call.ts';
import type { Connection } from '../connection/connect.ts';
import {
  type IssuedSignInToken,
  readIssuedSignInToken,
  readSignInToken,
  readSignInTokenDetails,
  readSignInTokenHistory,
  type SignInToken,
  type SignInTokenDetails,
  type SignInTokenHistory,
} from '../wire/sign-in-tokens.ts';

export interface CreateSignInTokenParams {
  /** Whom the ticket signs in. */
  readonly userId: string;
  /** How long the ticket can be redeemed. Seconds, at least 1. Default: 30 days. */
  readonly expiresInSeconds?: number | undefined;
  /** The page that redeems the ticket. Default: the instance's `sign_in_url`, else the hosted page. */
  readonly signInUrl?: string | undefined;
  /** Where the person lands afterwards. Default: what the page says. */
  readonly redirectUrl?: string | undefined;
  /** The organization to activate. Refused by an instance without organizations. */
  readonly orgId?: string | undefined;
  /** What must be proved besides the ticket. Default: the second factor of a user who has one. */
  readonly stepUp?: 'none' | 'second_factor' | 'client_trust' | undefined;
  /**
   * Whether pages ask before the ticket signs in: never, unless the browser knows the person, or
   * always. Default: what the instance says.
   */
  readonly confirmation?: 'none' | 'auto' | 'always' | undefined;
  /**
   * Binds the ticket to the browser that asks for it: what `signIn.startSameBrowser()` of
   * `@willcall/browser` answered there. Refused for a page that would not have the verifier.
   */
  readonly sameBrowser?: SameBrowser | undefined;
  /** The longest life of the session that the ticket opens. Seconds, at least 60. */
  readonly sessionMaxDurationInSeconds?: number | undefined;
  /** Why it is issued, in your words: 1 to 500 characters, shown with the token. */
  readonly reason?: string | undefined;
}

/** The challenge of a verifier that one browser has (PKCE, RFC 7636). */
export interface SameBrowser {
  /** The SHA-256 hash of the verifier, base64url. */
  readonly challenge: string;
  readonly method: 'S256';
  /** For the hosted page: Willcall's cookie has the verifier too. */
  readonly proof?: string | undefined;
}

export interface CreateSignInTokenOptions {
  /**
   * Names this call, 1 to 255 visible ASCII characters, best a UUID: the call is then repeated
   * where no answer came, and within 24 hours answers the one ticket that it issued.
   */
  readonly idempotencyKey?: string | undefined;
}

/** Which pending tokens to revoke. At least one condition; all that are given must hold. */
export interface RevokeSignInTokensParams {
  readonly userId?: string | undefined;
  /** The whole reason that they were issued for. */
  readonly reason?: string | undefined;
  /** Epoch milliseconds. */
  readonly issuedBefore?: number | undefined;
}

export interface SignInTokenListParams {
  readonly userId?: string | undefined;
  readonly status?: SignInTokenStatus | undefined;
  /** Those that expired before they were used, or all others. */
  readonly isExpired?: boolean | undefined;
  /** The whole reason that they were issued for. */
  readonly reason?: string | undefined;
  /** 1 to 500, 10 by default. */
  readonly limit?: number | undefined;
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** One page, newest first. */
export interface SignInTokenList {
  readonly data: readonly SignInTokenDetails[];
  /** `undefined` on the last page. */
  readonly nextCursor: string | undefined;
}

/** Sign-in tokens: issue a ticket for a user, and see what became of it. */
export interface SignInTokens {
  /**
   * Issues a sign-in token. Its `url` is the link to send. Refused: `resource_not_found` (no such
   * user), `user_banned`, `user_locked`, `redirect_url_mismatch` (a page outside the allowed
   * origins), `form_param_value_invalid` (a life above the instance's cap),
   * `idempotency_key_reused` (the key was sent with other arguments).
   */
  createSignInToken(
    params: CreateSignInTokenParams,
    options?: CreateSignInTokenOptions,
  ): Promise<IssuedSignInToken>;
  /** Ends a pending token. Refused: `sign_in_token_cannot_be_revoked_code` once it was used or revoked. */
  revokeSignInToken(signInTokenId: string): Promise<SignInToken>;
  /** The same as `revokeSignInToken`. */
  revoke(signInTokenId: string): Promise<SignInToken>;
  /** Ends all pending tokens that fit, in one call; answers how many. */
  revokeSignInTokens(params: RevokeSignInTokensParams): Promise<number>;
  /** Tokens, newest first, a page at a time. */
  getSignInTokenList(params?: SignInTokenListParams): Promise<SignInTokenList>;
  /** The same as `getSignInTokenList`. */
  list(params?: SignInTokenListParams): Promise<SignInTokenList>;
  /** One token, with the tries to redeem it that were refused. Refused: `resource_not_found`. */
  getSignInToken(signInTokenId: string): Promise<SignInTokenHistory>;
  /** The same as `getSignInToken`. */
  get(signInTokenId: string): Promise<SignInTokenHistory>;
}

const createNames: FieldNames<CreateSignInTokenParams> = {
  userId: 'user_id',
  expiresInSeconds: 'expires_in_seconds',
  signInUrl: 'sign_in_url',
  redirectUrl: 'redirect_url',
  orgId: 'org_id',
  stepUp: 'step_up',
  confirmation: 'confirmation',
  sameBrowser: 'same_browser',
  sessionMaxDurationInSeconds: 'session_max_duration_in_seconds',
  reason: 'reason',
};

const optionNames: FieldNames<CreateSignInTokenOptions> = { idempotencyKey: 'idempotency_key' };

const revokeNames: FieldNames<RevokeSignInTokensParams> = {
  userId: 'user_id',
  reason: 'reason',
  issuedBefore: 'issued_before',
};

const listNames: FieldNames<SignInTokenListParams> = {
  userId: 'user_id',
  status: 'status',
  isExpired: 'is_expired',
  reason: 'reason',
  limit: 'limit',
  cursor: 'cursor',
};

/** `/v1/sign_in_tokens`. */
export function signInTokens(connection: Connection): SignInTokens {
  async function createSignInToken(
    params: CreateSignInTokenParams,
    options: CreateSignInTokenOptions = {},
  ): Promise<IssuedSignInToken> {
    writeFields('createSignInToken', optionNames, options);
    const body = writeFields('createSignInToken', createNames, params);
    refuseNull('createSignInToken', params);
    requireId('createSignInToken', 'userId', params.userId);
    const { idempotencyKey } = options;
    return readIssuedSignInToken(
      await callApi<SignInTokenJSON>(connection, {
        method: 'POST',
        path: '/sign_in_tokens',
        body,
        idempotencyKey,
      }),
    );
  }

  async function revokeSignInToken(signInTokenId: string): Promise<SignInToken> {
    const id = requireId('revokeSignInToken', 'signInTokenId', signInTokenId);
    const path = `/sign_in_tokens/${id}/revoke`;
    return readSignInToken(await callApi<SignInTokenJSON>(connection, { method: 'POST', path }));
  }

  async function revokeSignInTokens(params: RevokeSignInTokensParams): Promise<number> {
    const body = writeFilter('revokeSignInTokens', revokeNames, params);
    const { revoked_count: count } = await callApi<TokenRevocationJSON>(connection, {
      method: 'POST',
      path: '/sign_in_tokens/revoke',
      body,
    });
    return count;
  }

  async function getSignInTokenList(params: SignInTokenListParams = {}): Promise<SignInTokenList> {
    const query = writeFilter('getSignInTokenList', listNames, params);
    const page = await callApi<PageJSON<SignInTokenDetailsJSON>>(connection, {
      method: 'GET',
      path: '/sign_in_tokens',
      query,
    });
    return {
      data: page.data.map(readSignInTokenDetails),
      nextCursor: page.next_cursor ?? undefined,
    };
  }

  async function getSignInToken(signInTokenId: string): Promise<SignInTokenHistory> {
    const id = requireId('getSignInToken', 'signInTokenId', signInTokenId);
    return readSignInTokenHistory(
      await callApi<SignInTokenDetailsJSON & RefusedRedemptionsJSON>(connection, {
        method: 'GET',
        path: `/sign_in_tokens/${id}`,
      }),
    );
  }

  return {
    createSignInToken,
    revokeSignInToken,
    revoke: revokeSignInToken,
    revokeSignInTokens,
    getSignInTokenList,
    list: getSignInTokenList,
    getSignInToken,
    get: getSignInToken,
  };
}
