import type { RetentionStore } from '../domain/retention/purge.ts';
import type { Engine, SqlValue, Transaction } from './engine.ts';

/** Removes rows whose time is over. */
export function retentionStore(engine: Engine): RetentionStore {
  return {
    purge: (deadlines, most) =>
      engine.write(async (tx) => {
        const { tokens, traces, issues, spent } = deadlines;
        return {
          tokens: await remove(tx, 'sign_in_tokens', 'id', isEnded, [tokens, tokens], most),
          traces:
            (await remove(
              tx,
              'refused_redemptions',
              'ticket_id, slot',
              'refused_at <= ?',
              [traces],
              most,
            )) + (await forgetTraces(tx, traces, most)),
          others:
            (await remove(
              tx,
              'idempotent_issues',
              'secret_key_id, key_hash',
              'created_at <= ?',
              [issues],
              most,
            )) +
            (await remove(tx, 'handshakes', 'nonce_hash', 'expires_at <= ?', [spent], most)) +
            (await remove(tx, 'handovers', 'code_hash', 'expires_at <= ?', [spent], most)) +
            (await remove(tx, 'enterprise_visits', 'state_hash', 'expires_at <= ?', [spent], most)),
        };
      }),
  };
}

/** Nobody writes down that a token expired. */
const isEnded =
  "((status <> 'pending' AND updated_at <= ?) OR (status = 'pending' AND expires_at <= ?))";

async function remove(
  tx: Transaction,
  table: string,
  key: string,
  condition: string,
  values: readonly SqlValue[],
  most: number,
): Promise<number> {
  const sql = `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${condition} LIMIT ?)`;
  return tx.run(sql, ...values, most);
}

async function forgetTraces(tx: Transaction, before: number, most: number): Promise<number> {
  const sql = `UPDATE sign_in_tokens SET redeemed_address = NULL, redeemed_device = NULL
    WHERE id IN (SELECT id FROM sign_in_tokens
                 WHERE redeemed_at <= ? AND (redeemed_address IS NOT NULL OR redeemed_device IS NOT NULL)
                 LIMIT ?)`;
  return tx.run(sql, before, most);
}
