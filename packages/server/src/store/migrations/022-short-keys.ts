import type { Migration } from '../migrations.ts';

/**
 * The fewer pages a block has in an index by user, the fewer of them a commit writes: each user
 * stands there with the end of the id, and the row itself says the rest.
 */
export const shortKeys: Migration = {
  name: '022-short-keys',
  statements: [],
  embedded: [
    'DROP INDEX sign_in_tokens_by_block',
    'CREATE INDEX sign_in_tokens_by_block ON sign_in_tokens (block, substr(user_id, 26))',
    'DROP INDEX sessions_by_block',
    'CREATE INDEX sessions_by_block ON sessions (block, substr(user_id, 26), status)',
    'DROP INDEX audit_log_by_block',
    'CREATE INDEX audit_log_by_block ON audit_log (block, substr(user_id, 26))',
  ],
};
