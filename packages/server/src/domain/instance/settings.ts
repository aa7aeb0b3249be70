import type { Confirmation, StepUp } from '../sign-in-token/sign-in-token.ts';

/**
 * The settings of an instance: what `willcall.config.json` and `PATCH /v1/instance` change.
 * Each is documented where its schema is declared: `settings-file.ts`.
 */
export interface InstanceSettings {
  readonly applicationName: string;
  readonly allowedOrigins: readonly string[];
  readonly signInUrl: string | undefined;
  /** Pages of apps that ask for confirmation by themselves. */
  readonly askingPages: readonly string[];
  readonly signUpUrl: string | undefined;
  readonly homeUrl: string | undefined;
  readonly afterSignInUrl: string | undefined;
  readonly newLinkUrl: string | undefined;
  readonly supportEmail: string | undefined;
  readonly isTestMode: boolean;
  readonly isSingleSession: boolean;
  readonly strategies: { readonly password: boolean; readonly emailCode: boolean };
  readonly signUpMode: 'public' | 'restricted' | 'waitlist';
  /** Whether a password from an unknown device needs a code by e-mail as well. */
  readonly isClientTrustAsked: boolean;
  /** What a sign-in by ticket must prove at least. */
  readonly leastStepUp: StepUp;
  readonly isFirstFactorAskedBesideTickets: boolean;
  /** Whether pages ask before a ticket signs somebody in; `undefined`: by the instance's type. */
  readonly confirmation: Confirmation | undefined;
  readonly hasOrganizations: boolean;
  /** Whether people create organizations themselves. */
  readonly isOrganizationCreationAllowed: boolean;
  /** Whether a session waits until an organization is chosen. */
  readonly isOrganizationForced: boolean;
  readonly passwordMinLength: number;
  readonly sessionLifetimeSeconds: number;
  readonly sessionInactivitySeconds: number;
  readonly maxTokenLifetimeSeconds: number;
  /** How long a token, an invitation or a session is kept after its end. */
  readonly tokenRetentionDays: number;
  /** How long networks, devices and refused tries are kept. */
  readonly traceRetentionDays: number;
  /** How long a line of the audit log is kept. */
  readonly auditRetentionDays: number;
  readonly lockoutAttempts: number;
  readonly lockoutSeconds: number;
  /** Whether no answer before a proof tells that there is an account. */
  readonly isEnumerationProtected: boolean;
  readonly cookieDomain: string | undefined;
}
