import type { Migration } from '../migrations.ts';

/** Until now nobody could, whatever the column said; from now on an instance's setting decides first. */
export const createOrganizations: Migration = {
  name: '012-create-organizations',
  statements: [
    'UPDATE users SET is_create_organization_enabled = 1',
    'CREATE INDEX organizations_by_creator ON organizations (created_by)',
  ],
};
