import type { SecretKey, SecretKeyStore } from '../domain/key/secret-key.ts';
import type { Clock } from '../domain/world.ts';

/** Another process may revoke a key; this one sees it within a second. Milliseconds. */
const freshFor = 1000;

interface Known {
  readonly key: SecretKey;
  readonly readAt: number;
}

/**
 * The same store, which remembers live keys for a second: every call of the Backend API asks
 * for one. What is revoked by this store counts at once, and an unknown key is never remembered.
 */
export function rememberSecretKeys(store: SecretKeyStore, clock: Clock): SecretKeyStore {
  const known = new Map<string, Known>();
  let revocations = 0;
  return {
    add: (key, entry) => store.add(key, entry),
    list: () => store.list(),
    async findLiveByHash(secretHash) {
      const now = clock.now();
      const earlier = known.get(secretHash);
      if (earlier && now >= earlier.readAt && now - earlier.readAt < freshFor) return earlier.key;
      known.delete(secretHash);
      const revocationsBefore = revocations;
      const key = await store.findLiveByHash(secretHash);
      // A revocation that came in between was perhaps not seen by this read.
      if (key && revocations === revocationsBefore) known.set(secretHash, { key, readAt: now });
      return key;
    },
    async revoke(id, at, entry) {
      try {
        return await store.revoke(id, at, entry);
      } finally {
        revocations += 1;
        known.clear();
      }
    },
  };
}
