import {
  type CountedOrganization,
  type OrganizationFilter,
  type OrganizationPage,
  type OrganizationStore,
  SlugConflict,
} from '../domain/organization/organization.ts';
import { assignments, insertStatement, number } from './columns.ts';
import type { Engine, Reader, SqlValue, Transaction } from './engine.ts';
import { insertMembership } from './memberships.ts';
import { membersCount, organizationColumns, readOrganization } from './organization-rows.ts';

/** Keeps organizations. */
export function organizationStore(engine: Engine): OrganizationStore {
  return {
    find: (idOrSlug) => findOrganization(engine, idOrSlug),
    async list(filter, page) {
      const where = filterSql(filter);
      const sql = `SELECT ${organizationColumns} FROM organizations o ${where.sql} ORDER BY ${orderSql(page)} LIMIT ? OFFSET ?`;
      return (await engine.all(sql, ...where.values, page.limit, page.offset)).map(
        readOrganization,
      );
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
    update: (id, change) =>
      engine.write(async (tx) => {
        if (change.slug !== undefined) await refuseTakenSlug(tx, id, change.slug);
        const { sql, values } = assignments(change);
        const changed = await tx.run(`UPDATE organizations SET ${sql} WHERE id = ?`, ...values, id);
        return changed === 1 ? findOrganization(tx, id) : undefined;
      }),
    delete: (id, at) => engine.write((tx) => deleteOrganization(tx, id, at)),
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

/** The rows of invitations stay, so that whoever holds one is told what happened. */
async function deleteOrganization(tx: Transaction, id: string, at: number): Promise<boolean> {
  await tx.run('DELETE FROM organization_memberships WHERE organization_id = ?', id);
  await tx.run('UPDATE sessions SET organization_id = NULL WHERE organization_id = ?', id);
  const revoke =
    "UPDATE invitations SET status = 'revoked', updated_at = ? WHERE organization_id = ? AND status = 'pending'";
  await tx.run(revoke, at, id);
  return (await tx.run('DELETE FROM organizations WHERE id = ?', id)) === 1;
}

function filterSql(filter: OrganizationFilter): { sql: string; values: SqlValue[] } {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  if (filter.query !== undefined) {
    conditions.push("(o.id = ? OR lower(o.name) LIKE ? ESCAPE '\\' OR o.slug LIKE ? ESCAPE '\\')");
    const part = `%${filter.query.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
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
