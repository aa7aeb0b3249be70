import {
  type FailedAcceptance,
  type Invitation,
  type InvitationAcceptance,
  InvitationConflict,
  type InvitationDraft,
  type InvitationFilter,
  type InvitationPage,
  type InvitationStore,
} from '../domain/invitation/invitation.ts';
import type { Role } from '../domain/organization/organization.ts';
import { normalizeIdentifier } from '../domain/user/email-address.ts';
import { mapInTurns } from '../domain/turns.ts';
import {
  anywhere,
  insertStatement,
  json,
  number,
  optionalText,
  text,
  toColumn,
} from './columns.ts';
import type { Engine, Reader, Row, SqlValue, Transaction } from './engine.ts';
import { insertMembership } from './memberships.ts';

/** Keeps invitations of both kinds. */
export function invitationStore(engine: Engine): InvitationStore {
  return {
    add: (drafts, now) =>
      engine.write(async (tx) => {
        for (const draft of drafts) await insertInvitation(tx, draft, now);
      }),
    async remove(ids) {
      const sql = `DELETE FROM invitations WHERE id IN (${ids.map(() => '?').join(', ')}) AND status = 'pending'`;
      await engine.write((tx) => tx.run(sql, ...ids));
    },
    find: (id) => findInvitation(engine, id),
    async list(filter, page, now) {
      const where = filterSql(filter, now);
      const sql = `SELECT * FROM invitations ${where.sql} ORDER BY ${orderSql(page)} LIMIT ? OFFSET ?`;
      const rows = await engine.all(sql, ...where.values, page.limit, page.offset);
      return mapInTurns(rows, readInvitation);
    },
    async count(filter, now) {
      const where = filterSql(filter, now);
      const row = await engine.get(
        `SELECT count(*) AS total FROM invitations ${where.sql}`,
        ...where.values,
      );
      return row ? number(row, 'total') : 0;
    },
    revoke: (id, at) =>
      engine.write(async (tx) => {
        const sql =
          "UPDATE invitations SET status = 'revoked', updated_at = ? WHERE id = ? AND status = 'pending'";
        return (await tx.run(sql, at, id)) === 1 ? findInvitation(tx, id) : undefined;
      }),
    async accept(acceptance, now) {
      try {
        await engine.write(async (tx) => {
          const outcome = await writeAcceptance(tx, acceptance, now);
          if (outcome !== 'accepted') throw new AcceptanceFailed(outcome);
        });
        return 'accepted';
      } catch (error) {
        if (error instanceof AcceptanceFailed) return error.outcome;
        throw error;
      }
    },
  };
}

/** Thrown inside the transaction so that nothing of it stays. */
class AcceptanceFailed extends Error {
  readonly outcome: FailedAcceptance;

  constructor(outcome: FailedAcceptance) {
    super(outcome);
    this.outcome = outcome;
  }
}

/**
 * Accepts an invitation, within a transaction: one conditional update, which at most one
 * transaction can win, and the membership that hangs on it. The caller undoes both where one
 * of them was not written.
 */
export async function writeAcceptance(
  tx: Transaction,
  acceptance: InvitationAcceptance,
  now: number,
): Promise<'accepted' | FailedAcceptance> {
  const { id, userId, sessionId, lateBy, membership } = acceptance;
  const changed = await tx.run(
    `UPDATE invitations SET status = 'accepted', accepted_user_id = ?, session_id = ?, updated_at = ?
     WHERE id = ? AND status = 'pending' AND expires_at > ?`,
    userId,
    toColumn(sessionId),
    now,
    id,
    now - lateBy,
  );
  if (changed === 0) return 'invitation_not_pending';
  const joined = membership ? await insertMembership(tx, membership) : 'joined';
  return joined === 'joined' || joined === 'already_a_member' ? 'accepted' : joined;
}

async function insertInvitation(
  tx: Transaction,
  { invitation, isUnique }: InvitationDraft,
  now: number,
): Promise<void> {
  const emailAddressKey = normalizeIdentifier(invitation.emailAddress);
  const organizationId = toColumn(invitation.organizationId);
  const pending = await tx.get(
    `SELECT id FROM invitations WHERE email_address_key = ? AND status = 'pending' AND expires_at > ?
       AND (organization_id = ? OR (organization_id IS NULL AND CAST(? AS TEXT) IS NULL))`,
    emailAddressKey,
    now,
    organizationId,
    organizationId,
  );
  if (pending && isUnique) throw new InvitationConflict('a pending invitation has this address');
  const { sql, values } = insertStatement('invitations', { ...invitation, emailAddressKey });
  await tx.run(sql, ...values);
}

async function findInvitation(reader: Reader, id: string): Promise<Invitation | undefined> {
  const row = await reader.get('SELECT * FROM invitations WHERE id = ?', id);
  return row && readInvitation(row);
}

function filterSql(filter: InvitationFilter, now: number): { sql: string; values: SqlValue[] } {
  const {
    organization,
    statuses = ['pending', 'accepted', 'expired'],
    query,
    emailAddresses,
  } = filter;
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  if (organization === 'none') conditions.push('organization_id IS NULL');
  else if (organization === 'any') conditions.push('organization_id IS NOT NULL');
  else {
    conditions.push('organization_id = ?');
    values.push(organization.id);
  }
  // Nobody writes down that an invitation expired.
  conditions.push(
    `CASE WHEN status = 'pending' AND expires_at <= ? THEN 'expired' ELSE status END IN (${marks(statuses)})`,
  );
  values.push(now, ...statuses);
  if (query !== undefined) {
    conditions.push("(id = ? OR email_address_key LIKE ? ESCAPE '!')");
    values.push(query, anywhere(normalizeIdentifier(query)));
  }
  if (emailAddresses !== undefined) {
    conditions.push(`email_address_key IN (${marks(emailAddresses)})`);
    values.push(...emailAddresses.map(normalizeIdentifier));
  }
  return { sql: `WHERE ${conditions.join(' AND ')}`, values };
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

function orderSql({ orderBy, isAscending }: InvitationPage): string {
  const direction = isAscending ? 'ASC' : 'DESC';
  return `${orderBy === 'email_address' ? 'email_address_key' : orderBy} ${direction}, id ${direction}`;
}

function readInvitation(row: Row): Invitation {
  return {
    id: text(row, 'id'),
    organizationId: optionalText(row, 'organization_id'),
    role: optionalText(row, 'role') as Role | undefined,
    inviterUserId: optionalText(row, 'inviter_user_id'),
    emailAddress: text(row, 'email_address'),
    secretHash: text(row, 'secret_hash'),
    status: text(row, 'status') as Invitation['status'],
    redirectUrl: optionalText(row, 'redirect_url'),
    publicMetadata: json(row, 'public_metadata'),
    privateMetadata: json(row, 'private_metadata'),
    expiresAt: number(row, 'expires_at'),
    acceptedUserId: optionalText(row, 'accepted_user_id'),
    sessionId: optionalText(row, 'session_id'),
    createdAt: number(row, 'created_at'),
    updatedAt: number(row, 'updated_at'),
  };
}
