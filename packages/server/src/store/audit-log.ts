import {
  type AuditAnchor,
  type AuditCut,
  type AuditEntry,
  type AuditFilter,
  type AuditHead,
  type AuditLine,
  type AuditLogStore,
  anchorText,
  type ChainPlace,
  chainStart,
  chainText,
  headText,
} from '../domain/audit-log/audit-log.ts';
import { equalHashes } from '../domain/secret.ts';
import {
  allOf,
  insertStatement,
  json,
  number,
  optionalJson,
  optionalText,
  text,
} from './columns.ts';
import type { Engine, Reader, Row, Transaction } from './engine.ts';

/** Keeps the audit log. Lines are written with what they tell of: see `appendAudit`. */
export function auditLogStore(engine: Engine): AuditLogStore {
  return {
    async list(filter, limit) {
      const where = filterLines(filter);
      const sql = `SELECT * FROM audit_log WHERE ${where.sql} ORDER BY number DESC LIMIT ?`;
      return (await engine.all(sql, ...where.values, limit)).map(readLine);
    },
    async listAfter(after, limit) {
      const sql = 'SELECT * FROM audit_log WHERE number > ? ORDER BY number LIMIT ?';
      return (await engine.all(sql, after, limit)).map(readLine);
    },
    head: () => readHead(engine),
    anchor: () => readAnchor(engine),
    cut: (cut, most) => engine.write((tx) => cutAudit(tx, cut, most)),
    async countUntil(until) {
      const sql = `SELECT count(*) AS total FROM audit_log WHERE number <
        COALESCE((SELECT number FROM audit_log WHERE at > ? ORDER BY number LIMIT 1), ?)`;
      const row = await engine.get(sql, until, Number.MAX_SAFE_INTEGER);
      return row ? number(row, 'total') : 0;
    },
  };
}

/** Writes a line in the transaction of what it tells of. Writers come one after another, so that the head is the last line. */
export async function appendAudit(tx: Transaction, entry: AuditEntry | undefined): Promise<void> {
  if (!entry) return;
  const head = await readHead(tx);
  const drafted = { ...entry.line, number: (head ?? chainStart).number + 1 };
  const hash = entry.chainMac(chainText(drafted, (head ?? chainStart).hash));
  const next = { number: drafted.number, hash };
  // A head that somebody changed is not made good by the next line: it stays wrong.
  const isWrong = head && !equalHashes(entry.chainMac(headText(head)), head.mac);
  // The head first: whoever else writes it is then in the way of this job, which runs again. By
  // the number of the line it would look as if a name were taken.
  await tx.run(
    `INSERT INTO audit_head (id, number, hash, mac) VALUES (1, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET number = excluded.number, hash = excluded.hash, mac = excluded.mac`,
    next.number,
    next.hash,
    isWrong ? head.mac : entry.chainMac(headText(next)),
  );
  const { sql, values } = insertStatement('audit_log', { ...drafted, hash });
  await tx.run(sql, ...values);
}

/**
 * Takes lines away from the beginning, as long as they are old enough and right, and keeps where
 * the log begins now. What was there before the first line stays, since nobody wrote it.
 */
async function cutAudit(tx: Transaction, cut: AuditCut, most: number): Promise<number> {
  const anchor = await readAnchor(tx);
  if (anchor && !cut.isGenuine(anchor)) return 0;
  const before: ChainPlace = anchor ?? chainStart;
  const sql = 'SELECT * FROM audit_log WHERE number > ? ORDER BY number LIMIT ?';
  const lines = (await tx.all(sql, before.number, most)).map(readLine);
  const stays = lines.findIndex(
    (line, at) => line.at > cut.until || !cut.isWhole(line, lines[at - 1] ?? before),
  );
  const count = stays === -1 ? lines.length : stays;
  const last = lines[count - 1];
  if (!last) return 0;
  const entry = cut.entryFor(last, count);
  await writeAnchor(tx, { ...last, mac: entry.chainMac(anchorText(last)) });
  const remove = 'DELETE FROM audit_log WHERE number > ? AND number <= ?';
  await tx.run(remove, before.number, last.number);
  await appendAudit(tx, entry);
  return count;
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

/** Takes out of the lines what they tell of a user. Their hashes stay right: they cover a commitment alone. */
export async function eraseFromAudit(tx: Transaction, userId: string): Promise<void> {
  await tx.run(
    'UPDATE audit_log SET personal = NULL, salt = NULL WHERE user_id = ? OR agent_id = ?',
    userId,
    userId,
  );
}

async function readHead(reader: Reader): Promise<AuditHead | undefined> {
  const row = await reader.get('SELECT * FROM audit_head WHERE id = 1');
  return row && { number: number(row, 'number'), hash: text(row, 'hash'), mac: text(row, 'mac') };
}

function filterLines(filter: AuditFilter) {
  return allOf([
    ['user_id = ?', filter.userId],
    ['subject_id = ?', filter.subjectId],
    ['agent_id = ?', filter.agentId],
    ['action = ?', filter.action],
    ['number < ?', filter.cursor],
  ]);
}

function readLine(row: Row): AuditLine {
  return {
    number: number(row, 'number'),
    at: number(row, 'at'),
    action: text(row, 'action'),
    agentKind: text(row, 'agent_kind') as AuditLine['agentKind'],
    agentId: optionalText(row, 'agent_id'),
    subjectId: text(row, 'subject_id'),
    userId: optionalText(row, 'user_id'),
    detail: json(row, 'detail'),
    personal: optionalJson(row, 'personal'),
    salt: optionalText(row, 'salt'),
    commitment: optionalText(row, 'commitment'),
    hash: text(row, 'hash'),
  };
}
