import { hash, verify } from '@node-rs/argon2';
import { verify as verifyBcrypt } from '@node-rs/bcrypt';
import type { PasswordHasher } from '../domain/user/password-hasher.ts';

/** argon2id at the floor of OWASP's password storage sheet: 19 MiB, 2 passes. */
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const argonPattern = /^\$argon2(id|i)\$v=19\$m=\d{1,7},t=\d{1,3},p=\d{1,2}\$[\w+/]+\$[\w+/]+$/;
const bcryptPattern = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/;

/** Hashes with argon2id; also checks bcrypt digests that were imported. */
export async function openPasswords(): Promise<PasswordHasher> {
  const dummyDigest = await hash('no account has this password', options);
  return {
    hash: (password) => hash(password, options),
    async verify(password, digest) {
      if (bcryptPattern.test(digest)) return verifyBcrypt(password, digest);
      return argonPattern.test(digest) && verify(digest, password);
    },
    async verifyNothing(password) {
      await verify(dummyDigest, password);
    },
    supports(digest, hasher) {
      if (hasher === 'bcrypt') return bcryptPattern.test(digest);
      return (hasher === 'argon2id' || hasher === 'argon2i') && argonPattern.test(digest);
    },
  };
}
