import type { EnterpriseConnection } from './connection.ts';

/** What must come back unchanged, or match, when a person returns from a provider. */
export interface VisitChecks {
  /** Names the visit in the address of the answer. */
  readonly state: string;
  /** Comes back inside the ID token. */
  readonly nonce: string;
  /** Proves at the token endpoint that we began the visit (RFC 7636). */
  readonly verifier: string;
}

/** Whom a provider says that a person is. */
export interface ProvedIdentity {
  readonly subject: string;
  readonly emailAddress: string | undefined;
  /** `false` when the provider says that it did not verify the address. */
  readonly isEmailAddressTrusted: boolean;
}

/**
 * The identity providers of companies. Both calls refuse with `enterprise_sso_unavailable`
 * where the provider does not answer or its discovery document cannot be used.
 */
export interface IdentityProvider {
  /** The provider's address at which a visit begins. */
  begin(
    connection: EnterpriseConnection,
    visit: { callbackUrl: string; checks: VisitChecks; loginHint: string | undefined },
  ): Promise<string>;
  /**
   * Checks an answer and exchanges its code for the identity. Refuses with
   * `oauth_access_denied` where the provider said no, and with `enterprise_sso_failed`
   * where anything of the answer does not match the visit.
   *
   * @param query of the answer, as it came
   */
  finish(
    connection: EnterpriseConnection,
    visit: { callbackUrl: string; checks: VisitChecks; query: string },
  ): Promise<ProvedIdentity>;
}
