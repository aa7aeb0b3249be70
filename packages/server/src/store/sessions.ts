import type { SessionStatus } from '@willcall/contract';
import type { AuditEntry } from '../domain/audit-log/audit-log.ts';
import type { Session, SessionFilter, SessionStore } from '../domain/session/session.ts';
import type { User } from '../domain/user/user.ts';
import { appendAudit } from './audit-log.ts';
import { keysOfUser } from './blocks.ts';
import { number, optionalJson, optionalNumber, optionalText, text } from './columns.ts';
import type { Engine, Row, SqlValue, Transaction } from './engine.ts';
import { liveOfUser } from './session-endings.ts';
import { addressColumns, readJoinedUser } from './users.ts';

/** Of a session `s`, with the time twice. */
export const isLiveSql = "s.status = 'active' AND s.expire_at > ? AND s.abandon_at > ?";

/** Every column of a session under a name that no column of a user has. */
export const sessionColumns = [
  'id',
  'client_id',
  'user_id',
  'status',
  'expire_at',
  'abandon_at',
  'last_active_at',
  'authenticated_at',
  'strategy',
  'second_factor_at',
  'actor',
  'organization_id',
  'origin',
  'ip_address',
  'user_agent',
  'created_at',
  'updated_at',
]
  .map((column) => `s.${column} AS session_${column}`)
  .join(', ');

const ofUser = keysOfUser('sessions');

/** Live sessions with their users: a row for each address of the user. */
const selectLiveSql = `SELECT u.*, ${sessionColumns}, ${addressColumns}
  FROM sessions s JOIN users u ON u.id = s.user_id LEFT JOIN identifications i ON i.user_id = u.id
  WHERE ${isLiveSql}`;

// Texts that are put together once: a text is found again by a hash of all of it.
const findSql = `SELECT ${sessionColumns} FROM sessions s WHERE s.id = ?`;
const findUsableSql = `${selectLiveSql} AND s.id = ? AND u.is_banned = 0 ORDER BY i.id`;
const findHeldSql = `SELECT ${sessionColumns}, c.secret_hash AS client_secret_hash
  FROM sessions s JOIN users u ON u.id = s.user_id JOIN clients c ON c.id = s.client_id
  WHERE s.id = ? AND ${isLiveSql} AND u.is_banned = 0`;

/** Keeps sessions. */
export function sessionStore(engine: Engine): SessionStore {
  return {
    async find(id) {
      const row = await engine.get(findSql, id);
      return row && readSession(row);
    },
    async list(filter, page) {
      const where = filterSql(filter, page.now);
      const sql = `SELECT ${sessionColumns} FROM sessions s ${where.sql} ORDER BY s.id DESC LIMIT ? OFFSET ?`;
      return (await engine.all(sql, ...where.values, page.limit, page.offset)).map(readSession);
    },
    async count(filter, now) {
      const where = filterSql(filter, now);
      const row = await engine.get(
        `SELECT count(*) AS total FROM sessions s ${where.sql}`,
        ...where.values,
      );
      return row ? number(row, 'total') : 0;
    },
    async listLive(clientId, now) {
      const sql = `${selectLiveSql} AND s.client_id = ? ORDER BY s.id, i.id`;
      return readLive(await engine.all(sql, now, now, clientId));
    },
    async findUsable(id, now) {
      return readLive(await engine.all(findUsableSql, now, now, id))[0];
    },
    async findHeld(id, now) {
      const row = await engine.get(findHeldSql, id, now, now);
      return (
        row && { session: readSession(row), clientSecretHash: text(row, 'client_secret_hash') }
      );
    },
    async listLiveOfUser(userId, now, most) {
      const sql = `SELECT ${sessionColumns} FROM sessions s WHERE s.id IN ${liveOfUser} AND ${isLiveSql} ORDER BY s.id DESC LIMIT ?`;
      return (await engine.all(sql, userId, now, now, most)).map(readSession);
    },
    end: (id, status, now, entry) =>
      engine.write((tx) => endSession(tx, { id, status, now, entry })),
    endAllOfClient: (clientId, status, now, entryFor) =>
      engine.write(async (tx) => {
        const live = await tx.all(
          `SELECT ${sessionColumns} FROM sessions s WHERE s.client_id = ? AND ${isLiveSql} ORDER BY s.id`,
          clientId,
          now,
          now,
        );
        const sql =
          "UPDATE sessions SET status = ?, updated_at = ? WHERE client_id = ? AND status = 'active'";
        await tx.run(sql, status, now, clientId);
        for (const row of live) await appendAudit(tx, entryFor(readSession(row)));
      }),
    touch: (id, use) => engine.write((tx) => touch(tx, id, use)),
  };
}

