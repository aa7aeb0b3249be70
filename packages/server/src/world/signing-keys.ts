import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Agent, auditEntry } from '../domain/audit-log/audit-log.ts';
import type { PublicKeyJwk, SigningKey, SigningKeys } from '../domain/key/signing-keys.ts';
import { newId } from '../domain/id.ts';
import { hashSecret } from '../domain/secret.ts';
import type { Store } from '../domain/store.ts';
import type { Clock, World } from '../domain/world.ts';
import { openGroups } from './groups.ts';
import type { SecretBox } from './secret-box.ts';

const generate = promisify(generateKeyPair);

/** In the thread pool, on all cores, while the event loop stays free for others. */
const signAside = promisify(sign);

/** Another process may rotate the keys; this one sees it within a second. Milliseconds. */
const freshFor = 1000;

/** A key that is not known costs one read in this time, however many ask for it. Milliseconds. */
const readPause = 100;

/** Verifiers hold keys for 5 minutes and tokens live for one; an hour is ample. Milliseconds. */
const overlap = 3_600_000;

/** How many signatures are waited for before their answers are written. */
const mostTogether = 8;

interface Ring {
  readonly readAt: number;
  readonly newest: { readonly id: string; readonly privateKey: KeyObject };
  readonly valid: readonly { readonly jwk: PublicKeyJwk; readonly publicKey: KeyObject }[];
}

/** Makes the first signing key when there is none; answers the keys of the store. */
export async function openSigningKeys(
  store: Store,
  box: SecretBox,
  world: KeyMaker,
): Promise<SigningKeys> {
  if ((await store.signingKeys.list()).length === 0) await rotateSigningKeys(store, box, world);
  const headers = new Map<string, string>();
  const verified = openVerifiedTokens();
  const inGroup = openGroups(mostTogether);
  let ring = await readRing(store, box, world.clock);
  let reading: Promise<void> | undefined;
  // By a clock that nobody sets.
  let readAt = performance.now();
  let later: Promise<Ring> | undefined;

  async function freshRing(): Promise<Ring> {
    // A clock that was set back makes nothing younger.
    return Math.abs(world.clock.now() - ring.readAt) >= freshFor ? newRing() : ring;
  }

  async function newRing(): Promise<Ring> {
    if (!reading) readAt = performance.now();
    reading ??= readRing(store, box, world.clock, ring)
      .then((read) => void (ring = read))
      .finally(() => (reading = undefined));
    await reading;
    return ring;
  }

  /**
   * Another process may have made a key a moment ago, and anybody may name one that nobody made:
   * all who name one wait for the same read, which begins after they asked.
   */
  function laterRing(): Promise<Ring> {
    later ??= wait(Math.max(0, readAt + readPause - performance.now())).then(async () => {
      later = undefined;
      await reading;
      return newRing();
    });
    return later;
  }

  return {
    async sign(header, claims) {
      const { newest } = await freshRing();
      const head = encodedHeader(headers, newest.id, header);
      const input = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
      const signature = await inGroup(signAside('sha256', Buffer.from(input), newest.privateKey));
      return `${input}.${signature.toString('base64url')}`;
    },
    async newestId() {
      return (await freshRing()).newest.id;
    },
    async verify(token) {
      const known = await freshRing();
      const digest = hashSecret(token);
      const earlier = verified.find(digest, known.valid);
      if (earlier) return earlier;
      const kid = readObject(token.split('.')[0] ?? '')?.['kid'];
      const isKnown = known.valid.some(({ jwk }) => jwk.kid === kid);
      const read = readToken((isKnown ? known : await laterRing()).valid, token);
      if (read) verified.keep(digest, read);
      return read?.claims;
    },
    async publicKeys() {
      return (await freshRing()).valid.map(({ jwk }) => jwk);
    },
  };
}

/** Tokens that are remembered at most. */
const mostVerified = 10_000;

/**
 * Remembers which tokens were signed by which key: one token is verified for each request of a
 * page, and the arithmetic takes longer than all else. Only genuine ones are kept, and only what
 * never changes of them: a key that is valid no more makes one unknown.
 */
