import type { CountedOrganization } from '../domain/organization/organization.ts';
import { json, number, optionalText, text } from './columns.ts';
import type { Row } from './engine.ts';

/** How many belong to the organization `o`. */
export const membersCount =
  '(SELECT count(*) FROM organization_memberships c WHERE c.organization_id = o.id)';

/** Every column of an organization under a name that no other table's column has, without its members. */
export const uncountedColumns = [
  'id',
  'name',
  'slug',
  'created_by',
  'max_allowed_memberships',
  'public_metadata',
  'private_metadata',
  'created_at',
  'updated_at',
]
  .map((column) => `o.${column} AS organization_${column}`)
  .join(', ');

/** The same, with how many belong to it. */
export const organizationColumns = `${uncountedColumns}, ${membersCount} AS organization_members_count`;

/** An organization from a row that was read with `organizationColumns`. */
export function readOrganization(row: Row): CountedOrganization {
  return {
    id: text(row, 'organization_id'),
    name: text(row, 'organization_name'),
    slug: text(row, 'organization_slug'),
    createdBy: optionalText(row, 'organization_created_by'),
    maxAllowedMemberships: number(row, 'organization_max_allowed_memberships'),
    publicMetadata: json(row, 'organization_public_metadata'),
    privateMetadata: json(row, 'organization_private_metadata'),
    createdAt: number(row, 'organization_created_at'),
    updatedAt: number(row, 'organization_updated_at'),
    membersCount: number(row, 'organization_members_count'),
  };
}
