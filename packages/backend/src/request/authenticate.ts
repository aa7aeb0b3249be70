import type { SessionClaims } from '@willcall/contract';
import { SessionTokenError, type SessionTokenErrorCode } from '../session-token/refusal.ts';
import { verifyToken, type VerifyTokenOptions } from '../session-token/verify.ts';
import { findBearerToken, findCookieToken, type TokenHeaders } from './find-token.ts';
import { findSuffix, type PublishableKeyLocation } from './publishable-key.ts';

export interface AuthenticateRequestOptions extends VerifyTokenOptions, PublishableKeyLocation {}

/** Why a request counts as signed out. */
export type SignedOutReason = 'no_token' | 'session_pending' | SessionTokenErrorCode;

/** Somebody is signed in: `userId` is who. */
export interface SignedIn {
  readonly status: 'signed-in';
  readonly isSignedIn: true;
  readonly userId: string;
  readonly sessionId: string;
  readonly claims: SessionClaims;
  readonly reason: undefined;
  /** The session token that came with the request, to hand on to another server of yours. */
  getToken(): Promise<string>;
}

/** Nobody is signed in; `reason` says why, for logs and tests. */
export interface SignedOut {
  readonly status: 'signed-out';
  readonly isSignedIn: false;
  readonly userId: undefined;
  readonly sessionId: undefined;
  readonly claims: undefined;
  readonly reason: SignedOutReason;
  getToken(): Promise<undefined>;
}

/** Who makes a request. */
export type AuthState = SignedIn | SignedOut;

/**
 * Says who makes a request, by the session token in its `Authorization` header or its cookies.
 * A token that does not count, and a session that is still pending, mean signed out; so does a
 * key set that cannot be fetched (`keys_unavailable`).
 *
 * @param request any Fetch API request; only its headers are read
 * @throws TypeError for wrong options
 */
export function authenticateRequest(
  request: { readonly headers: { get(name: string): string | null } },
  options: AuthenticateRequestOptions = {},
): Promise<AuthState> {
  const { headers } = request;
  return authenticateHeaders(
    {
      authorization: headers.get('authorization') ?? undefined,
      cookie: headers.get('cookie') ?? undefined,
    },
    options,
  );
}

/** `authenticateRequest` for servers that have no Fetch API requests. */
export async function authenticateHeaders(
  headers: TokenHeaders,
  options: AuthenticateRequestOptions,
): Promise<AuthState> {
  const token =
    findBearerToken(headers) ?? (await findCookieToken(headers, () => findSuffix(options)));
  if (token === undefined) return signedOut('no_token');
  try {
    const claims = await verifyToken(token, options);
    return claims.sts === 'pending' ? signedOut('session_pending') : signedIn(token, claims);
  } catch (error) {
    if (error instanceof SessionTokenError) return signedOut(error.code);
    throw error;
  }
}

function signedIn(token: string, claims: SessionClaims): SignedIn {
  return {
    status: 'signed-in',
    isSignedIn: true,
    userId: claims.sub,
    sessionId: claims.sid,
    claims,
    reason: undefined,
    getToken: () => Promise.resolve(token),
  };
}

function signedOut(reason: SignedOutReason): SignedOut {
  return {
    status: 'signed-out',
    isSignedIn: false,
    userId: undefined,
    sessionId: undefined,
    claims: undefined,
    reason,
    getToken: () => Promise.resolve(undefined),
  };
}
