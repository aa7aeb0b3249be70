import type { VerificationJSON } from '@willcall/contract';

/** How an address or number was proved to be the person's own. */
export interface Verification {
  readonly status: VerificationJSON['status'];
  /** The strategy that proves it, for example `email_code`, `ticket` or `admin`. */
  readonly strategy: string;
  readonly attempts: number | undefined;
  /** Epoch milliseconds. */
  readonly expireAt: number | undefined;
}

/** A verification from the wire. */
export function readVerification(json: VerificationJSON): Verification {
  return {
    status: json.status,
    strategy: json.strategy,
    attempts: json.attempts ?? undefined,
    expireAt: json.expire_at ?? undefined,
  };
}
