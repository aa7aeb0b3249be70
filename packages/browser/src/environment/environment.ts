/** What the instance tells every page. */
export interface Environment {
  readonly instanceType: 'development' | 'production';
  readonly applicationName: string;
  readonly publishableKey: string;
  /** Where the hosted pages are, without a closing `/`. */
  readonly hostedPagesUrl: string;
  readonly homeUrl: string | undefined;
  readonly signInUrl: string | undefined;
  readonly signUpUrl: string | undefined;
  readonly userProfileUrl: string | undefined;
  readonly afterSignInUrl: string | undefined;
  readonly afterSignUpUrl: string | undefined;
  readonly afterSignOutUrl: string | undefined;
  /** Whom a person can ask for help. */
  readonly supportEmail: string | undefined;
  /** Where a person asks for a new sign-in link: an https or mailto address. */
  readonly newLinkUrl: string | undefined;
  readonly isSingleSession: boolean;
  /** Who may make an account. */
  readonly signUpMode: string;
  /** Whether a password can be used to sign in. */
  readonly passwordEnabled: boolean;
  /** Whether a code by e-mail can be used to sign in. */
  readonly emailCodeEnabled: boolean;
  /** Whether the server tells nobody who has an account, before something is proved. */
  readonly enumerationProtectionEnabled: boolean;
  readonly passwordMinLength: number;
  /** Whether people can have an authenticator app asked for when they sign in. */
  readonly authenticatorAppEnabled: boolean;
  /** Whether every session must speak for an organization. */
  readonly isOrganizationForced: boolean;
}
