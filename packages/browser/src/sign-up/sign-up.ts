import type { Metadata, SignUpStatus } from '@willcall/contract';
import type { FinalizeParams, Outcome, TicketPresentation } from '../sign-in/sign-in.ts';
import type { Verification } from '../user/user.ts';

/**
 * What a new account starts with; what is missing can be added by `update`. A page that asks
 * before a ticket alone makes the account says how it presents the ticket.
 */
export interface SignUpParams extends TicketPresentation {
  readonly emailAddress?: string | undefined;
  readonly password?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly username?: string | undefined;
  readonly unsafeMetadata?: Metadata | undefined;
  readonly legalAccepted?: boolean | undefined;
  /** An invitation's ticket; `strategy: 'ticket'` is sent with it. */
  readonly ticket?: string | undefined;
}

export interface PrepareVerificationParams {
  readonly strategy: 'email_code';
}

export interface AttemptVerificationParams {
  readonly strategy: 'email_code';
  readonly code: string;
}

/** How the page's sign-up stands. */
export interface SignUpFields {
  /** `undefined` when none is under way. */
  readonly id: string | undefined;
  /** `undefined` when none is under way. */
  readonly status: SignUpStatus | undefined;
  readonly requiredFields: readonly string[];
  readonly optionalFields: readonly string[];
  readonly missingFields: readonly string[];
  readonly unverifiedFields: readonly string[];
  readonly emailAddress: string | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly username: string | undefined;
  readonly hasPassword: boolean;
  /** How far the address is proved. */
  readonly verifications: { readonly emailAddress: Verification | undefined } | undefined;
  readonly createdSessionId: string | undefined;
  readonly createdUserId: string | undefined;
}

/** The page's sign-up; live and with the errors of {@link SignIn}, its code is `sign_up_step_invalid`. */
export interface SignUp extends SignUpFields {
  create(params?: SignUpParams): Promise<StartedSignUp>;
  update(params: SignUpParams): Promise<StartedSignUp>;
  /** Sends the code. */
  prepareVerification(params: PrepareVerificationParams): Promise<StartedSignUp>;
  attemptVerification(params: AttemptVerificationParams): Promise<StartedSignUp>;
  /**
   * Makes the opened session active; see `setActive`. TypeError while a step is left to do; where
   * nothing is under way any more it answers the error `sign_up_step_invalid`.
   */
  finalize(params?: FinalizeParams): Promise<Outcome>;
  /** Forgets the sign-up that is under way, in this page. */
  reset(): void;
}

/** A sign-up that is under way. */
export interface StartedSignUp extends SignUp {
  readonly id: string;
  readonly status: SignUpStatus;
}
