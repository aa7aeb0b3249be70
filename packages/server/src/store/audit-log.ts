import {
  type AuditAnchor,
  type AuditCut,
  type AuditEntry,
  type AuditFilter,
  type AuditLogStore,
  anchorText,
  type ChainPlace,
  chainStart,
  placeAfter,
  waitingText,
} from '../domain/audit-log/audit-log.ts';
import { appendToChain, readHead, sealAll, sealWaiting } from './audit-chain.ts';
import { readLine } from './audit-lines.ts';
import { blockSize, keysOfUser, recentKeysOfUser } from './blocks.ts';
import { allOf, insertSql, number, text, toColumns } from './columns.ts';
import type { Engine, NumberedStep, Reader, Statement, Transaction } from './engine.ts';

/** Keeps the audit log. Lines are written with what they tell of: see `appendAudit`. */
export function auditLogStore(engine: Engine): AuditLogStore {
  return {
    async list(filter, limit) {
      const arms = armsOf(filter);
      const selects = arms.map(({ sql }) => `SELECT * FROM audit_log WHERE ${sql}`);
      const sql = `${selects.join(' UNION ALL ')} ORDER BY number DESC LIMIT ?`;
      return (await engine.all(sql, ...arms.flatMap(({ values }) => values), limit)).map(readLine);
    },
    async listAfter(after, limit) {
      const sql = 'SELECT * FROM audit_log WHERE number > ? ORDER BY number LIMIT ?';
      return (await engine.all(sql, after, limit)).map(readLine);
    },
    head: () => readHead(engine),
    anchor: () => readAnchor(engine),
    cut: (cut, most) => engine.write((tx) => cutAudit(tx, cut, most)),
    countUntil: (cut) => countOld(engine, cut),
    countHeld: (cut, most) =>
      // Nothing is written, but nobody else cuts meanwhile.
      engine.write(async (tx) => {
        const { isWhole } = await findBeginning(tx, cut, most);
        return isWhole ? 0 : countOld(tx, cut);
      }),
    seal: (chainMac) => sealAll(engine, chainMac),
  };
}

/**
 * Writes a line in the transaction of what it tells of. Where several jobs are one transaction it
 * goes to the end of the chain with theirs. Where transactions run at the same time that end would
 * be in the way of them all, and a job that is alone would pay for it by itself: there the line
 * waits until it is sealed, and is numbered in its lane.
 */
export async function appendAudit(tx: Transaction, entry: AuditEntry | undefined): Promise<void> {
  if (!entry) return;
  const place = tx.draw?.();
  if (!place) return appendAtEnd(tx, entry);
  const { sql, valuesAt } = waitingLine(entry);
  await tx.run(sql, ...valuesAt(place));
}

/** Writes a line that waits, at the place that its transaction draws. */
export function waitingLine(entry: AuditEntry): NumberedStep {
  return {
    sql: insertSql('audit_tail', [...Object.keys(entry.line), ...placeFields]),
    valuesAt({ lane, number: laneNumber, drawnAt }) {
      const waiting = { ...entry.line, lane, laneNumber, drawnAt };
      return toColumns({ ...waiting, mac: entry.chainMac(waitingText(waiting)) });
    },
  };
}

const placeFields = ['lane', 'laneNumber', 'drawnAt', 'mac'];

/** What the jobs of a transaction left to its end. */
const unbound = new WeakMap<Transaction, AuditEntry[]>();

async function appendAtEnd(tx: Transaction, entry: AuditEntry): Promise<void> {
  const earlier = unbound.get(tx);
  if (earlier) return void earlier.push(entry);
  unbound.set(tx, [entry]);
  if (!tx.atEnd) return appendUnbound(tx);
  tx.atEnd(() => appendUnbound(tx));
}

async function appendUnbound(tx: Transaction): Promise<void> {
  const [first, ...others] = unbound.get(tx) ?? [];
  unbound.delete(tx);
  if (!first) return;
  const lines = [first, ...others].map(({ line }) => line);
  // What waits was written before.
  await sealWaiting(tx, first.chainMac);
  await appendToChain(tx, lines, first.chainMac);
}

/**
 * Takes lines away from the beginning, as long as they are old enough and right, and keeps where
 * the log begins now. What was there before the first line stays, since nobody wrote it.
 */
async function cutAudit(tx: Transaction, cut: AuditCut, most: number): Promise<number> {
  const { before, last } = await findBeginning(tx, cut, most);
  const count = last.number - before.number;
  if (count === 0) return 0;
  const entry = cut.entryFor(last, count);
  await writeAnchor(tx, { ...last, mac: entry.chainMac(anchorText(last)) });
  const remove = 'DELETE FROM audit_log WHERE number > ? AND number <= ?';
  await tx.run(remove, before.number, last.number);
  await appendAudit(tx, entry);
  return count;
}

type CutPlace = Omit<AuditAnchor, 'mac'>;

