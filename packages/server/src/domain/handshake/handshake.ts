import { Refusal } from '../refusal.ts';
import { hashSecret, Secret } from '../secret.ts';
import { newSecret, type World } from '../world.ts';

/** The cookies that a server-rendered app shall set, kept until it asks with the nonce. */
export interface Handshake {
  readonly nonceHash: string;
  readonly directives: readonly string[];
  readonly expiresAt: number;
}

export interface HandshakeStore {
  add(handshake: Handshake): Promise<void>;
  /** Takes the handshake away and answers it: one use. */
  take(nonceHash: string, now: number): Promise<Handshake | undefined>;
}

/** Milliseconds. The app asks at once. */
const handshakeLifetime = 60_000;

/** Keeps directives for one use within a minute. */
export async function keepHandshake(world: World, directives: readonly string[]): Promise<Secret> {
  const nonce = newSecret(world);
  const expiresAt = world.clock.now() + handshakeLifetime;
  await world.store.handshakes.add({ nonceHash: hashSecret(nonce), directives, expiresAt });
  return new Secret(nonce);
}

/** Hands out the directives of a nonce, once. Refuses with `invalid_handshake`. */
export async function takeHandshake(world: World, nonce: string): Promise<readonly string[]> {
  const handshake = await world.store.handshakes.take(hashSecret(nonce), world.clock.now());
  if (!handshake)
    throw new Refusal(
      'invalid_handshake',
      'This handshake is unknown, used or expired. Load the page again.',
    );
  return handshake.directives;
}
