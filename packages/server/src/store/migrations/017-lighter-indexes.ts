import type { Migration } from '../migrations.ts';

/**
 * Each sign-in wrote a page of its own in an index of attempts and in one of the audit log: the
 * attempt is found by its session once it has one, and the line by its user, who did it.
 */
export const lighterIndexes: Migration = {
  name: '017-lighter-indexes',
  statements: [
    'DROP INDEX sign_ins_by_user',
    'CREATE INDEX open_sign_ins_by_user ON sign_ins (user_id) WHERE created_session_id IS NULL',
    'DROP INDEX audit_log_by_agent',
    `CREATE INDEX audit_log_by_agent_of_others ON audit_log (agent_id, number)
      WHERE agent_id IS NOT NULL AND (user_id IS NULL OR user_id <> agent_id)`,
  ],
};