async function endSession(
  tx: Transaction,
  ending: { id: string; status: SessionStatus; now: number; entry: AuditEntry },
): Promise<Session | undefined> {
  const { id, status, now, entry } = ending;
  const sql = `UPDATE sessions AS s SET status = ?, updated_at = ? WHERE s.id = ? AND ${isLiveSql}`;
  if ((await tx.run(sql, status, now, id, now, now)) === 0) return undefined;
  await appendAudit(tx, entry);
  const ended = await tx.get(findSql, id);
  return ended && readSession(ended);
}

async function touch(
  tx: Transaction,
  id: string,
  use: { now: number; abandonAt: number; activate: boolean },
): Promise<Session | undefined> {
  const sql = `UPDATE sessions AS s SET last_active_at = ?, abandon_at = ?, updated_at = ? WHERE s.id = ? AND ${isLiveSql}`;
  if ((await tx.run(sql, use.now, use.abandonAt, use.now, id, use.now, use.now)) === 0)
    return undefined;
  const row = await tx.get(findSql, id);
  const session = row && readSession(row);
  if (!session) return undefined;
  await tx.run('UPDATE users SET last_active_at = ? WHERE id = ?', use.now, session.userId);
  if (use.activate) {
    const activate = 'UPDATE clients SET last_active_session_id = ?, updated_at = ? WHERE id = ?';
    await tx.run(activate, id, use.now, session.clientId);
  }
  return session;
}

/** Sessions with their users, from rows that lie together for each session; those without a session are left out. */
export function readLive(rows: readonly Row[]): { session: Session; user: User }[] {
  const live: { session: Session; user: User }[] = [];
  for (const [id, of] of Map.groupBy(rows, (row) => row['session_id'])) {
    const [first] = of;
    const user = id === null ? undefined : readJoinedUser(of);
    if (first && user) live.push({ session: readSession(first), user });
  }
  return live;
}

function filterSql(filter: SessionFilter, now: number): { sql: string; values: SqlValue[] } {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  if (filter.clientId !== undefined) {
    conditions.push('s.client_id = ?');
    values.push(filter.clientId);
  }
  if (filter.userId !== undefined) {
    conditions.push(`s.id IN ${ofUser}`);
    values.push(filter.userId);
  }
  if (filter.status !== undefined) {
    const { sql, values: statusValues } = statusSql(filter.status, now);
    conditions.push(sql);
    values.push(...statusValues);
  }
  if (filter.hasOrganization !== undefined) {
    conditions.push(`s.organization_id IS ${filter.hasOrganization ? 'NOT NULL' : 'NULL'}`);
  }
  return { sql: conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '', values };
}

/** A session that ran out has no row that says so. */
function statusSql(status: SessionStatus, now: number): { sql: string; values: SqlValue[] } {
  if (status === 'active') return { sql: isLiveSql, values: [now, now] };
  if (status === 'expired') {
    return {
      sql: "(s.status = 'expired' OR (s.status = 'active' AND s.expire_at <= ?))",
      values: [now],
    };
  }
  if (status === 'abandoned') {
    const sql =
      "(s.status = 'abandoned' OR (s.status = 'active' AND s.expire_at > ? AND s.abandon_at <= ?))";
    return { sql, values: [now, now] };
  }
  return { sql: 's.status = ?', values: [status] };
}

function readSession(row: Row): Session {
  return {
    id: text(row, 'session_id'),
    clientId: text(row, 'session_client_id'),
    userId: text(row, 'session_user_id'),
    status: text(row, 'session_status') as SessionStatus,
    expireAt: number(row, 'session_expire_at'),
    abandonAt: number(row, 'session_abandon_at'),
    lastActiveAt: number(row, 'session_last_active_at'),
    authenticatedAt: number(row, 'session_authenticated_at'),
    strategy: text(row, 'session_strategy'),
    secondFactorAt: optionalNumber(row, 'session_second_factor_at'),
    actor: optionalJson(row, 'session_actor'),
    organizationId: optionalText(row, 'session_organization_id'),
    origin: optionalText(row, 'session_origin'),
    ipAddress: optionalText(row, 'session_ip_address'),
    userAgent: optionalText(row, 'session_user_agent'),
    createdAt: number(row, 'session_created_at'),
    updatedAt: number(row, 'session_updated_at'),
  };
}
