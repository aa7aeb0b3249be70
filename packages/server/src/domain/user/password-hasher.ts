/** Hashes and checks passwords. Slow on purpose; never on the event loop. */
export interface PasswordHasher {
  /** A digest in the PHC string format, argon2id. */
  hash(password: string): Promise<string>;
  /** Whether the password gives the digest (argon2 in PHC format, or imported bcrypt). */
  verify(password: string, digest: string): Promise<boolean>;
  /** Does the work of one check, so that an unknown account costs what a known one does. */
  verifyNothing(password: string): Promise<void>;
  /** Whether a digest from elsewhere can be checked here. */
  supports(digest: string, hasher: string): boolean;
}
