import type { Migration } from '../migrations.ts';

/** Who did what and when, each line bound to the one before, and where the last one is. */
export const auditLog: Migration = {
  name: '008-audit-log',
  statements: [
    `CREATE TABLE audit_log (
      number BIGINT PRIMARY KEY,
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
      hash TEXT NOT NULL
    )`,
    'CREATE INDEX audit_log_by_user ON audit_log (user_id, number) WHERE user_id IS NOT NULL',
    'CREATE INDEX audit_log_by_agent ON audit_log (agent_id, number) WHERE agent_id IS NOT NULL',
    'CREATE INDEX audit_log_by_subject ON audit_log (subject_id, number)',
    `CREATE TABLE audit_head (
      id INTEGER PRIMARY KEY,
      number BIGINT NOT NULL,
      hash TEXT NOT NULL,
      mac TEXT NOT NULL
    )`,
  ],
};