function openVerifiedTokens() {
  const kept = new Map<string, Verified>();
  return {
    find(digest: string, valid: Ring['valid']): Verified['claims'] | undefined {
      const known = kept.get(digest);
      return valid.some(({ jwk }) => jwk.kid === known?.kid) ? known?.claims : undefined;
    },
    keep(digest: string, read: Verified): void {
      const [oldest] = kept.size < mostVerified ? [] : kept.keys();
      if (oldest !== undefined) kept.delete(oldest);
      kept.set(digest, read);
    },
  };
}

interface Verified {
  readonly kid: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * The claims of a compact JWS (RFC 7515) that one of these keys signed with RS256, and no other
 * algorithm. In this thread: it takes thirty microseconds, less than to hand it to another.
 */
function readToken(valid: Ring['valid'], token: string): Verified | undefined {
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  if (more.length > 0) return undefined;
  const header = readObject(head);
  const key = valid.find(({ jwk }) => jwk.kid === header?.['kid']);
  // Whatever names an extension asks that it be understood (RFC 7515, section 4.1.11).
  if (!header || !key || header['alg'] !== 'RS256' || 'crit' in header) return undefined;
  const input = Buffer.from(`${head}.${body}`, 'latin1');
  const isSigned = verify('RSA-SHA256', input, key.publicKey, Buffer.from(signature, 'base64url'));
  const claims = isSigned ? readObject(body) : undefined;
  return claims && { kid: key.jwk.kid, claims };
}

function readObject(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

export type KeyMaker = Pick<World, 'clock' | 'randomBytes'>;

/**
 * Makes a new RS256 key of 2048 bits, the only kind that every verifier of the wire takes.
 * It signs from now on; earlier ones verify for another hour. Answers the new key's id.
 *
 * @param by who rotates them, for the audit log. Nobody makes the first key, which is added only
 *   where there is none: nodes that start together sign alike
 */
export async function rotateSigningKeys(
  store: Store,
  box: SecretBox,
  world: KeyMaker,
  by?: Agent,
): Promise<string> {
  const { privateKey, publicKey } = await generate('rsa', {
    modulusLength: 2048,
    publicExponent: 65537,
  });
  const id = newId(world, 'key');
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const key: SigningKey = {
    id,
    publicKey: { use: 'sig', kty: 'RSA', kid: id, alg: 'RS256', n, e },
    encryptedPrivateKey: box.seal(
      'signing key',
      privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    ),
    createdAt: world.clock.now(),
    retiresAt: undefined,
  };
  const entry =
    by &&
    auditEntry({ ...world, pepper: box.mac }, by, { action: 'signing_key.rotated', subjectId: id });
  const how = { entry, isFirst: by === undefined };
  await store.signingKeys.add(key, world.clock.now() + overlap, how);
  return id;
}

async function readRing(store: Store, box: SecretBox, clock: Clock, known?: Ring): Promise<Ring> {
  const readAt = clock.now();
  const keys = await store.signingKeys.list();
  const valid = keys.filter((key) => key.retiresAt === undefined || key.retiresAt > readAt);
  const newest = valid[0];
  if (!newest) throw new Error('there is no signing key that is valid now');
  const privateKey =
    known?.newest.id === newest.id
      ? known.newest.privateKey
      : createPrivateKey(box.open('signing key', newest.encryptedPrivateKey));
  return {
    readAt,
    newest: { id: newest.id, privateKey },
    valid: valid.map(({ publicKey: jwk }) => ({
      jwk,
      publicKey: createPublicKey({ key: { ...jwk }, format: 'jwk' }),
    })),
  };
}

function encodedHeader(
  known: Map<string, string>,
  kid: string,
  header: Record<string, string>,
): string {
  const json = JSON.stringify({ alg: 'RS256', kid, ...header });
  const encoded = known.get(json) ?? Buffer.from(json).toString('base64url');
  if (known.size < 100) known.set(json, encoded);
  return encoded;
}
