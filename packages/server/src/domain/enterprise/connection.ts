import { notFound } from '../refusal.ts';
import { emailAddressesOf, type Identification, type User } from '../user/user.ts';
import type { World } from '../world.ts';

/**
 * The identity provider of a company (OpenID Connect), and the e-mail domains whose people
 * must sign in there. A domain may belong to several connections; people choose then.
 *
 * Nothing stops an operator from claiming a public mail domain: there is no list of those
 * that would be complete. Everybody with such an address would have to use the provider.
 */
export interface EnterpriseConnection {
  readonly id: string;
  /** Once among all connections; people choose by it. */
  readonly name: string;
  /** Lower case. */
  readonly domains: readonly string[];
  /** The issuer and `/.well-known/openid-configuration` (OpenID Connect Discovery 1.0, section 4). */
  readonly discoveryUrl: string;
  readonly oidcClientId: string;
  /** Sealed for {@link secretPurpose}; `undefined` for a public client. */
  readonly oidcSealedSecret: string | undefined;
  readonly isActive: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What the client secret of a connection is sealed for. */
export const secretPurpose = 'enterprise connection';

/** The person whom a subject of a connection is. */
export interface EnterpriseAccount {
  readonly connectionId: string;
  /** The `sub` of the provider: the one name that it never gives to somebody else. */
  readonly subject: string;
  readonly userId: string;
  /** The address by which the two were found to be one. */
  readonly emailAddress: string;
  readonly createdAt: number;
}

export interface EnterpriseConnectionStore {
  /** `false` when another connection has this name. */
  add(connection: EnterpriseConnection): Promise<boolean>;
  /** The same; `false` also when there is no such connection. */
  replace(connection: EnterpriseConnection): Promise<boolean>;
  /** Removes it with its accounts and visits. */
  remove(id: string): Promise<boolean>;
  find(id: string): Promise<EnterpriseConnection | undefined>;
  findByName(name: string): Promise<EnterpriseConnection | undefined>;
  /** Oldest first. */
  list(filter: { isActive?: boolean | undefined }): Promise<readonly EnterpriseConnection[]>;
  /** The active connections that have any of these e-mail domains, by name. As much work for none. */
  listOfDomains(domains: readonly string[]): Promise<readonly EnterpriseConnection[]>;
  findAccount(connectionId: string, subject: string): Promise<EnterpriseAccount | undefined>;
  /**
   * Links a subject to a user. Whoever comes first stays: `false` when the subject is linked
   * already, or the user to another subject of this connection.
   */
  link(account: EnterpriseAccount): Promise<boolean>;
}

/** The connection of this id. Refuses with `resource_not_found`. */
export async function getConnection(world: World, id: string): Promise<EnterpriseConnection> {
  const connection = await world.store.enterpriseConnections.find(id);
  if (!connection) throw notFound('enterprise connection');
  return connection;
}

/**
 * The connections that a user must sign in through: those of the domains of all verified
 * addresses. The primary one alone would not do, since the person chooses which it is and
 * could leave the company's sign-in. Who has addresses of two companies may go to either.
 */
export function connectionsOf(world: World, user: User): Promise<readonly EnterpriseConnection[]> {
  const domains = companyAddressesOf(user).map(({ value }) => domainOf(value));
  return world.store.enterpriseConnections.listOfDomains(domains);
}

/** The addresses of a user that can belong to a company, the primary one first. */
export function companyAddressesOf(user: User): readonly Identification[] {
  return emailAddressesOf(user).filter(({ isVerified }) => isVerified);
}

/** The active connections that an address belongs to. */
export function connectionsOfAddress(
  world: World,
  emailAddress: string,
): Promise<readonly EnterpriseConnection[]> {
  return world.store.enterpriseConnections.listOfDomains([domainOf(emailAddress)]);
}

/** What stands behind the last `@`, in lower case. */
export function domainOf(emailAddress: string): string {
  return emailAddress.slice(emailAddress.lastIndexOf('@') + 1).toLowerCase();
}
