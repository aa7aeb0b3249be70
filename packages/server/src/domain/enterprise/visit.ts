import { urlParameters } from '@willcall/contract';
import { refuseForeignDestination } from '../instance/destination.ts';
import { refuseField } from '../refusal.ts';
import { hashSecret } from '../secret.ts';
import type { FactorVerification } from '../sign-in/sign-in.ts';
import type { StepInput } from '../sign-in/strategy.ts';
import { newSecret, type World } from '../world.ts';
import { domainOf, type EnterpriseConnection } from './connection.ts';
import type { VisitChecks } from './identity-provider.ts';

/** One way of a person to an identity provider and back. */
export interface EnterpriseVisit {
  readonly stateHash: string;
  readonly signInId: string;
  readonly connectionId: string;
  /** The {@link VisitChecks} as JSON, sealed for {@link checksPurpose}. */
  readonly sealedChecks: string;
  readonly callbackUrl: string;
  /** Where the person goes on when something is left to do. */
  readonly redirectUrl: string;
  /** Where the person lands once signed in. */
  readonly completeUrl: string | undefined;
  readonly expiresAt: number;
}

/** What the checks of a visit are sealed for. */
export const checksPurpose = 'enterprise visit';

export interface EnterpriseVisitStore {
  /** Adds a visit; the one before of the same sign-in is void. */
  add(visit: EnterpriseVisit): Promise<void>;
  find(stateHash: string): Promise<EnterpriseVisit | undefined>;
  /** Takes a visit away, for exactly one caller. It may have expired. */
  take(stateHash: string): Promise<EnterpriseVisit | undefined>;
}

/** How long a person may take at the provider. Milliseconds. */
const visitLifetime = 600_000;

/** Who goes, and where they may go. */
export interface VisitingPerson {
  /** The provider is told the first one of its own domains, and no other. */
  readonly emailAddresses: readonly string[];
  readonly connections: readonly EnterpriseConnection[];
}

/**
 * Begins a visit to the provider of a person. Refuses destinations outside the allowed
 * origins, a connection that is not the person's, and a provider that does not answer;
 * nothing is written then.
 */
export async function beginVisit(
  world: World,
  person: VisitingPerson,
  input: StepInput,
  signInId: string | undefined,
): Promise<FactorVerification> {
  if (signInId === undefined) throw new TypeError('a visit needs its sign-in');
  const { callbackUrl } = input;
  if (callbackUrl === undefined)
    throw new TypeError('a visit needs the address that it comes back to');
  const { redirectUrl, actionCompleteRedirectUrl: completeUrl } = input;
  refuseForeignDestination(world, 'redirect_url', redirectUrl);
  if (redirectUrl === undefined) {
    throw refuseField(
      'form_param_missing',
      'redirect_url',
      'redirect_url is required: the page to come back to.',
    );
  }
  refuseForeignDestination(world, 'action_complete_redirect_url', completeUrl);
  const connection = chooseConnection(person, input.enterpriseConnectionId);
  const checks = draftChecks(world);
  const externalUrl = await world.identityProvider.begin(connection, {
    callbackUrl,
    checks,
    loginHint: person.emailAddresses.find((each) => connection.domains.includes(domainOf(each))),
  });
  const now = world.clock.now();
  const visit: EnterpriseVisit = {
    stateHash: hashSecret(checks.state),
    signInId,
    connectionId: connection.id,
    sealedChecks: world.vault.seal(checksPurpose, JSON.stringify(checks)),
    callbackUrl,
    redirectUrl: withoutTicket(redirectUrl),
    completeUrl,
    expiresAt: now + visitLifetime,
  };
  await world.store.enterpriseVisits.add(visit);
  return {
    strategy: 'enterprise_sso',
    status: 'unverified',
    externalUrl,
    expireAt: visit.expiresAt,
  };
}

/**
 * A ticket has no place in a row; and a page that comes back with it after a refusal would
 * begin the next visit at once, without end. Official components put it into the hash as well.
 */
function withoutTicket(address: string): string {
  const url = new URL(address);
  for (const name of [urlParameters.ticket, urlParameters.ticketStatus]) {
    if (url.searchParams.has(name)) url.searchParams.delete(name);
  }
  const [route = '', ...queries] = url.hash.split('?');
  const query = new URLSearchParams(queries.join('?'));
  if (!query.has(urlParameters.ticket)) return url.href;
  query.delete(urlParameters.ticket);
  query.delete(urlParameters.ticketStatus);
  url.hash = query.size > 0 ? `${route}?${query.toString()}` : route;
  return url.href;
}

function chooseConnection(
  { connections }: VisitingPerson,
  id: string | undefined,
): EnterpriseConnection {
  const [first, ...others] = connections;
  const chosen =
    id === undefined && others.length === 0 ? first : connections.find((each) => each.id === id);
  if (chosen) return chosen;
  const code = id === undefined ? 'form_param_missing' : 'form_param_value_invalid';
  throw refuseField(code, 'enterprise_connection_id', 'Choose one of the connections offered.');
}

/** The verifier has 43 characters, the fewest that RFC 7636 allows. */
function draftChecks(world: World): VisitChecks {
  const verifier = Buffer.from(world.randomBytes(32)).toString('base64url');
  return { state: newSecret(world), nonce: newSecret(world), verifier };
}
