import type { SessionClaims } from '@willcall/contract';
import { errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { findKey, type KeyLocation } from './find-key.ts';
import { readHeader } from './header.ts';
import { SessionTokenError, type SessionTokenErrorCode } from './refusal.ts';
import { type CheckedRules, checkRules, type SessionTokenRules } from './rules.ts';

export interface VerifyTokenOptions extends KeyLocation, SessionTokenRules {}

/**
 * Verifies a session token and answers its claims: signature (RS256 alone), `exp`, `nbf`, `iat`,
 * and `azp` and `iss` as the options ask (protocol section 5). With `jwtKey` nothing is sent;
 * else the server's key set is fetched and kept for five minutes. A pending session's token
 * verifies: look at `sts`, or use `authenticateRequest`, for which it counts as signed out.
 *
 * @throws SessionTokenError with a stable `code` when the token does not count
 * @throws TypeError for wrong options
 */
export async function verifyToken(
  token: string,
  options: VerifyTokenOptions = {},
): Promise<SessionClaims> {
  if (typeof token !== 'string' || token === '')
    throw new TypeError('verifyToken: token must be a string that is not empty.');
  const rules = checkRules(options);
  const header = readHeader(token);
  const key = await findKey(options, header);
  return readClaims(await checkSignature(token, key, rules), rules);
}

async function checkSignature(
  token: string,
  key: JWTVerifyGetKey,
  rules: CheckedRules,
): Promise<JWTPayload> {
  const options = {
    algorithms: ['RS256'],
    requiredClaims: ['exp', 'iat', 'nbf'],
    clockTolerance: rules.clockSkewSeconds,
  };
  try {
    return (await jwtVerify(token, key, options)).payload;
  } catch (error) {
    throw refusal(error);
  }
}

function refusal(error: unknown): SessionTokenError {
  if (
    error instanceof errors.JWTClaimValidationFailed &&
    error.claim === 'nbf' &&
    error.reason === 'check_failed'
  ) {
    return new SessionTokenError(
      'token_not_active_yet',
      'The token is not valid yet (nbf). Compare the clocks.',
    );
  }
  const known = error instanceof errors.JOSEError ? refusals[error.code] : undefined;
  if (known) return new SessionTokenError(...known);
  return new SessionTokenError(
    'keys_unavailable',
    'The key set of the server could not be fetched.',
    { cause: error },
  );
}

/** By the codes of jose. What is not here is a key set that did not arrive or cannot be read. */
const refusals: Readonly<Record<string, readonly [SessionTokenErrorCode, string]>> = {
  ERR_JWT_EXPIRED: ['token_expired', 'The token has expired.'],
  ERR_JWT_CLAIM_VALIDATION_FAILED: [
    'token_claim_invalid',
    'The token lacks a claim, or has one of the wrong kind.',
  ],
  ERR_JWT_INVALID: ['token_malformed', 'The token does not hold claims.'],
  ERR_JWS_INVALID: ['token_malformed', 'The token is damaged.'],
  ERR_JOSE_NOT_SUPPORTED: [
    'token_malformed',
    'The token asks for what session tokens do not have (crit, b64).',
  ],
  ERR_JOSE_ALG_NOT_ALLOWED: [
    'token_algorithm_refused',
    'A session token is signed with RS256, and this one is not.',
  ],
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: [
    'token_signature_invalid',
    'The signature is not of this key.',
  ],
  ERR_JWKS_NO_MATCHING_KEY: ['token_key_unknown', 'The server does not know the key of the token.'],
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: [
    'token_key_unknown',
    'The key set has more than one key of this name.',
  ],
};

function readClaims(payload: JWTPayload, rules: CheckedRules): SessionClaims {
  for (const claim of ['sub', 'sid', 'iss'] as const) {
    if (typeof payload[claim] === 'string' && payload[claim] !== '') continue;
    throw new SessionTokenError('token_claim_invalid', `The token lacks the claim ${claim}.`);
  }
  refuseFuture(payload, rules);
  if (rules.issuer !== undefined && payload.iss !== rules.issuer) {
    throw new SessionTokenError('token_issuer_refused', 'The token is from another issuer (iss).');
  }
  refuseParty(payload['azp'], rules.authorizedParties);
  return payload as unknown as SessionClaims;
}

function refuseFuture({ iat = 0 }: JWTPayload, { clockSkewSeconds }: CheckedRules): void {
  if (iat <= Date.now() / 1000 + clockSkewSeconds) return;
  throw new SessionTokenError(
    'token_issued_in_the_future',
    'The token was issued in the future (iat). Compare the clocks.',
  );
}

/** A page of another origin must not spend a token that its browser sends along. */
function refuseParty(party: unknown, authorizedParties: readonly string[] | undefined): void {
  if (authorizedParties === undefined || authorizedParties.some((each) => each === party)) return;
  throw new SessionTokenError(
    'token_authorized_party_refused',
    'The token was made for a page whose origin is not in authorizedParties (azp).',
  );
}
