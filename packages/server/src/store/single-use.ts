import type { HandoverStore } from '../domain/handshake/handover.ts';
import type { HandshakeStore } from '../domain/handshake/handshake.ts';
import { insertStatement, json, number, text } from './columns.ts';
import type { Engine } from './engine.ts';

/** Keeps handshakes until they are taken. */
export function handshakeStore(engine: Engine): HandshakeStore {
  return {
    async add(handshake) {
      const { sql, values } = insertStatement('handshakes', handshake);
      await engine.write((tx) => tx.run(sql, ...values));
    },
    async take(nonceHash, now) {
      const row = await engine.write((tx) =>
        tx.get('DELETE FROM handshakes WHERE nonce_hash = ? RETURNING *', nonceHash),
      );
      if (!row || number(row, 'expires_at') <= now) return undefined;
      return {
        nonceHash,
        directives: json(row, 'directives'),
        expiresAt: number(row, 'expires_at'),
      };
    },
  };
}

/** Keeps hand-overs until they are taken. */
export function handoverStore(engine: Engine): HandoverStore {
  return {
    async add(handover) {
      const { sql, values } = insertStatement('handovers', handover);
      await engine.write((tx) => tx.run(sql, ...values));
    },
    async take(codeHash, now) {
      const row = await engine.write((tx) =>
        tx.get('DELETE FROM handovers WHERE code_hash = ? RETURNING *', codeHash),
      );
      if (!row || number(row, 'expires_at') <= now) return undefined;
      return {
        codeHash,
        clientId: text(row, 'client_id'),
        origin: text(row, 'origin'),
        challenge: text(row, 'challenge'),
        expiresAt: number(row, 'expires_at'),
      };
    },
  };
}
