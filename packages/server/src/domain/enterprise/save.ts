import { newId } from '../id.ts';
import type { InstanceState } from '../instance/instance.ts';
import { notFound, refuseField } from '../refusal.ts';
import type { Secret } from '../secret.ts';
import type { World } from '../world.ts';
import { type EnterpriseConnection, getConnection, secretPurpose } from './connection.ts';

/** What an operator says of a connection. */
export interface ConnectionFields {
  readonly name: string;
  readonly domains: readonly string[];
  readonly discoveryUrl: string;
  readonly oidcClientId: string;
  readonly oidcSecret: Secret | undefined;
  readonly isActive: boolean;
}

/** Creates a connection. Refuses a name that is taken and what no provider could be reached by. */
export async function createConnection(
  world: World,
  fields: ConnectionFields,
): Promise<EnterpriseConnection> {
  const now = world.clock.now();
  const connection = {
    id: newId(world, 'ent'),
    ...readFields(world, fields),
    createdAt: now,
    updatedAt: now,
  };
  if (!(await world.store.enterpriseConnections.add(connection))) throw nameTaken();
  return connection;
}

/** Changes what is given of a connection. */
export async function updateConnection(
  world: World,
  id: string,
  fields: Partial<ConnectionFields>,
): Promise<EnterpriseConnection> {
  const found = await getConnection(world, id);
  const updated = { ...found, ...readFields(world, fields), updatedAt: world.clock.now() };
  if (!(await world.store.enterpriseConnections.replace(updated))) throw nameTaken();
  return updated;
}

/** Removes a connection; its people sign in as everybody else from then on. */
export async function removeConnection(world: World, id: string): Promise<void> {
  if (!(await world.store.enterpriseConnections.remove(id)))
    throw notFound('enterprise connection');
}

/**
 * Brings the connections of a configuration file into the store, each known by its name.
 * Connections that the file does not name stay as they are.
 */
export async function applyConnections(
  world: World,
  connections: readonly ConnectionFields[],
): Promise<void> {
  for (const fields of connections) {
    const found = await world.store.enterpriseConnections.findByName(fields.name);
    if (found) await updateConnection(world, found.id, fields);
    else await createConnection(world, fields);
  }
}

function readFields<Fields extends Partial<ConnectionFields>>(world: World, fields: Fields) {
  const { oidcSecret, ...rest } = fields;
  if (fields.discoveryUrl !== undefined) refuseDiscoveryUrl(world.instance, fields.discoveryUrl);
  return {
    ...rest,
    ...(fields.domains && {
      domains: [...new Set(fields.domains.map((domain) => domain.toLowerCase()))],
    }),
    ...('oidcSecret' in fields && {
      oidcSealedSecret: oidcSecret && world.vault.seal(secretPurpose, oidcSecret.reveal()),
    }),
  } as Omit<Fields, 'oidcSecret'> & Pick<EnterpriseConnection, 'oidcSealedSecret'>;
}

const discoveryPath = '/.well-known/openid-configuration';

/** Whether a provider may be talked to at this address: by TLS, or on this machine while developing. */
export function isProviderUrl(instance: Pick<InstanceState, 'type'>, text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return (
    protocol === 'https:' || (protocol === 'http:' && isLoopback && instance.type === 'development')
  );
}

function refuseDiscoveryUrl(instance: InstanceState, url: string): void {
  if (isProviderUrl(instance, url) && url.endsWith(discoveryPath) && !/[?#\s]/.test(url)) return;
  throw refuseField(
    'form_param_value_invalid',
    'oidc.discovery_url',
    `Give the https address of the provider that ends in ${discoveryPath}.`,
  );
}

function nameTaken() {
  return refuseField(
    'form_identifier_exists',
    'name',
    'Another connection has this name. Use a different one.',
  );
}
