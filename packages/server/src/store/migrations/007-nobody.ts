import type { Migration } from '../migrations.ts';

/**
 * What lets work for an account and for none look the same: a row that is written in either
 * case, and when a person was last told that an account exists.
 */
export const nobody: Migration = {
  name: '007-nobody',
  statements: [
    'CREATE TABLE nobody (id TEXT PRIMARY KEY, touches BIGINT NOT NULL)',
    "INSERT INTO nobody (id, touches) VALUES ('nobody', 0)",
    'ALTER TABLE users ADD COLUMN account_notice_at BIGINT',
  ],
};
