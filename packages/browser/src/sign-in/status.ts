import type { SignInJSON, SignInStatus } from '@willcall/contract';
import { pageError } from '../request/errors.ts';

/** Does not compile when a status is missing. */
const known: Record<SignInStatus, true> = {
  needs_identifier: true,
  needs_first_factor: true,
  needs_second_factor: true,
  needs_client_trust: true,
  needs_new_password: true,
  complete: true,
  abandoned: true,
};

export function isKnownSignInStatus(status: string): boolean {
  return Object.hasOwn(known, status);
}

/** Refuses a status of a newer server: taken for another one it would hide what is still needed. */
export function requireKnownStatus({ status }: Pick<SignInJSON, 'status'>): void {
  if (isKnownSignInStatus(status)) return;
  throw pageError(
    'status_unknown',
    `This page does not know the step ${status} yet. Sign in another way.`,
  );
}
