import type { Migration } from '../migrations.ts';

/** What is asked before a ticket signs somebody in, and how it goes on from there. */
export const links: Migration = {
  name: '004-links',
  statements: [
    'ALTER TABLE sign_in_tokens ADD COLUMN confirmation TEXT',
    'ALTER TABLE sign_ins ADD COLUMN replaces_sessions INTEGER NOT NULL DEFAULT 0',
    `CREATE TABLE client_gestures (
      client_id TEXT NOT NULL,
      user_id TEXT NOT NULL,
      PRIMARY KEY (client_id, user_id)
    )`,
    `CREATE TABLE continuations (
      id TEXT PRIMARY KEY,
      token_id TEXT NOT NULL,
      secret_hash TEXT NOT NULL,
      browser_hash TEXT,
      signed_in TEXT,
      expires_at BIGINT NOT NULL
    )`,
    'CREATE INDEX continuations_by_token ON continuations (token_id)',
  ],
};
