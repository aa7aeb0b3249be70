import {
  mostRefusedRedemptions,
  type RefusalEntry,
  type RefusedRedemption,
  type RefusedRedemptionStore,
  type TicketHolder,
} from '../domain/sign-in-token/refused-redemption.ts';
import { appendAudit } from './audit-log.ts';
import { number, optionalText, text, toColumn } from './columns.ts';
import type { Engine, Row, Transaction } from './engine.ts';

/** Notes that wait for their commit. More of them at once are a flood, and left out. */
const mostWaiting = 100;

/** Keeps the newest refused tries of each ticket. */
export function refusedRedemptionStore(engine: Engine): RefusedRedemptionStore {
  const waiting = new Set<Promise<void>>();
  const latest = new Map<string, Promise<void>>();

  /** Where transactions run together, those of one ticket wait: their numbers are in the order of their times. */
  async function write(refused: RefusedRedemption, entryFor: RefusalEntry): Promise<void> {
    if (engine.isShared) await latest.get(refused.ticketId);
    await engine.write((tx) => writeRefused(tx, refused, entryFor));
  }

  return {
    note(refused, entryFor) {
      if (waiting.size >= mostWaiting) return;
      const written = write(refused, entryFor)
        // A database that does not work refuses the next call loudly enough.
        .catch(() => {})
        .finally(() => {
          waiting.delete(written);
          if (latest.get(refused.ticketId) === written) latest.delete(refused.ticketId);
        });
      waiting.add(written);
      latest.set(refused.ticketId, written);
    },
    async list(ticketId) {
      await Promise.all(waiting);
      const sql = 'SELECT * FROM refused_redemptions WHERE ticket_id = ? ORDER BY tries DESC';
      const rows = await engine.all(sql, ticketId);
      const [newest] = rows;
      return { total: newest ? number(newest, 'tries') : 0, kept: rows.map(readRefused) };
    },
  };
}

/** The place of a try is its number modulo how many are kept. */
async function writeRefused(
  tx: Transaction,
  refused: RefusedRedemption,
  entryFor: RefusalEntry,
): Promise<void> {
  const { userId, isErased } = await findHolder(tx, refused.ticketId);
  const sql = `INSERT INTO refused_redemptions
      (ticket_id, slot, tries, code, address, device, refused_at)
    SELECT ?, earlier.tries % ${mostRefusedRedemptions}, earlier.tries + 1, ?, ?, ?, ?
      FROM (SELECT COALESCE(MAX(tries), 0) AS tries FROM refused_redemptions WHERE ticket_id = ?)
        AS earlier WHERE true
    ON CONFLICT (ticket_id, slot) DO UPDATE SET
      tries = excluded.tries, code = excluded.code, address = excluded.address,
      device = excluded.device, refused_at = excluded.refused_at`;
  await tx.run(
    sql,
    refused.ticketId,
    refused.code,
    isErased ? null : toColumn(refused.address),
    isErased ? null : toColumn(refused.device),
    refused.refusedAt,
    refused.ticketId,
  );
  const row = await tx.get(
    'SELECT MAX(tries) AS tries FROM refused_redemptions WHERE ticket_id = ?',
    refused.ticketId,
  );
  // Somebody may send a ticket for ever: the log tells of the first tries, and the count of all.
  if (row && number(row, 'tries') <= mostRefusedRedemptions)
    await appendAudit(tx, entryFor({ userId, isErased }));
}

/** Whose ticket it is. An invitation is of whoever accepted it; one that was emptied was of somebody who is gone. */
async function findHolder(tx: Transaction, ticketId: string): Promise<TicketHolder> {
  const sql = `SELECT t.user_id, u.id AS present, 'kept' AS address FROM sign_in_tokens t
      LEFT JOIN users u ON u.id = t.user_id WHERE t.id = ?
    UNION ALL SELECT i.accepted_user_id, u.id, i.email_address FROM invitations i
      LEFT JOIN users u ON u.id = i.accepted_user_id WHERE i.id = ?`;
  const row = await tx.get(sql, ticketId, ticketId);
  const userId = row && optionalText(row, 'user_id');
  const isGone = userId !== undefined && row?.['present'] === null;
  return { userId, isErased: isGone || row?.['address'] === '' };
}

function readRefused(row: Row): RefusedRedemption {
  return {
    ticketId: text(row, 'ticket_id'),
    code: text(row, 'code'),
    address: optionalText(row, 'address'),
    device: optionalText(row, 'device'),
    refusedAt: number(row, 'refused_at'),
  };
}
