import type { SecretKey, SecretKeyStore } from '../domain/key/secret-key.ts';
import type { SigningKeyStore } from '../domain/key/signing-keys.ts';
import { appendAudit } from './audit-log.ts';
import { insertStatement, json, number, optionalJson, optionalNumber, text } from './columns.ts';
import type { Engine, Row } from './engine.ts';

/** Keeps the hashes of secret keys. */
export function secretKeyStore(engine: Engine): SecretKeyStore {
  return {
    async add(key, entry) {
      const { sql, values } = insertStatement('secret_keys', key);
      await engine.write(async (tx) => {
        await tx.run(sql, ...values);
        await appendAudit(tx, entry);
      });
    },
    async list() {
      return (await engine.all('SELECT * FROM secret_keys ORDER BY id')).map(readSecretKey);
    },
    async findLiveByHash(secretHash) {
      const sql = 'SELECT * FROM secret_keys WHERE secret_hash = ? AND revoked_at IS NULL';
      const row = await engine.get(sql, secretHash);
      return row && readSecretKey(row);
    },
    async revoke(id, at, entry) {
      const sql = 'UPDATE secret_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL';
      return engine.write(async (tx) => {
        if ((await tx.run(sql, at, id)) === 0) return false;
        await appendAudit(tx, entry);
        return true;
      });
    },
  };
}

/** Keeps signing keys, their private parts encrypted. */
export function signingKeyStore(engine: Engine): SigningKeyStore {
  return {
    async list() {
      // Of two rotations that overlap, the one that began later may have come first, and retires.
      const rows = await engine.all(
        `SELECT * FROM signing_keys
         ORDER BY CASE WHEN retires_at IS NULL THEN 0 ELSE 1 END, created_at DESC, id DESC`,
      );
      return rows.map((row) => ({
        id: text(row, 'id'),
        publicKey: json(row, 'public_key'),
        encryptedPrivateKey: text(row, 'encrypted_private_key'),
        createdAt: number(row, 'created_at'),
        retiresAt: optionalNumber(row, 'retires_at'),
      }));
    },
    async add(key, earlierRetireAt, { entry, isFirst = false }) {
      const { sql, values } = insertStatement('signing_keys', key);
      await engine.write(async (tx) => {
        if (isFirst && (await tx.get('SELECT id FROM signing_keys LIMIT 1'))) return;
        await tx.run(
          'UPDATE signing_keys SET retires_at = ? WHERE retires_at IS NULL',
          earlierRetireAt,
        );
        await tx.run(sql, ...values);
        await appendAudit(tx, entry);
      });
    },
  };
}

function readSecretKey(row: Row): SecretKey {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    secretHash: text(row, 'secret_hash'),
    lastFour: text(row, 'last_four'),
    scopes: optionalJson(row, 'scopes'),
    createdAt: number(row, 'created_at'),
    revokedAt: optionalNumber(row, 'revoked_at'),
  };
}
