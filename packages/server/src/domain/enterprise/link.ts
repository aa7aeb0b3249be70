import { Refusal } from '../refusal.ts';
import { normalizeIdentifier } from '../user/email-address.ts';
import type { User } from '../user/user.ts';
import type { World } from '../world.ts';
import { companyAddressesOf, domainOf, type EnterpriseConnection } from './connection.ts';
import type { ProvedIdentity } from './identity-provider.ts';

/**
 * Refuses an identity that is not this user's. The first time it is known by its address,
 * and from then on by its subject alone: a provider may give an address to somebody else
 * (OpenID Connect Core 1.0, section 5.7).
 */
export async function requireOwnIdentity(
  world: World,
  connection: EnterpriseConnection,
  user: User,
  identity: ProvedIdentity,
): Promise<void> {
  const { enterpriseConnections } = world.store;
  const { subject } = identity;
  const account = await enterpriseConnections.findAccount(connection.id, subject);
  if (account) return refuseUnless(account.userId === user.id);
  const emailAddress = sharedAddress(connection, user, identity);
  if (emailAddress === undefined) return refuseUnless(false);
  const link = {
    connectionId: connection.id,
    subject,
    userId: user.id,
    emailAddress,
    createdAt: world.clock.now(),
  };
  if (await enterpriseConnections.link(link)) return;
  // Another visit may have linked the same two a moment ago.
  const winner = await enterpriseConnections.findAccount(connection.id, subject);
  return refuseUnless(winner?.userId === user.id);
}

/** The verified address that the provider and we both know. It speaks for its own domains alone. */
function sharedAddress(
  connection: EnterpriseConnection,
  user: User,
  { emailAddress, isEmailAddressTrusted }: ProvedIdentity,
): string | undefined {
  if (emailAddress === undefined || !isEmailAddressTrusted) return undefined;
  if (!connection.domains.includes(domainOf(emailAddress))) return undefined;
  const address = companyAddressesOf(user).find(
    ({ value }) => normalizeIdentifier(value) === normalizeIdentifier(emailAddress),
  );
  return address?.value;
}

function refuseUnless(isOwn: boolean): void {
  if (!isOwn) throw foreignIdentity();
}

/** The refusal of an identity that is somebody else's than the one who signs in. */
export function foreignIdentity(): Refusal {
  return new Refusal(
    'enterprise_identity_mismatch',
    'You signed in at your company as somebody else. Sign in there with the account of this address.',
  );
}
