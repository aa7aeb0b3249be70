import type { Fence, FenceReason, FenceStore } from '../domain/instance/fence.ts';
import { furthest } from '../domain/instance/fence.ts';
import { number, text } from './columns.ts';
import type { Engine, Reader, Transaction } from './engine.ts';

/** Keeps how far the history of the instance has come. */
export function fenceStore(engine: Engine): FenceStore {
  return {
    find: () => readFence(engine),
    async findRaise() {
      const row = await engine.get('SELECT * FROM fence_raises ORDER BY epoch DESC LIMIT 1');
      return (
        row && {
          epoch: number(row, 'epoch'),
          reason: text(row, 'reason') as FenceReason,
          raisedAt: number(row, 'raised_at'),
        }
      );
    },
    raise: ({ reason, now, above }) =>
      engine.write(async (tx) => {
        const { epoch, mark } = furthest(await readFence(tx), above);
        const next = { epoch: epoch + 1, mark: mark + 1 };
        const sql = 'INSERT INTO fence_raises (epoch, reason, raised_at) VALUES (?, ?, ?)';
        await tx.run(sql, next.epoch, reason, now);
        await tx.run('UPDATE instance SET mark = ?', next.mark);
        return { ...next, ...(await endEverything(tx, now)) };
      }),
    advance: () =>
      engine.write(async (tx) => {
        await tx.run('UPDATE instance SET mark = mark + 1');
        return readFence(tx);
      }),
  };
}

async function readFence(reader: Reader): Promise<Fence> {
  const raise = await reader.get('SELECT coalesce(max(epoch), 1) AS epoch FROM fence_raises');
  const instance = await reader.get('SELECT mark FROM instance');
  return {
    epoch: raise ? number(raise, 'epoch') : 1,
    mark: instance ? number(instance, 'mark') : 0,
  };
}

/**
 * Everything that opens a session, is one, or hands one over. A row that is written after this
 * transaction belongs to the new history; one that is there already may be older than what
 * became of it, and ends. A new table of this kind has its line here.
 */
async function endEverything(
  tx: Transaction,
  now: number,
): Promise<{ endedTickets: number; endedSessions: number }> {
  const revoke = (table: string, status: string) =>
    tx.run(
      `UPDATE ${table} SET status = 'revoked', updated_at = ? WHERE status = '${status}'`,
      now,
    );
  const tokens = await revoke('sign_in_tokens', 'pending');
  const invitations = await revoke('invitations', 'pending');
  const endedSessions = await revoke('sessions', 'active');
  for (const table of ['sign_ins', 'sign_ups']) {
    const sql = `UPDATE ${table} SET abandon_at = ? WHERE status <> 'complete' AND abandon_at > ?`;
    await tx.run(sql, now, now);
  }
  // A call that is repeated afterwards issues a ticket of the new history.
  const spent = [
    'handovers',
    'handshakes',
    'enterprise_visits',
    'idempotent_issues',
    'continuations',
    'client_gestures',
    'fresh_proofs',
  ];
  for (const table of spent) await tx.run(`DELETE FROM ${table}`);
  return { endedTickets: tokens + invitations, endedSessions };
}
