import {
  type AuditEntry,
  type AuditFilter,
  type AuditHead,
  type AuditLine,
  type AuditLogStore,
  chainStart,
  chainText,
  headText,
} from '../domain/audit-log/audit-log.ts';
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
  };
}

/** Writes a line in the transaction of what it tells of. Writers come one after another, so that the head is the last line. */
export async function appendAudit(tx: Transaction, entry: AuditEntry | undefined): Promise<void> {
  if (!entry) return;
  const head = await readHead(tx);
  const drafted = { ...entry.line, number: (head?.number ?? 0) + 1 };
  const hash = entry.chainMac(chainText(drafted, head?.hash ?? chainStart));
  const next = { number: drafted.number, hash };
  // The head first: whoever else writes it is then in the way of this job, which runs again. By
  // the number of the line it would look as if a name were taken.
  await tx.run(
    `INSERT INTO audit_head (id, number, hash, mac) VALUES (1, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET number = excluded.number, hash = excluded.hash, mac = excluded.mac`,
    next.number,
    next.hash,
    entry.chainMac(headText(next)),
  );
  const { sql, values } = insertStatement('audit_log', { ...drafted, hash });
  await tx.run(sql, ...values);
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
