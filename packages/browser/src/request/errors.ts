import type { ErrorCode, ErrorJSON, ErrorMeta } from '@willcall/contract';

/**
 * What can be wrong besides the server's refusals: an answer that is no answer of the
 * server, a status that this version does not know, no ticket in the page's address, a
 * browser that keeps nothing, an attempt or a session that another tab has ended.
 */
export type PageErrorCode =
  | 'answer_unreadable'
  | 'status_unknown'
  | 'ticket_missing'
  | 'storage_unavailable'
  | 'sign_in_step_invalid'
  | 'sign_up_step_invalid'
  | 'authentication_invalid';

/** A newer server may know more codes than this version. */
export type WillcallErrorCode = ErrorCode | PageErrorCode | (string & {});

export interface WillcallErrorFields {
  readonly status: number;
  readonly errors: readonly (Omit<ErrorJSON, 'code'> & { readonly code: WillcallErrorCode })[];
  readonly traceId?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

/** The server refused. `code` is stable; `message` and `longMessage` can be shown to the person. */
export class WillcallError extends Error {
  override readonly name = 'WillcallError';
  declare readonly code: WillcallErrorCode;
  /** What to do about it. */
  declare readonly longMessage: string;
  declare readonly meta: Readonly<ErrorMeta>;
  /** The HTTP status; 0 when the server was not asked. */
  declare readonly status: number;
  /** Finds the request in the server's log. */
  declare readonly traceId: string | undefined;
  /** When the server asks to wait: for how long. */
  declare readonly retryAfterSeconds: number | undefined;
  /** Every error of the answer; the first one is this error. */
  declare readonly errors: WillcallErrorFields['errors'];

  constructor(fields: WillcallErrorFields) {
    const [first] = fields.errors;
    super(first?.message);
    this.code = first?.code ?? 'answer_unreadable';
    this.longMessage = first?.long_message ?? this.message;
    this.meta = first?.meta ?? {};
    Object.assign(this, fields);
  }
}

/** The server was not reached, or its answer got lost. `cause` is what `fetch` threw. */
export class WillcallNetworkError extends Error {
  override readonly name = 'WillcallNetworkError';
  readonly code = 'network_failure';

  constructor(cause: unknown) {
    super('The sign-in server cannot be reached. Try again.', { cause });
  }
}

/** An error that this page found itself. */
export function pageError(code: PageErrorCode, message: string, status = 0): WillcallError {
  return new WillcallError({
    status,
    errors: [{ code, message, long_message: message, meta: {} }],
  });
}
