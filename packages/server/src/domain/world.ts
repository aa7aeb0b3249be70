import type { IdentityProvider } from './enterprise/identity-provider.ts';
import type { InstanceState } from './instance/instance.ts';
import type { Mailer } from './mail/mailer.ts';
import type { Permits } from './rate-limit/rate-limit.ts';
import type { RecentTokens } from './session/recent-tokens.ts';
import type { SigningKeys } from './key/signing-keys.ts';
import type { PasswordHasher } from './user/password-hasher.ts';
import type { Store } from './store.ts';

/** Tells the time that judges every expiry. Epoch milliseconds. */
export interface Clock {
  now(): number;
}

/** All that the rules need from outside. The first argument of each of them. */
export interface World {
  readonly store: Store;
  readonly clock: Clock;
  /** Bytes from a cryptographically secure source. */
  readonly randomBytes: (count: number) => Uint8Array;
  readonly passwords: PasswordHasher;
  readonly signingKeys: SigningKeys;
  readonly recentTokens: RecentTokens;
  readonly mailer: Mailer;
  /** Counts calls against limits; takes any number where limits are off. */
  readonly permits: Permits;
  readonly identityProvider: IdentityProvider;
  readonly instance: InstanceState;
  /** HMAC-SHA-256 with the instance secret, base64url: for codes too short for a plain hash. */
  readonly pepper: (purpose: string, text: string) => string;
  /** Seals what the database must keep and must not tell, with the instance secret. */
  readonly vault: Vault;
}

/** Encrypts for one purpose each; what was sealed for another, or changed, cannot be opened. */
export interface Vault {
  seal(purpose: string, text: string): string;
  /** Throws when the text was not sealed here for this purpose. */
  open(purpose: string, sealed: string): string;
}

/** A random secret of 160 bits, 27 characters of base64url. */
export function newSecret(world: Pick<World, 'randomBytes'>): string {
  return Buffer.from(world.randomBytes(20)).toString('base64url');
}