/** The lines that may go: those after `before`, up to `last`. Where one is wrong they end before it. */
async function findBeginning(
  reader: Reader,
  cut: AuditCut,
  most: number,
): Promise<{ readonly before: ChainPlace; readonly last: CutPlace; readonly isWhole: boolean }> {
  const anchor = await readAnchor(reader);
  const before: CutPlace = { ...(anchor ?? chainStart), at: 0 };
  if (anchor && !cut.isGenuine(anchor)) return { before, last: before, isWhole: false };
  const sql = 'SELECT * FROM audit_log WHERE number > ? ORDER BY number LIMIT ?';
  const lines = (await reader.all(sql, before.number, most)).map(readLine);
  let last = before;
  let reached = before;
  for (const line of lines) {
    if (isRecent(line, cut)) return { before, last, isWhole: true };
    if (!cut.isWhole(line, reached)) return { before, last, isWhole: false };
    reached = { ...placeAfter(line, reached), at: line.at };
    if (line.at <= cut.until) last = reached;
  }
  // Behind a last one of the future there may be an old one still, with which it goes.
  const isCutOff = lines.length === most && reached !== last;
  if (isCutOff && (await isOldBehind(reader, reached, cut))) last = reached;
  return { before, last, isWhole: true };
}

function isRecent({ at }: { readonly at: number }, cut: Pick<AuditCut, 'until' | 'now'>): boolean {
  return at > cut.until && at <= cut.now;
}

/** Whether the next line that is not of the future is old enough to go. */
async function isOldBehind(reader: Reader, place: ChainPlace, cut: AuditCut): Promise<boolean> {
  const sql = 'SELECT at FROM audit_log WHERE number > ? AND at <= ? ORDER BY number LIMIT 1';
  const next = await reader.get(sql, place.number, Math.max(cut.now, cut.until));
  return next !== undefined && number(next, 'at') <= cut.until;
}

/** Lines up to the last one that is old enough and has no recent one before it. */
async function countOld(
  reader: Reader,
  { until, now }: Pick<AuditCut, 'until' | 'now'>,
): Promise<number> {
  const firstRecent =
    'SELECT number FROM audit_log WHERE at > ? AND at <= ? ORDER BY number LIMIT 1';
  const sql = `SELECT count(*) AS total FROM audit_log WHERE number <= (
    SELECT number FROM audit_log WHERE at <= ? AND number < COALESCE((${firstRecent}), ?)
    ORDER BY number DESC LIMIT 1)`;
  const row = await reader.get(sql, until, until, now, Number.MAX_SAFE_INTEGER);
  return row ? number(row, 'total') : 0;
}

async function writeAnchor(tx: Transaction, anchor: AuditAnchor): Promise<void> {
  await tx.run(
    `INSERT INTO audit_anchor (id, number, at, hash, mac) VALUES (1, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET number = excluded.number, at = excluded.at,
       hash = excluded.hash, mac = excluded.mac`,
    anchor.number,
    anchor.at,
    anchor.hash,
    anchor.mac,
  );
}

async function readAnchor(reader: Reader): Promise<AuditAnchor | undefined> {
  const row = await reader.get('SELECT * FROM audit_anchor WHERE id = 1');
  return (
    row && {
      number: number(row, 'number'),
      at: number(row, 'at'),
      hash: text(row, 'hash'),
      mac: text(row, 'mac'),
    }
  );
}

/**
 * Takes out of the lines what they tell of a user, in this block and later ones. Their hashes stay
 * right: they cover a commitment alone.
 */
export async function eraseFromAudit(tx: Transaction, userId: string, since = 0): Promise<void> {
  await appendUnbound(tx);
  for (const sql of recentPersonalLines) await emptyLines(tx, { sql, values: [since, userId] });
  await tx.run(
    `UPDATE audit_tail SET personal = NULL, salt = NULL
     WHERE user_id = ? OR (agent_id = ? AND ${isForOther})`,
    userId,
    userId,
  );
}

/** Takes out of these lines what they tell of people. */
export async function emptyLines(tx: Transaction, { sql, values }: Statement): Promise<void> {
  await tx.run(
    `UPDATE audit_log SET personal = NULL, salt = NULL WHERE number IN ${sql}`,
    ...values,
  );
}

const ofUser = keysOfUser('audit_log');

/** Whether an agent did it to somebody else, or to nobody: what people do to themselves is found by the user. */
const isForOther = '(user_id IS NULL OR user_id <> agent_id)';

const isPersonalLine = 'own.personal IS NOT NULL';
const tellsOfOther = `agent_id = ? AND ${isForOther} AND personal IS NOT NULL`;

/**
 * Each answers, as `key`, lines that tell something: about a user, and about others whom the user
 * did something to. Takes the user's id, and up to which number.
 */
export const findPersonalLines = [
  `SELECT found.number AS key
   FROM ${keysOfUser('audit_log', `${isPersonalLine} AND own.number <= ?`)} AS found`,
  `SELECT number AS key FROM audit_log WHERE ${tellsOfOther} AND number <= ?`,
] as const;

/** The same as subqueries, in a block and later ones. Each takes the block, and the user's id. */
const recentPersonalLines = [
  recentKeysOfUser('audit_log', isPersonalLine),
  `(SELECT number FROM audit_log WHERE number >= ${blockSize} * CAST(? AS BIGINT) AND ${tellsOfOther})`,
] as const;

/** The conditions that find lines between them, each by an index of its own; no line fits two. */
function armsOf({ userId, subjectId, agentId, action, cursor }: AuditFilter) {
  const filter = [
    [`number IN ${ofUser}`, userId],
    ['subject_id = ?', subjectId],
    ['action = ?', action],
    ['number < ?', cursor],
  ] as const;
  if (agentId === undefined) return [allOf(filter)];
  return [
    allOf([...filter, [`agent_id = ? AND ${isForOther}`, agentId]]),
    allOf([...filter, [`agent_id = user_id AND number IN ${ofUser}`, agentId]]),
  ];
}
