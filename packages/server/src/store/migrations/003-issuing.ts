import type { Migration } from '../migrations.ts';

/**
 * What is known of a token besides its ticket: why it was issued, from where it was
 * redeemed, and which tries were refused. Also, what a secret key may do, and the calls
 * that may be repeated.
 */
export const issuing: Migration = {
  name: '003-issuing',
  statements: [
    'ALTER TABLE sign_in_tokens ADD COLUMN reason TEXT',
    'ALTER TABLE sign_in_tokens ADD COLUMN redeemed_address TEXT',
    'ALTER TABLE sign_in_tokens ADD COLUMN redeemed_device TEXT',
    `CREATE TABLE idempotent_issues (
      secret_key_id TEXT NOT NULL,
      key_hash TEXT NOT NULL,
      request_hash TEXT NOT NULL,
      token_id TEXT NOT NULL,
      seed TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      PRIMARY KEY (secret_key_id, key_hash)
    )`,
    'CREATE INDEX idempotent_issues_by_age ON idempotent_issues (created_at)',
    `CREATE TABLE refused_redemptions (
      ticket_id TEXT NOT NULL,
      slot INTEGER NOT NULL,
      tries INTEGER NOT NULL,
      code TEXT NOT NULL,
      address TEXT,
      device TEXT,
      refused_at BIGINT NOT NULL,
      PRIMARY KEY (ticket_id, slot)
    )`,
    'CREATE INDEX refused_redemptions_by_age ON refused_redemptions (refused_at)',
    'ALTER TABLE secret_keys ADD COLUMN scopes TEXT',
  ],
};
