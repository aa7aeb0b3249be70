import type { Migration } from '../migrations.ts';

/**
 * Each issue and each sign-in wrote a page of its own in indexes by user, and the more rows there
 * were the less likely it was that two met in one: the index begins with a block of rows that were
 * written one after the other.
 */
export const blocks: Migration = {
  name: '018-blocks',
  statements: [
    'ALTER TABLE sign_in_tokens ADD COLUMN block BIGINT NOT NULL DEFAULT 0',
    'ALTER TABLE sessions ADD COLUMN block BIGINT NOT NULL DEFAULT 0',
    'ALTER TABLE audit_log ADD COLUMN block BIGINT NOT NULL DEFAULT 0',
    'CREATE INDEX sign_in_tokens_by_block ON sign_in_tokens (block, user_id, id)',
    'DROP INDEX sign_in_tokens_by_user',
    'CREATE INDEX sessions_by_block ON sessions (block, user_id, status, id)',
    'DROP INDEX sessions_by_user',
    'CREATE INDEX audit_log_by_block ON audit_log (block, user_id, number)',
    'DROP INDEX audit_log_by_user',
  ],
};
