import type { AuditEntry } from '../audit-log/audit-log.ts';

/** A public key as JWKS shows it (RFC 7517), RS256 with a modulus of 2048 bits. */
export interface PublicKeyJwk {
  readonly use: 'sig';
  readonly kty: 'RSA';
  readonly kid: string;
  readonly alg: 'RS256';
  readonly n: string;
  readonly e: string;
}

/** Signs with the newest key; verifies with every key that is not yet withdrawn. */
export interface SigningKeys {
  /** A compact JWS (RFC 7515) over the claims, RS256. `header` is added to `alg` and `kid`. */
  sign(header: Record<string, string>, claims: object): Promise<string>;
  /** The id of the key that signs now. */
  newestId(): Promise<string>;
  /** The claims of a token that one of our keys signed; `undefined` for anything else. Does not judge times. */
  verify(token: string): Promise<Readonly<Record<string, unknown>> | undefined>;
  publicKeys(): Promise<readonly PublicKeyJwk[]>;
}

/** A signing key as the store keeps it; the private part is encrypted. */
export interface SigningKey {
  readonly id: string;
  readonly publicKey: PublicKeyJwk;
  readonly encryptedPrivateKey: string;
  readonly createdAt: number;
  /** When verifiers stop being shown the key; `undefined` while it is the newest. */
  readonly retiresAt: number | undefined;
}

export interface SigningKeyStore {
  /** All keys, newest first. */
  list(): Promise<readonly SigningKey[]>;
  /**
   * Adds a key and lets the earlier ones retire at the time given. One that shall be the first
   * is added only where there is none.
   */
  add(
    key: SigningKey,
    earlierRetireAt: number,
    how: { readonly entry?: AuditEntry | undefined; readonly isFirst?: boolean },
  ): Promise<void>;
}
