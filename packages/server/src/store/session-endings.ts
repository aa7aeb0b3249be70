import type { SessionStatus } from '@willcall/contract';
import type { Transaction } from './engine.ts';

/** Ends the live sessions of a user, within a transaction. */
export async function endSessionsOfUser(
  tx: Transaction,
  userId: string,
  status: SessionStatus,
  now: number,
  exceptId = '',
): Promise<void> {
  const sql =
    "UPDATE sessions SET status = ?, updated_at = ? WHERE user_id = ? AND status = 'active' AND id <> ?";
  await tx.run(sql, status, now, userId, exceptId);
}
