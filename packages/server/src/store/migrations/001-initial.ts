import type { Migration } from '../migrations.ts';

/**
 * The first schema. Text ids that begin with time, times as epoch milliseconds, JSON as
 * text, booleans as 0 and 1: the same on every engine. Ended rows keep their place until
 * the retention time is over, so that answers about them stay the same.
 */
export const initial: Migration = {
  name: '001-initial',
  statements: [
    `CREATE TABLE instance (
      id TEXT PRIMARY KEY,
      type TEXT NOT NULL,
      settings TEXT NOT NULL,
      created_at BIGINT NOT NULL
    )`,
    `CREATE TABLE secret_keys (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      secret_hash TEXT NOT NULL UNIQUE,
      last_four TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      revoked_at BIGINT
    )`,
    `CREATE TABLE signing_keys (
      id TEXT PRIMARY KEY,
      public_key TEXT NOT NULL,
      encrypted_private_key TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      retires_at BIGINT
    )`,
    `CREATE TABLE users (
      id TEXT PRIMARY KEY,
      external_id TEXT UNIQUE,
      username TEXT,
      username_key TEXT UNIQUE,
      first_name TEXT,
      last_name TEXT,
      locale TEXT,
      primary_email_address_id TEXT,
      primary_phone_number_id TEXT,
      password_digest TEXT,
      password_updated_at BIGINT,
      public_metadata TEXT NOT NULL,
      private_metadata TEXT NOT NULL,
      unsafe_metadata TEXT NOT NULL,
      is_banned INTEGER NOT NULL,
      locked_until BIGINT,
      failed_attempts INTEGER NOT NULL,
      is_delete_self_enabled INTEGER NOT NULL,
      is_create_organization_enabled INTEGER NOT NULL,
      create_organizations_limit INTEGER,
      legal_accepted_at BIGINT,
      last_sign_in_at BIGINT,
      last_active_at BIGINT,
      created_at BIGINT NOT NULL,
      updated_at BIGINT NOT NULL
    )`,
    'CREATE INDEX users_by_creation ON users (created_at, id)',
    `CREATE TABLE identifications (
      id TEXT PRIMARY KEY,
      user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      value TEXT NOT NULL,
      value_key TEXT NOT NULL,
      is_verified INTEGER NOT NULL,
      verification_strategy TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      updated_at BIGINT NOT NULL,
      UNIQUE (kind, value_key)
    )`,
    'CREATE INDEX identifications_by_user ON identifications (user_id)',
    `CREATE TABLE clients (
      id TEXT PRIMARY KEY,
      secret_hash TEXT NOT NULL,
      former_secret_hash TEXT,
      former_secret_until BIGINT,
      last_active_session_id TEXT,
      last_authentication_strategy TEXT,
      sign_in_id TEXT,
      sign_up_id TEXT,
      created_at BIGINT NOT NULL,
      updated_at BIGINT NOT NULL
    )`,
    `CREATE TABLE dev_browsers (
      token_hash TEXT PRIMARY KEY,
      client_id TEXT,
      created_at BIGINT NOT NULL
    )`,
    `CREATE TABLE sessions (
      id TEXT PRIMARY KEY,
      client_id TEXT NOT NULL,
      user_id TEXT NOT NULL,
      status TEXT NOT NULL,
      expire_at BIGINT NOT NULL,
      abandon_at BIGINT NOT NULL,
      last_active_at BIGINT NOT NULL,
      authenticated_at BIGINT NOT NULL,
      strategy TEXT NOT NULL,
      origin TEXT,
      ip_address TEXT,
      user_agent TEXT,
      created_at BIGINT NOT NULL,
      updated_at BIGINT NOT NULL
    )`,
    'CREATE INDEX sessions_by_client ON sessions (client_id)',
    'CREATE INDEX sessions_by_user ON sessions (user_id, status)',
    `CREATE TABLE sign_in_tokens (
      id TEXT PRIMARY KEY,
      user_id TEXT NOT NULL,
      secret_hash TEXT NOT NULL,
      status TEXT NOT NULL,
      expires_at BIGINT NOT NULL,
      sign_in_url TEXT,
      redirect_url TEXT,
      redeemed_at BIGINT,
      session_id TEXT,
      created_at BIGINT NOT NULL,
      updated_at BIGINT NOT NULL
    )`,
    'CREATE INDEX sign_in_tokens_by_user ON sign_in_tokens (user_id, id)',
    `CREATE TABLE sign_ins (
      id TEXT PRIMARY KEY,
      client_id TEXT NOT NULL,
      status TEXT NOT NULL,
      identifier TEXT,
      user_id TEXT,
      first_factor TEXT,
      attempts INTEGER NOT NULL,
      created_session_id TEXT,
      created_at BIGINT NOT NULL,
      abandon_at BIGINT NOT NULL
    )`,
    'CREATE INDEX sign_ins_by_session ON sign_ins (created_session_id)',
    'CREATE INDEX sign_ins_by_user ON sign_ins (user_id)',
    `CREATE TABLE sign_ups (
      id TEXT PRIMARY KEY,
      client_id TEXT NOT NULL,
      status TEXT NOT NULL,
      email_address TEXT,
      is_email_address_verified INTEGER NOT NULL,
      password_digest TEXT,
      first_name TEXT,
      last_name TEXT,
      username TEXT,
      unsafe_metadata TEXT NOT NULL,
      legal_accepted_at BIGINT,
      locale TEXT,
      code_hash TEXT,
      code_expire_at BIGINT,
      attempts INTEGER NOT NULL,
      created_session_id TEXT,
      created_user_id TEXT,
      created_at BIGINT NOT NULL,
      abandon_at BIGINT NOT NULL
    )`,
    'CREATE INDEX sign_ups_by_user ON sign_ups (created_user_id)',
    `CREATE TABLE redirect_urls (
      id TEXT PRIMARY KEY,
      url TEXT NOT NULL UNIQUE,
      created_at BIGINT NOT NULL
    )`,
    `CREATE TABLE handshakes (
      nonce_hash TEXT PRIMARY KEY,
      directives TEXT NOT NULL,
      expires_at BIGINT NOT NULL
    )`,
    `CREATE TABLE handovers (
      code_hash TEXT PRIMARY KEY,
      client_id TEXT NOT NULL,
      origin TEXT NOT NULL,
      challenge TEXT NOT NULL,
      expires_at BIGINT NOT NULL
    )`,
    `CREATE TABLE kept_mails (
      id TEXT PRIMARY KEY,
      recipient TEXT NOT NULL,
      subject TEXT NOT NULL,
      text_body TEXT NOT NULL,
      html_body TEXT NOT NULL,
      created_at BIGINT NOT NULL
    )`,
  ],
};
