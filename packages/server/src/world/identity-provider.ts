import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  calculatePKCECodeChallenge,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  customFetch,
  type CustomFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
} from 'openid-client';
import { type EnterpriseConnection, secretPurpose } from '../domain/enterprise/connection.ts';
import type {
  IdentityProvider,
  ProvedIdentity,
  VisitChecks,
} from '../domain/enterprise/identity-provider.ts';
import { isProviderUrl } from '../domain/enterprise/save.ts';
import type { InstanceState } from '../domain/instance/instance.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Clock, Vault } from '../domain/world.ts';
import { boundedFetch, Unreachable } from './bounded-fetch.ts';

/** A person waits: a provider that does not answer is given up soon. */
const timeoutSeconds = 8;

/** Providers change their keys and addresses seldom. Milliseconds. */
const discoveredFor = 600_000;

interface Discovered {
  /** What of the connection it was made with. */
  readonly madeWith: string;
  readonly until: number;
  readonly configuration: Promise<Configuration>;
}

/** Talks to identity providers by OpenID Connect: authorization code with PKCE, state and nonce. */
export function openIdentityProvider(
  instance: Pick<InstanceState, 'type'>,
  vault: Pick<Vault, 'open'>,
  clock: Clock,
): IdentityProvider {
  const known = new Map<string, Discovered>();
  const fetch = boundedFetch((url) => isProviderUrl(instance, url));

  async function configure(connection: EnterpriseConnection): Promise<Configuration> {
    const { id, updatedAt, discoveryUrl, oidcClientId, oidcSealedSecret: sealed } = connection;
    // Two nodes may have written at the same millisecond: the time alone does not tell.
    const madeWith = JSON.stringify([updatedAt, discoveryUrl, oidcClientId, sealed]);
    const found = known.get(id);
    if (found?.madeWith === madeWith && found.until > clock.now()) return found.configuration;
    const secret = sealed === undefined ? undefined : vault.open(secretPurpose, sealed);
    const configuration = discover(instance, connection, secret, fetch);
    known.set(id, { madeWith, until: clock.now() + discoveredFor, configuration });
    try {
      return await configuration;
    } catch (cause) {
      known.delete(id);
      throw unavailable(cause);
    }
  }

  return {
    async begin(connection, { callbackUrl, checks, loginHint }) {
      const configuration = await configure(connection);
      const url = new URL(configuration.serverMetadata().authorization_endpoint ?? '');
      const asked = {
        response_type: 'code',
        client_id: connection.oidcClientId,
        redirect_uri: callbackUrl,
        scope: 'openid email',
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: 'S256',
        ...(loginHint === undefined ? {} : { login_hint: loginHint }),
      };
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
      return url.href;
    },

    async finish(connection, { callbackUrl, checks, query }) {
      const configuration = await configure(connection);
      const answered = new URL(callbackUrl);
      answered.search = query;
      try {
        return await exchange(configuration, answered, checks);
      } catch (cause) {
        throw explain(cause);
      }
    },
  };
}

/** Signatures are verified although the token comes by TLS: development has providers without. */
async function discover(
  instance: Pick<InstanceState, 'type'>,
  { discoveryUrl, oidcClientId }: EnterpriseConnection,
  secret: string | undefined,
  fetch: CustomFetch,
): Promise<Configuration> {
  const isPlain = discoveryUrl.startsWith('http:');
  const configuration = await discovery(
    new URL(discoveryUrl),
    oidcClientId,
    undefined,
    secret === undefined ? None() : authenticateBy(secret),
    {
      timeout: timeoutSeconds,
      [customFetch]: fetch,
      // Each address is judged by itself in boundedFetch.
      // oxlint-disable-next-line typescript/no-deprecated -- marked so that it stands out
      execute: [enableNonRepudiationChecks, ...(isPlain ? [allowInsecureRequests] : [])],
    },
  );
  // OpenID Connect Discovery 1.0, section 4.3: the document speaks for this issuer alone.
  const { issuer, authorization_endpoint: signInUrl } = configuration.serverMetadata();
  if (`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration` !== discoveryUrl) {
    throw new Unreachable('ISSUER_MISMATCH');
  }
  if (!isProviderUrl(instance, signInUrl ?? '')) throw new Unreachable('ADDRESS_NOT_ALLOWED');
  return configuration;
}

/** The secret goes into the header, unless the provider takes it in the body alone. */
function authenticateBy(secret: string): ClientAuth {
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const isPost =
      !methods.includes('client_secret_basic') && methods.includes('client_secret_post');
    return (isPost ? post : basic)(server, ...rest);
  };
}

/**
 * Checks `state` and `iss` (RFC 9207) before the code goes anywhere, then the ID token:
 * signature, issuer, audience, time and nonce. Some providers tell the address only at the
 * userinfo endpoint.
 */
async function exchange(
  configuration: Configuration,
  answered: URL,
  checks: VisitChecks,
): Promise<ProvedIdentity> {
  const tokens = await authorizationCodeGrant(configuration, answered, {
    expectedState: checks.state,
    expectedNonce: checks.nonce,
    pkceCodeVerifier: checks.verifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims) throw new TypeError('there is no ID token');
  const hasMore =
    claims['email'] === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined;
  const told = hasMore
    ? await fetchUserInfo(configuration, tokens.access_token, claims.sub)
    : claims;
  const { email, email_verified: isVerified } = told;
  return {
    subject: claims.sub,
    emailAddress: typeof email === 'string' ? email : undefined,
    // Some providers write it as text.
    isEmailAddressTrusted: isVerified === undefined || String(isVerified) === 'true',
  };
}

function explain(cause: unknown): Refusal {
  if (cause instanceof Unreachable) return unavailable(cause);
  if (cause instanceof AuthorizationResponseError) {
    const message = 'Your company did not sign you in. Try again, or ask your administrator.';
    return new Refusal('oauth_access_denied', message, {}, { cause });
  }
  const message = 'What came back from your company does not fit. Start again.';
  return new Refusal('enterprise_sso_failed', message, {}, { cause });
}

function unavailable(cause: unknown): Refusal {
  const message =
    'The sign-in of your company does not answer. Try again in a moment, or ask your administrator.';
  return new Refusal('enterprise_sso_unavailable', message, {}, { cause });
}
