import type { SignInFactor } from '../sign-in/sign-in.ts';
import type { Verification } from './user.ts';

/** What is to be proved: `multi_factor` is the first factor, and then the second. */
export type SessionVerificationLevel = 'first_factor' | 'second_factor' | 'multi_factor';

/** How far a person has proved again who they are, and the steps on from there. */
export interface SessionVerification {
  /** `first_factor` where there is no second one. */
  readonly level: SessionVerificationLevel;
  readonly status: 'needs_first_factor' | 'needs_second_factor' | 'complete';
  /** Empty where this person proves it by signing in again alone. */
  readonly supportedFirstFactors: readonly SignInFactor[];
  readonly supportedSecondFactors: readonly SignInFactor[];
  readonly firstFactorVerification: Verification | undefined;
  readonly secondFactorVerification: Verification | undefined;
  /** Sends a code by e-mail. */
  prepareFirstFactor(params: PrepareVerificationFactorParams): Promise<SessionVerification>;
  attemptFirstFactor(params: AttemptFirstVerificationParams): Promise<SessionVerification>;
  attemptSecondFactor(params: AttemptSecondVerificationParams): Promise<SessionVerification>;
}

export interface VerifyParams {
  readonly level: SessionVerificationLevel;
}

export interface PrepareVerificationFactorParams {
  readonly strategy: 'email_code';
  /** Default: the primary address. */
  readonly emailAddressId?: string | undefined;
}

export type AttemptFirstVerificationParams =
  | { readonly strategy: 'password'; readonly password: string }
  | { readonly strategy: 'email_code'; readonly code: string };

export interface AttemptSecondVerificationParams {
  readonly strategy: 'totp' | 'backup_code';
  readonly code: string;
}
