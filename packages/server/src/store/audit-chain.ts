import {
  type AuditEntry,
  type AuditFacts,
  type AuditHead,
  type ChainPlace,
  chainStart,
  chainText,
  headText,
  waitingText,
} from '../domain/audit-log/audit-log.ts';
import { equalHashes } from '../domain/secret.ts';
import { readWaiting } from './audit-lines.ts';
import { blockOf } from './blocks.ts';
import { insertStatement, number, text } from './columns.ts';
import type { Engine, Reader, Transaction } from './engine.ts';

/** Thrown where another process moved the end of the chain in the meantime. */
class ChainMoved extends Error {}

/** A line without its place. */
interface Draft extends AuditFacts {
  readonly lane?: string;
  readonly laneNumber?: number;
  /** What it brought in place of the right one. */
  readonly wrongMac?: string | undefined;
}

/** Writes lines to the end of the chain. Throws `ChainMoved` where somebody else did since it looked. */
export async function appendToChain(
  tx: Transaction,
  drafts: readonly Draft[],
  chainMac: AuditEntry['chainMac'],
): Promise<void> {
  const head = await readHead(tx);
  const before: ChainPlace = head ?? chainStart;
  // A head that somebody changed is not made good by the next line: it stays wrong.
  const isWrong = head && !equalHashes(chainMac(headText(head)), head.mac);
  let last = before;
  const lines = drafts.map(({ wrongMac, lane, laneNumber, ...facts }) => {
    const line = { ...facts, lane, laneNumber, number: last.number + 1 };
    last = {
      number: line.number,
      hash: wrongMac === undefined ? chainMac(chainText(line, last.hash)) : `wrong ${wrongMac}`,
    };
    return { ...line, hash: last.hash };
  });
  // The head first: who else writes it is in the way of this job then, and not of a line's number.
  const moved = await tx.run(
    `INSERT INTO audit_head (id, number, hash, mac) VALUES (1, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET number = excluded.number, hash = excluded.hash, mac = excluded.mac
     WHERE audit_head.number = ? AND audit_head.hash = ?`,
    last.number,
    last.hash,
    isWrong ? head.mac : chainMac(headText(last)),
    before.number,
    before.hash,
  );
  if (moved === 0) throw new ChainMoved();
  const insertions = lines.map((line) =>
    insertStatement('audit_log', { ...line, block: blockOf(line.number) }),
  );
  if (tx.runAll) return tx.runAll(insertions);
  for (const { sql, values } of insertions) await tx.run(sql, ...values);
}

/** The last line of the chain. */
export async function readHead(reader: Reader): Promise<AuditHead | undefined> {
  const row = await reader.get('SELECT * FROM audit_head WHERE id = 1');
  return row && { number: number(row, 'number'), hash: text(row, 'hash'), mac: text(row, 'mac') };
}

/** Lines that are sealed in one transaction at most; an embedded database answers nobody meanwhile. */
const mostSealed = { shared: 500, embedded: 100 };

/** Whether any line waits. */
const waitsSql = 'SELECT 1 AS one FROM audit_tail LIMIT 1';

/** Gives all lines that wait their places. */
export async function sealAll(engine: Engine, chainMac: AuditEntry['chainMac']): Promise<void> {
  if (!(await engine.get(waitsSql))) return;
  const most = engine.isShared ? mostSealed.shared : mostSealed.embedded;
  for (;;) {
    try {
      const seal = (tx: Transaction) => sealSome(tx, most, chainMac);
      if ((await engine.write(seal, { isReadCommitted: true })) < most) return;
    } catch (error) {
      if (!(error instanceof ChainMoved)) throw error;
    }
  }
}

/** Gives all lines that wait their places, in the transaction of those that come after them. */
export async function sealWaiting(
  tx: Transaction,
  chainMac: AuditEntry['chainMac'],
): Promise<void> {
  if (await tx.get(waitsSql)) await sealSome(tx, Number.MAX_SAFE_INTEGER, chainMac);
}

/**
 * Takes the oldest lines that wait, and gives them their places. Who seals at the same time waits
 * at the first of them, and finds it gone.
 */
async function sealSome(
  tx: Transaction,
  most: number,
  chainMac: AuditEntry['chainMac'],
): Promise<number> {
  const sql = `DELETE FROM audit_tail WHERE (lane, lane_number) IN
    (SELECT lane, lane_number FROM audit_tail ORDER BY drawn_at, lane, lane_number LIMIT ?) RETURNING *`;
  const waiting = (await tx.all(sql, most)).map(readWaiting);
  if (waiting.length === 0) return 0;
  waiting.sort((one, other) => one.drawnAt - other.drawnAt);
  const lines = waiting.map(({ drawnAt, mac, ...line }) => ({
    ...line,
    // One that was changed meanwhile is not made good by its place: its hash stays wrong.
    wrongMac: equalHashes(chainMac(waitingText({ ...line, drawnAt })), mac) ? undefined : mac,
  }));
  await appendToChain(tx, lines, chainMac);
  return waiting.length;
}
