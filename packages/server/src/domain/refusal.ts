import type { ErrorCode, ErrorMeta } from '@willcall/contract';

/**
 * The one way in which the domain says no. The code decides the HTTP status
 * (`errorStatus` of the contract); the message is for the person who must act on it.
 * Anything else that is thrown is a bug and answered as 500 without detail.
 */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly meta: ErrorMeta;

  /** @param options `cause`: what the operator must know and the caller must not */
  constructor(code: ErrorCode, message: string, meta: ErrorMeta = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Refusal';
    this.code = code;
    this.meta = meta;
  }
}

/** A refusal about one field of the request. */
export function refuseField(code: ErrorCode, field: string, message: string): Refusal {
  return new Refusal(code, message, { param_name: field });
}

/** The refusal for an id or address that names nothing here. */
export function notFound(what: string): Refusal {
  return new Refusal('resource_not_found', `There is no such ${what}.`);
}
