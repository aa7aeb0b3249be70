import type { SessionStatus } from '@willcall/contract';
import { keysOfUser } from './blocks.ts';
import type { Transaction } from './engine.ts';

/** The ids of a user's sessions that nobody ended. */
export const liveOfUser = keysOfUser('sessions', "own.user_id = ? AND own.status = 'active'");

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
