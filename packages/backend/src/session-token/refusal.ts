/** Why a session token does not count. Stable; see {@link SessionTokenError}. */
export type SessionTokenErrorCode =
  | 'token_malformed'
  | 'token_algorithm_refused'
  | 'token_type_refused'
  | 'token_category_refused'
  | 'token_key_unknown'
  | 'token_signature_invalid'
  | 'token_expired'
  | 'token_not_active_yet'
  | 'token_issued_in_the_future'
  | 'token_claim_invalid'
  | 'token_issuer_refused'
  | 'token_authorized_party_refused'
  | 'keys_unavailable';

/** A session token was refused. The message never shows the token. */
export class SessionTokenError extends Error {
  override readonly name = 'SessionTokenError';
  readonly code: SessionTokenErrorCode;

  constructor(code: SessionTokenErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
