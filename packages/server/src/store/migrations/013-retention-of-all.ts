import type { Migration } from '../migrations.ts';

/** Where the audit log begins once old lines are gone, and what finds other rows whose time is over. */
export const retentionOfAll: Migration = {
  name: '013-retention-of-all',
  statements: [
    `CREATE TABLE audit_anchor (
      id INTEGER PRIMARY KEY,
      number BIGINT NOT NULL,
      at BIGINT NOT NULL,
      hash TEXT NOT NULL,
      mac TEXT NOT NULL
    )`,
    // By a time that never changes: one that moves with each use would be written with each use.
    'CREATE INDEX sessions_by_expiry ON sessions (expire_at)',
    "CREATE INDEX invitations_by_end ON invitations (updated_at) WHERE status <> 'pending'",
    "CREATE INDEX invitations_by_expiry ON invitations (expires_at) WHERE status = 'pending'",
  ],
};
