import type { SessionStatus } from '@willcall/contract';
import { keysOfUser } from './blocks.ts';
import type { Transaction } from './engine.ts';

/** The ids of a user's sessions that nobody ended. */
export const liveOfUser = keysOfUser('sessions', "own.status = 'active'");

/** Ends the live sessions of a user, within a transaction. */
export async function endSessionsOfUser(
  tx: Transaction,
  userId: string,
  status: SessionStatus,
  now: number,
  exceptId = '',
): Promise<void> {
  const sql = `UPDATE sessions SET status = ?, updated_at = ? WHERE id IN ${liveOfUser} AND id <> ?`;
  await tx.run(sql, status, now, userId, exceptId);
}

/** Sessions that end in one commit where that is in parts: nobody else waits longer than for a few of their own. */
const mostAtOnce = 500;

/** Ends some of the live sessions of a user, within a transaction. Answers whether there may be more. */
export async function endSomeOfUser(
  tx: Transaction,
  userId: string,
  status: SessionStatus,
  now: number,
): Promise<boolean> {
  const sql = `UPDATE sessions SET status = ?, updated_at = ?
    WHERE id IN (SELECT live.id FROM ${liveOfUser} AS live LIMIT ?)`;
  return (await tx.run(sql, status, now, userId, mostAtOnce)) === mostAtOnce;
}
