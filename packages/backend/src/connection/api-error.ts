import type { ErrorCode, ErrorJSON, ErrorMeta } from '@willcall/contract';

/**
 * What {@link WillcallApiError} has as `code`: the server's stable codes, and
 * `unexpected_response` for an answer that no Willcall server gives (a proxy's page, say).
 */
export type WillcallApiErrorCode = ErrorCode | 'unexpected_response';

/** The server refused a call. Branch on `code`; no field holds a secret. */
export class WillcallApiError extends Error {
  override readonly name = 'WillcallApiError';
  readonly code: WillcallApiErrorCode;
  /** HTTP status. */
  readonly status: number;
  /** A sentence that says what to do. */
  readonly longMessage: string;
  /** What the error is about, as on the wire: `param_name`, `session_id` and the like. */
  readonly meta: ErrorMeta;
  /** The request's id in the server's log. */
  readonly traceId: string | undefined;
  /** Seconds to wait before the next try, where the server said so (429). */
  readonly retryAfter: number | undefined;

  constructor(refusal: {
    error: Omit<ErrorJSON, 'code'> & { code: WillcallApiErrorCode };
    status: number;
    traceId: string | undefined;
    retryAfter: number | undefined;
  }) {
    const { error, status, traceId, retryAfter } = refusal;
    const longMessage = error.long_message || error.message;
    super(`${longMessage} (${error.code}, HTTP ${status})`);
    this.code = error.code;
    this.status = status;
    this.longMessage = longMessage;
    this.meta = error.meta ?? {};
    this.traceId = traceId;
    this.retryAfter = retryAfter;
  }
}
