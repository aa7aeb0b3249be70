import type { SignInStatus } from '@willcall/contract';
import type { WillcallError, WillcallNetworkError } from '../request/errors.ts';
import type { Verification } from '../user/user.ts';
import type { Navigate } from '../willcall.ts';

/** One way in which this user can sign in. */
export interface SignInFactor {
  readonly strategy: string;
  readonly emailAddressId?: string | undefined;
  readonly phoneNumberId?: string | undefined;
  /** The address, masked. */
  readonly safeIdentifier?: string | undefined;
  readonly primary?: boolean | undefined;
  readonly enterpriseConnectionId?: string | undefined;
  readonly enterpriseConnectionName?: string | undefined;
}

/**
 * How a ticket is presented by a page that asks its person first. Such a page sends `asks`;
 * refused with `ticket_confirmation_required` it shows what `meta.confirmation` says, waits
 * for a press, and sends the ticket again with `confirmation`.
 */
export interface TicketPresentation {
  /** This page can ask, and its person sees it (`visible`) or not (`hidden`). */
  readonly asks?: 'visible' | 'hidden' | undefined;
  /** `meta.confirmation.proof`, once the person has pressed. Good for ten minutes. */
  readonly confirmation?: string | undefined;
  /** What the person chose for whoever is signed in: to sign out, or to stay beside. */
  readonly signedIn?: 'switch' | 'add' | undefined;
}

/** What a sign-in starts with. `identifier` is an e-mail address, a phone number or a user name. */
export type SignInCreateParams =
  | ({ readonly strategy: 'ticket'; readonly ticket: string } & TicketPresentation)
  | { readonly strategy: 'password'; readonly identifier: string; readonly password: string }
  | { readonly strategy: 'email_code'; readonly identifier: string }
  | { readonly strategy?: undefined; readonly identifier: string };

/** Which code to send, the primary address by default, or which identity provider to go to. */
export type PrepareFirstFactorParams =
  | {
      readonly strategy: 'email_code' | 'reset_password_email_code';
      readonly emailAddressId?: string | undefined;
    }
  | {
      readonly strategy: 'enterprise_sso';
      /** The page that the provider's answer leads to, when the sign-in is not finished by it. */
      readonly redirectUrl: string;
      /** The page that a finished sign-in leads to. Default: `redirectUrl`. */
      readonly actionCompleteRedirectUrl?: string | undefined;
      /** Needed where the person can choose between several. */
      readonly enterpriseConnectionId?: string | undefined;
    };

/** The proof of a first factor. */
export type AttemptFirstFactorParams =
  | { readonly strategy: 'password'; readonly password: string }
  | { readonly strategy: 'email_code' | 'reset_password_email_code'; readonly code: string };

/** Which code to send, to prove a browser that is not known yet. The primary address by default. */
export interface PrepareSecondFactorParams {
  readonly strategy: 'email_code';
  readonly emailAddressId?: string | undefined;
}

/** The proof of a second factor, or by `email_code` of a browser that is not known yet. */
export interface AttemptSecondFactorParams {
  readonly strategy: 'totp' | 'backup_code' | 'email_code';
  readonly code: string;
}

export interface ResetPasswordParams {
  readonly password: string;
  /** Default `false`. */
  readonly signOutOfOtherSessions?: boolean | undefined;
}

export interface TicketParams {
  /** Default: the ticket in the page's address, which is taken out of it. */
  readonly ticket?: string | undefined;
}

/** What binds a ticket to this browser: to be passed on to your server, which issues the token. */
export interface SameBrowser {
  readonly challenge: string;
  readonly method: 'S256';
  /** For the hosted page: the server's cookie has the verifier too. */
  readonly proof?: string | undefined;
}

export interface FinalizeParams {
  readonly navigate?: Navigate | undefined;
}

/** How a call ended that does not throw; `error` is `undefined` when it worked. */
export interface Outcome {
  readonly error: WillcallError | WillcallNetworkError | undefined;
}

/** How the page's sign-in stands. */
export interface SignInFields {
  /** `undefined` when none is under way. */
  readonly id: string | undefined;
  /** `undefined` when none is under way. */
  readonly status: SignInStatus | undefined;
  readonly identifier: string | undefined;
  readonly supportedIdentifiers: readonly string[];
  readonly supportedFirstFactors: readonly SignInFactor[];
  readonly supportedSecondFactors: readonly SignInFactor[];
  readonly firstFactorVerification: Verification | undefined;
  readonly secondFactorVerification: Verification | undefined;
  /** Whether the user has signed in with this browser before; `pending` while it is not known who. */
  readonly clientTrustState: 'new' | 'known' | 'pending' | undefined;
  readonly userData:
    | {
        readonly firstName: string | undefined;
        readonly lastName: string | undefined;
        readonly imageUrl: string;
        readonly hasImage: boolean;
      }
    | undefined;
  /** The session that was opened, for `setActive`, when `status` is `complete`. */
  readonly createdSessionId: string | undefined;
}

/**
 * The page's sign-in. The fields tell how it stands now, also on an object that was taken
 * earlier; each change makes a new object, so that a comparison by identity notices it.
 *
 * The methods throw {@link WillcallError} when the server refuses, also when it answers a
 * status that is not in `SignInStatus`, and with `sign_in_step_invalid` when nothing is under
 * way, perhaps since another tab has ended it; {@link WillcallNetworkError} when it was not reached;
 * and TypeError when they are used wrongly. They wait for loading, and start it if need be.
 */
export interface SignIn extends SignInFields {
  /**
   * Starts a sign-in. Calls with the same ticket share one redemption, and a redemption
   * whose answer was lost is repeated once: the server gives the same session again.
   */
  create(params: SignInCreateParams): Promise<StartedSignIn>;
  /**
   * Sends the code. With `enterprise_sso` it sends nobody anywhere: the page goes to
   * `firstFactorVerification.externalVerificationRedirectUrl` itself.
   */
  prepareFirstFactor(params: PrepareFirstFactorParams): Promise<StartedSignIn>;
  attemptFirstFactor(params: AttemptFirstFactorParams): Promise<StartedSignIn>;
  /** Sends the code when `status` is `needs_client_trust`. */
  prepareSecondFactor(params: PrepareSecondFactorParams): Promise<StartedSignIn>;
  /** Proves what is asked for when `status` is `needs_second_factor` or `needs_client_trust`. */
  attemptSecondFactor(params: AttemptSecondFactorParams): Promise<StartedSignIn>;
  /** Sets the password when `status` is `needs_new_password`. */
  resetPassword(params: ResetPasswordParams): Promise<StartedSignIn>;
  /** Redeems a ticket. Answers refusals instead of throwing them. */
  ticket(params?: TicketParams): Promise<Outcome>;
  /**
   * Begins a ticket that only this browser can redeem: pass the answer on as `sameBrowser` when
   * the token is issued. The verifier stays in the storage of this origin, for a day or until it
   * has served, and is sent with every ticket that is redeemed here.
   */
  startSameBrowser(): Promise<SameBrowser>;
  /**
   * Makes the opened session active; see `setActive`. TypeError while a step is left to do; where
   * nothing is under way any more it answers the error `sign_in_step_invalid`.
   */
  finalize(params?: FinalizeParams): Promise<Outcome>;
  /** Forgets the sign-in that is under way, in this page. */
  reset(): void;
}

/** A sign-in that is under way. */
export interface StartedSignIn extends SignIn {
  readonly id: string;
  readonly status: SignInStatus;
}
