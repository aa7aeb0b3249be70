import type {
  JoinOutcome,
  Membership,
  MembershipFilter,
  MembershipStore,
  PlacedMembership,
  Role,
} from '../domain/organization/organization.ts';
import { mapInTurns } from '../domain/turns.ts';
import { keysOfUser } from './blocks.ts';
import { assignments, insertStatement, json, number, text, toColumn } from './columns.ts';
import type { Engine, Reader, Row, SqlValue, Transaction } from './engine.ts';
import { organizationColumns, readOrganization, uncountedColumns } from './organization-rows.ts';

const membershipColumns = [
  'id',
  'user_id',
  'role',
  'public_metadata',
  'private_metadata',
  'created_at',
  'updated_at',
]
  .map((column) => `m.${column} AS membership_${column}`)
  .join(', ');

const selectSql = `SELECT ${membershipColumns}, ${organizationColumns}
  FROM organization_memberships m JOIN organizations o ON o.id = m.organization_id`;

/** Keeps who belongs to which organization. */
export function membershipStore(engine: Engine): MembershipStore {
  return {
    find: (organizationId, userId) => findMembership(engine, organizationId, userId),
    async list(filter, page) {
      const where = filterSql(filter);
      const direction = page.isNewestFirst ? 'DESC' : 'ASC';
      // The members of an organization are counted once, however many of them are on the page.
      const sql = `WITH page AS (
          SELECT * FROM organization_memberships m ${where.sql} ORDER BY m.id ${direction} LIMIT ? OFFSET ?
        ), counts AS (
          SELECT organization_id, count(*) AS total FROM organization_memberships
          WHERE organization_id IN (SELECT organization_id FROM page) GROUP BY organization_id
        )
        SELECT ${membershipColumns}, ${uncountedColumns}, c.total AS organization_members_count
        FROM page m JOIN organizations o ON o.id = m.organization_id
          JOIN counts c ON c.organization_id = m.organization_id
        ORDER BY m.id ${direction}`;
      const rows = await engine.all(sql, ...where.values, page.limit, page.offset);
      return mapInTurns(rows, readPlaced);
    },
    async count(filter) {
      const where = filterSql(filter);
      const sql = `SELECT count(*) AS total FROM organization_memberships m ${where.sql}`;
      const row = await engine.get(sql, ...where.values);
      return row ? number(row, 'total') : 0;
    },
    add: (membership) => engine.write((tx) => insertMembership(tx, membership)),
    update: (organizationId, userId, decide) =>
      engine.write(async (tx) => {
        const present = await findMembership(tx, organizationId, userId);
        if (!present) return undefined;
        const change = decide(present.membership);
        const { sql, values } = assignments(change);
        const update = `UPDATE organization_memberships SET ${sql} WHERE organization_id = ? AND user_id = ?`;
        await tx.run(update, ...values, organizationId, userId);
        return { ...present, membership: { ...present.membership, ...change } };
      }),
    remove: (organizationId, userId) =>
      engine.write(async (tx) => {
        const leave = `UPDATE sessions SET organization_id = NULL
          WHERE organization_id = ? AND id IN ${keysOfUser('sessions')}`;
        await tx.run(leave, organizationId, userId);
        const sql =
          'DELETE FROM organization_memberships WHERE organization_id = ? AND user_id = ?';
        return (await tx.run(sql, organizationId, userId)) === 1;
      }),
    activate: (sessionId, organizationId) =>
      engine.write(async (tx) => {
        const id = toColumn(organizationId);
        const sql = `UPDATE sessions SET organization_id = ? WHERE id = ? AND status = 'active'
          AND (CAST(? AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM organization_memberships m
            WHERE m.organization_id = ? AND m.user_id = sessions.user_id))`;
        return (await tx.run(sql, id, sessionId, id, id)) === 1;
      }),
  };
}

/** Writes a membership, within a transaction, where there is a place for it. */
export async function insertMembership(
  tx: Transaction,
  membership: Membership,
): Promise<JoinOutcome> {
  const { organizationId, userId } = membership;
  const organization = await tx.get(
    'SELECT max_allowed_memberships FROM organizations WHERE id = ?',
    organizationId,
  );
  if (!organization) return 'organization_missing';
  if (await isMember(tx, organizationId, userId)) return 'already_a_member';
  const most = number(organization, 'max_allowed_memberships');
  const taken = await tx.get(
    'SELECT count(*) AS total FROM organization_memberships WHERE organization_id = ?',
    organizationId,
  );
  if (most > 0 && taken && number(taken, 'total') >= most) return 'organization_full';
  const { sql, values } = insertStatement('organization_memberships', membership);
  await tx.run(sql, ...values);
  return 'joined';
}

/** Whether a user belongs to an organization. */
export async function isMember(
  reader: Reader,
  organizationId: string,
  userId: string,
): Promise<boolean> {
  const sql = 'SELECT id FROM organization_memberships WHERE organization_id = ? AND user_id = ?';
  return (await reader.get(sql, organizationId, userId)) !== undefined;
}

async function findMembership(
  reader: Reader,
  organizationId: string,
  userId: string,
): Promise<PlacedMembership | undefined> {
  const row = await reader.get(
    `${selectSql} WHERE m.organization_id = ? AND m.user_id = ?`,
    organizationId,
    userId,
  );
  return row && readPlaced(row);
}

function filterSql(filter: MembershipFilter): { sql: string; values: SqlValue[] } {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  if (filter.organizationId !== undefined) {
    conditions.push('m.organization_id = ?');
    values.push(filter.organizationId);
  }
  for (const [column, given] of [
    ['m.user_id', filter.userIds],
    ['m.role', filter.roles],
  ] as const) {
    if (given === undefined) continue;
    conditions.push(`${column} IN (${given.map(() => '?').join(', ')})`);
    values.push(...given);
  }
  return { sql: conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '', values };
}

function readPlaced(row: Row): PlacedMembership {
  const organization = readOrganization(row);
  return {
    organization,
    membership: {
      id: text(row, 'membership_id'),
      organizationId: organization.id,
      userId: text(row, 'membership_user_id'),
      role: text(row, 'membership_role') as Role,
      publicMetadata: json(row, 'membership_public_metadata'),
      privateMetadata: json(row, 'membership_private_metadata'),
      createdAt: number(row, 'membership_created_at'),
      updatedAt: number(row, 'membership_updated_at'),
    },
  };
}
