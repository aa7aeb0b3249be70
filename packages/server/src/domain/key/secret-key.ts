import { type AuditEntry, auditEntry, operator } from '../audit-log/audit-log.ts';
import { newId } from '../id.ts';
import { notFound } from '../refusal.ts';
import { hashSecret, Secret } from '../secret.ts';
import type { World } from '../world.ts';
import type { Scope } from './scopes.ts';

/** A key with which a customer's server calls the Backend API. Only its hash is kept. */
export interface SecretKey {
  readonly id: string;
  readonly name: string;
  readonly secretHash: string;
  /** The last four characters, to tell keys apart in a list. */
  readonly lastFour: string;
  /** What it is good for; `undefined`: everything. */
  readonly scopes: readonly Scope[] | undefined;
  readonly createdAt: number;
  readonly revokedAt: number | undefined;
}

export interface SecretKeyStore {
  add(key: SecretKey, entry: AuditEntry): Promise<void>;
  list(): Promise<readonly SecretKey[]>;
  findLiveByHash(secretHash: string): Promise<SecretKey | undefined>;
  /** `false` when there is no live key of this id. */
  revoke(id: string, at: number, entry: AuditEntry): Promise<boolean>;
}

/**
 * Makes a secret key. The secret is in the answer and nowhere else.
 *
 * @param granted what it is good for; everything where none are given
 */
export async function createSecretKey(
  world: World,
  name: string,
  granted: readonly Scope[] = [],
): Promise<{ key: SecretKey; secret: Secret }> {
  const prefix = world.instance.type === 'production' ? 'sk_live_' : 'sk_test_';
  const secret =
    prefix + Buffer.from(world.randomBytes(30)).toString('base64url').replace(/[-_]/g, 'x');
  const key: SecretKey = {
    id: newId(world, 'key'),
    name,
    secretHash: hashSecret(secret),
    lastFour: secret.slice(-4),
    scopes: granted.length > 0 ? [...new Set(granted)] : undefined,
    createdAt: world.clock.now(),
    revokedAt: undefined,
  };
  const entry = auditEntry(world, operator, { action: 'secret_key.created', subjectId: key.id });
  await world.store.secretKeys.add(key, entry);
  return { key, secret: new Secret(secret) };
}

/**
 * Ends a secret key. Answers since when it had been revoked before, `undefined` where this call
 * did it. Refuses with `resource_not_found` when no key has this id.
 */
export async function revokeSecretKey(world: World, id: string): Promise<number | undefined> {
  const entry = auditEntry(world, operator, { action: 'secret_key.revoked', subjectId: id });
  if (await world.store.secretKeys.revoke(id, world.clock.now(), entry)) return undefined;
  const known = (await world.store.secretKeys.list()).find((key) => key.id === id);
  if (known?.revokedAt === undefined) throw notFound('secret key');
  return known.revokedAt;
}

/** The live key that was presented; `undefined` for everything else. */
export async function findLiveSecretKey(
  world: World,
  presented: string,
): Promise<SecretKey | undefined> {
  if (!/^sk_(test|live)_\w{20,100}$/.test(presented)) return undefined;
  return world.store.secretKeys.findLiveByHash(hashSecret(presented));
}

/** Whether a presented secret key is live. */
export async function isLiveSecretKey(world: World, presented: string): Promise<boolean> {
  return (await findLiveSecretKey(world, presented)) !== undefined;
}
