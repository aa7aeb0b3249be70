import type { Migration } from '../migrations.ts';

/** A line that waits is one row in one page: kept in the order of its key, it has no index beside it. */
export const leanTail: Migration = {
  name: '019-lean-tail',
  statements: [],
  embedded: [
    `CREATE TABLE lean_tail (
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
    ) WITHOUT ROWID`,
    'INSERT INTO lean_tail SELECT * FROM audit_tail',
    'DROP TABLE audit_tail',
    'ALTER TABLE lean_tail RENAME TO audit_tail',
  ],
};
