import {
  type AuditEntry,
  type AuditFacts,
  type AuditHead,
  type ChainPlace,
  chainStart,
  hashedText,
  headText,
  placeAfterUnbound,
  waitingText,
} from '../domain/audit-log/audit-log.ts';
import { equalHashes } from '../domain/secret.ts';
import { readWaiting } from './audit-lines.ts';
import { blockOf } from './blocks.ts';
import { insertStatement, number, optionalNumber, text } from './columns.ts';
import type { Engine, Reader, Row, Transaction } from './engine.ts';

/** Thrown where another process moved the end of the chain in the meantime. */
class ChainMoved extends Error {}

/** Writes lines to the end of the chain. Throws `ChainMoved` where somebody else did since it looked. */
export async function appendToChain(
  tx: Transaction,
  drafts: readonly AuditFacts[],
  chainMac: AuditEntry['chainMac'],
): Promise<void> {
  const head = await readHead(tx);
  let place: ChainPlace = head ?? chainStart;
  const lines = drafts.map((facts) => {
    const line = { ...facts, number: place.number + 1 };
    place = { number: line.number, hash: chainMac(hashedText(line, place)) };
    return { ...line, hash: place.hash };
  });
  await moveHead(tx, head, place, chainMac);
  await insertLines(tx, lines);
}

/** The head first: who else writes it is in the way of this job then, and not of a line's number. */
async function moveHead(
  tx: Transaction,
  head: AuditHead | undefined,
  last: ChainPlace,
  chainMac: AuditEntry['chainMac'],
): Promise<void> {
  // A head that somebody changed is not made good by the next line: it stays wrong.
  const isWrong = head && !equalHashes(chainMac(headText(head)), head.mac);
  const before = head ?? chainStart;
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
}

async function insertLines(
  tx: Transaction,
  lines: readonly { readonly number: number }[],
): Promise<void> {
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

/** Whether one does that was drawn by then. */
const isLeftSql = 'SELECT 1 AS one FROM audit_tail WHERE drawn_at <= ? LIMIT 1';

/** Gives all lines that wait their places, those that another process takes at the same time as well. */
export async function sealAll(engine: Engine, chainMac: AuditEntry['chainMac']): Promise<void> {
  const row = await engine.get('SELECT max(drawn_at) AS latest FROM audit_tail');
  const latest = row && optionalNumber(row, 'latest');
  if (latest === undefined) return;
  const [take, most] = engine.isShared
    ? [takeAmongOthers, mostSealed.shared]
    : [takeAlone, mostSealed.embedded];
  const sealSome = async (tx: Transaction) => seal(tx, await take(tx, most), chainMac);
  for (;;) {
    try {
      await engine.write(sealSome, { isReadCommitted: true });
      if (!(await engine.get(isLeftSql, latest))) return;
    } catch (error) {
      if (!(error instanceof ChainMoved)) throw error;
    }
  }
}

/** Gives all lines that wait their places, in the transaction of those that come after them; nobody else writes. */
export async function sealWaiting(
  tx: Transaction,
  chainMac: AuditEntry['chainMac'],
): Promise<void> {
  if (!(await tx.get(waitsSql))) return;
  await seal(tx, await takeAlone(tx, Number.MAX_SAFE_INTEGER), chainMac);
}

const oldest = 'FROM audit_tail ORDER BY drawn_at, lane, lane_number LIMIT ?';
const takeOldest = `DELETE FROM audit_tail WHERE (lane, lane_number) IN (SELECT lane, lane_number ${oldest})`;

/**
 * Takes the oldest lines that wait. Who does so at the same time waits at the first of them, and
 * finds it gone.
 */
async function takeAmongOthers(tx: Transaction, most: number): Promise<readonly Row[]> {
  const rows = await tx.all(`${takeOldest} RETURNING *`, most);
  return rows.toSorted((one, other) => number(one, 'drawn_at') - number(other, 'drawn_at'));
}

/** The same where nobody writes meanwhile: without a condition a table is emptied as a whole. */
async function takeAlone(tx: Transaction, most: number): Promise<readonly Row[]> {
  const rows = await tx.all(`SELECT * ${oldest}`, most);
  if (rows.length < most) await tx.run('DELETE FROM audit_tail');
  else await tx.run(takeOldest, most);
  return rows;
}

/**
 * Gives lines that waited their places; answers how many. They go there as they are, each with its
 * own HMAC, and the last one binds them all: one that was changed meanwhile is not made good.
 */
async function seal(
  tx: Transaction,
  rows: readonly Row[],
  chainMac: AuditEntry['chainMac'],
): Promise<number> {
  const last = rows.at(-1);
  if (!last) return 0;
  const head = await readHead(tx);
  let place: ChainPlace = head ?? chainStart;
  const others = rows.slice(0, -1).map((row) => {
    const at = place.number + 1;
    place = placeAfterUnbound({ number: at, hash: text(row, 'mac') }, place);
    return placed(row, at);
  });
  const binding = bind(last, place, chainMac);
  await moveHead(tx, head, binding, chainMac);
  await insertLines(tx, [...others, binding]);
  return rows.length;
}

/** A line that waited, as the one that binds what stands before it. */
function bind(row: Row, before: ChainPlace, chainMac: AuditEntry['chainMac']) {
  const { drawnAt, mac, ...facts } = readWaiting(row);
  const isRight = equalHashes(chainMac(waitingText({ ...facts, drawnAt })), mac);
  const line = { ...facts, number: before.number + 1 };
  const hash = isRight ? chainMac(hashedText(line, before)) : `wrong ${mac}`;
  return { ...placed(row, line.number), hash, drawn_at: null };
}

/** The row of a line that waited, with its own HMAC as its hash. */
function placed({ mac: hash = null, ...columns }: Row, at: number) {
  return { ...columns, number: at, hash };
}
