/** Why a helper gave up. Stable; see {@link WillcallTestingError}. */
export type WillcallTestingErrorCode =
  | 'no_page_context'
  | 'not_loaded'
  | 'no_secret_key'
  | 'server_failed'
  | 'user_not_found'
  | 'address_not_testable'
  | 'sign_in_refused'
  | 'sign_in_incomplete'
  | 'user_not_active'
  | 'sign_out_failed';

/** A helper gave up. The message says what to do; `cause` keeps what was first thrown. */
export class WillcallTestingError extends Error {
  override readonly name = 'WillcallTestingError';
  readonly code: WillcallTestingErrorCode;

  constructor(code: WillcallTestingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
