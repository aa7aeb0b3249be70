import type { Migration } from '../migrations.ts';

/** Lines of the audit log that wait for their place in the chain, and where they were drawn. */
export const auditTail: Migration = {
  name: '015-audit-tail',
  statements: [
    `CREATE TABLE audit_tail (
      lane TEXT NOT NULL,
      lane_number BIGINT NOT NULL,
      drawn_at BIGINT NOT NULL,
      at BIGINT NOT NULL,
      action TEXT NOT NULL,
      agent_kind TEXT NOT NULL,
      agent_id TEXT,
      subject_id TEXT NOT NULL,
      user_id TEXT,
      detail TEXT NOT NULL,
      personal TEXT,
      salt TEXT,
      commitment TEXT,
      mac TEXT NOT NULL,
      PRIMARY KEY (lane, lane_number)
    )`,
    'ALTER TABLE audit_log ADD COLUMN lane TEXT',
    'ALTER TABLE audit_log ADD COLUMN lane_number BIGINT',
  ],
};
