import type { Fence, FenceReason, FenceStore, RaisedFence } from '../domain/instance/fence.ts';
import { furthest } from '../domain/instance/fence.ts';
import { number, optionalText, text } from './columns.ts';
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
    // Beside servers that serve: a serializable job would lose to whoever touches a live row.
    raise: (raise) =>
      engine.write((tx) => raiseFence(tx, raise), { isLong: true, isReadCommitted: true }),
    advance: () =>
      engine.write(async (tx) => {
        await tx.run('UPDATE instance SET mark = mark + 1');
        return readFence(tx);
      }),
  };
}

/**
 * Raises the fence in the transaction of what makes it necessary. It is right where each statement
 * sees what was committed before it, too: docs/decisions/018-epoch-fence.md.
 */
export async function raiseFence(
  tx: Transaction,
  { reason, now, above }: Parameters<FenceStore['raise']>[0],
): Promise<RaisedFence> {
  // Takes the row first: whoever moves the mark on waits, and it never falls.
  await tx.run('UPDATE instance SET mark = mark');
  const { epoch, mark } = furthest(await readFence(tx), above);
  const next = { epoch: epoch + 1, mark: mark + 1 };
  const sql = 'INSERT INTO fence_raises (epoch, reason, raised_at) VALUES (?, ?, ?)';
  await tx.run(sql, next.epoch, reason, now);
  await tx.run('UPDATE instance SET mark = ?', next.mark);
  return { ...next, ...(await endEverything(tx, now)) };
}

/** What became of a timeline: it is the known one, or it ended what is from before it. */
export type SettledTimeline = 'no_instance' | 'known' | RaisedFence;

/**
 * Keeps in which timeline of the database the history goes on. Another one than before may lack
 * commits, and raises the fence, unless it is certain that none are lost.
 */
export async function settleTimeline(
  tx: Transaction,
  given: { readonly timeline: string; readonly isLossless: boolean; readonly now: number },
): Promise<SettledTimeline> {
  const row = await tx.get('SELECT timeline FROM instance');
  if (!row) return 'no_instance';
  const known = optionalText(row, 'timeline');
  if (known === given.timeline) return 'known';
  await tx.run('UPDATE instance SET timeline = ?', given.timeline);
  if (known === undefined || given.isLossless) return 'known';
  return raiseFence(tx, { reason: 'timeline', now: given.now });
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
 * What a raise removes as a whole. A call that is repeated afterwards issues a ticket of the new
 * history.
 */
export const emptiedTables = [
  'handovers',
  'handshakes',
  'enterprise_visits',
  'idempotent_issues',
  'continuations',
  'client_gestures',
  'fresh_proofs',
] as const;

/**
 * Everything that opens a session, is one, or hands one over. A row that is written after this
 * transaction belongs to the new history; one that is there already may be older than what
 * became of it, and ends. A new table of this kind has its line here.
 *
 * What opens sessions comes before sessions: who was faster at a row of it has committed by then,
 * and the session is seen. The order is that of an opening, so that the two rarely lock crosswise.
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
  for (const table of ['sign_ins', 'sign_ups']) {
    // Over by every clock: that of who raises may be ahead.
    await tx.run(`UPDATE ${table} SET abandon_at = 0 WHERE status <> 'complete'`);
  }
  const endedSessions = await revoke('sessions', 'active');
  for (const table of emptiedTables) await tx.run(`DELETE FROM ${table}`);
  return { endedTickets: tokens + invitations, endedSessions };
}
