import {
  type CountedOrganization,
  type OrganizationFilter,
  type OrganizationPage,
  type OrganizationStore,
  SlugConflict,
} from '../domain/organization/organization.ts';
import { mapInTurns } from '../domain/turns.ts';
import { anywhere, assignments, insertStatement, number } from './columns.ts';
import type { Engine, Reader, SqlValue, Transaction } from './engine.ts';
import { insertMembership } from './memberships.ts';
import { membersCount, organizationColumns, readOrganization } from './organization-rows.ts';

/** Keeps organizations. */
export function organizationStore(engine: Engine): OrganizationStore {
  return {
    find: (idOrSlug) => findOrganization(engine, idOrSlug),
    async list(filter, page) {
      const where = filterSql(filter);
      // Members are counted for those of the page alone.
      const order = orderSql(page);
      const found = `SELECT * FROM organizations o ${where.sql} ORDER BY ${order} LIMIT ? OFFSET ?`;
      const sql = `SELECT ${organizationColumns} FROM (${found}) o ORDER BY ${order}`;
      const rows = await engine.all(sql, ...where.values, page.limit, page.offset);
      return mapInTurns(rows, readOrganization);
    },
    async count(filter) {
      const where = filterSql(filter);
      const row = await engine.get(
        `SELECT count(*) AS total FROM organizations o ${where.sql}`,
        ...where.values,
      );
      return row ? number(row, 'total') : 0;
    },
    create: (organization, creator, most) =>
      engine.write(async (tx) => {
        if (most !== undefined && (await countOf(tx, organization.createdBy)) >= most) return false;
        await refuseTakenSlug(tx, organization.id, organization.slug);
        const { sql, values } = insertStatement('organizations', organization);
        await tx.run(sql, ...values);
        if (creator) await insertMembership(tx, creator);
        return true;
      }),
    update: (id, decide) =>
      engine.write(async (tx) => {
        const present = await findOrganization(tx, id);
        if (!present) return undefined;
        const change = decide(present);
        if (change.slug !== undefined) await refuseTakenSlug(tx, id, change.slug);
        const { sql, values } = assignments(change);
        await tx.run(`UPDATE organizations SET ${sql} WHERE id = ?`, ...values, id);
        return { ...present, ...change };
      }),
    async delete(id, at) {
      for (;;) {
        const isGone = await engine.write((tx) => deleteSome(tx, id, at));
        if (isGone !== undefined) return isGone;
      }
    },
  };
}

async function findOrganization(
  reader: Reader,
  idOrSlug: string,
): Promise<CountedOrganization | undefined> {
  const sql = `SELECT ${organizationColumns} FROM organizations o WHERE o.id = ? OR o.slug = ?`;
  const row = await reader.get(sql, idOrSlug, idOrSlug);
  return row && readOrganization(row);
}

async function countOf(tx: Transaction, creatorId: string | undefined): Promise<number> {
  const sql = 'SELECT count(*) AS total FROM organizations WHERE created_by = ?';
  const row = await tx.get(sql, creatorId ?? null);
  return row ? number(row, 'total') : 0;
}

async function refuseTakenSlug(tx: Transaction, id: string, slug: string): Promise<void> {
  if (await tx.get('SELECT id FROM organizations WHERE slug = ? AND id <> ?', slug, id)) {
    throw new SlugConflict('another organization has this slug');
  }
}

/** Rows of an organization that go in one commit: nobody else waits longer than for a few of their own. */
const mostAtOnce = 500;

/**
 * Deletes an organization, or of one with many rows some of them: `undefined` where it is to be
 * called again. The rows of invitations stay, so that whoever holds one is told what happened.
 */
async function deleteSome(tx: Transaction, id: string, at: number): Promise<boolean | undefined> {
  const memberships = `DELETE FROM organization_memberships WHERE id IN
    (SELECT id FROM organization_memberships WHERE organization_id = ? LIMIT ?)`;
  if ((await tx.run(memberships, id, mostAtOnce)) === mostAtOnce) return undefined;
  const sessions = `UPDATE sessions SET organization_id = NULL WHERE id IN
    (SELECT id FROM sessions WHERE organization_id = ? LIMIT ?)`;
  if ((await tx.run(sessions, id, mostAtOnce)) === mostAtOnce) return undefined;
  const invitations = `UPDATE invitations SET status = 'revoked', updated_at = ? WHERE id IN
    (SELECT id FROM invitations WHERE organization_id = ? AND status = 'pending' LIMIT ?)`;
  if ((await tx.run(invitations, at, id, mostAtOnce)) === mostAtOnce) return undefined;
  return (await tx.run('DELETE FROM organizations WHERE id = ?', id)) === 1;
}

function filterSql(filter: OrganizationFilter): { sql: string; values: SqlValue[] } {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  if (filter.query !== undefined) {
    conditions.push("(o.id = ? OR lower(o.name) LIKE ? ESCAPE '!' OR o.slug LIKE ? ESCAPE '!')");
    const part = anywhere(filter.query.toLowerCase());
    values.push(filter.query, part, part);
  }
  if (filter.ids !== undefined) {
    conditions.push(`o.id IN (${filter.ids.map(() => '?').join(', ')})`);
    values.push(...filter.ids);
  }
  if (filter.userIds !== undefined) {
    const marks = filter.userIds.map(() => '?').join(', ');
    conditions.push(
      `o.id IN (SELECT organization_id FROM organization_memberships WHERE user_id IN (${marks}))`,
    );
    values.push(...filter.userIds);
  }
  return { sql: conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '', values };
}

function orderSql({ orderBy, isAscending }: OrganizationPage): string {
  const direction = isAscending ? 'ASC' : 'DESC';
  return `${orderBy === 'members_count' ? membersCount : `o.${orderBy}`} ${direction}, o.id ${direction}`;
}
