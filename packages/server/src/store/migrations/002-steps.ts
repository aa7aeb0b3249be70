import type { Migration } from '../migrations.ts';

/**
 * What a sign-in may need besides its first proof, what else a ticket may be for, and
 * whom a session may stand for.
 */
export const steps: Migration = {
  name: '002-steps',
  statements: [
    'ALTER TABLE users ADD COLUMN totp_sealed_secret TEXT',
    'ALTER TABLE users ADD COLUMN totp_verified_at BIGINT',
    'ALTER TABLE users ADD COLUMN totp_created_at BIGINT',
    'ALTER TABLE users ADD COLUMN totp_last_step BIGINT',
    'ALTER TABLE users ADD COLUMN backup_codes_at BIGINT',
    'ALTER TABLE users ADD COLUMN mfa_enabled_at BIGINT',
    'ALTER TABLE users ADD COLUMN mfa_disabled_at BIGINT',
    `CREATE TABLE backup_codes (
      user_id TEXT NOT NULL,
      code_hash TEXT NOT NULL,
      used_at BIGINT,
      PRIMARY KEY (user_id, code_hash)
    )`,
    `CREATE TABLE known_devices (
      user_id TEXT NOT NULL,
      device_hash TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      last_used_at BIGINT NOT NULL,
      PRIMARY KEY (user_id, device_hash)
    )`,
    'ALTER TABLE sign_ins ADD COLUMN ticket_id TEXT',
    'ALTER TABLE sign_ins ADD COLUMN second_factor TEXT',
    'ALTER TABLE sign_ins ADD COLUMN client_trust TEXT',
    'ALTER TABLE sign_ins ADD COLUMN is_device_known INTEGER',
    'ALTER TABLE sign_ins ADD COLUMN new_password_digest TEXT',
    'ALTER TABLE sign_ins ADD COLUMN signs_out_others INTEGER NOT NULL DEFAULT 0',
    "ALTER TABLE sign_in_tokens ADD COLUMN kind TEXT NOT NULL DEFAULT 'sign_in_token'",
    'ALTER TABLE sign_in_tokens ADD COLUMN step_up TEXT',
    'ALTER TABLE sign_in_tokens ADD COLUMN actor TEXT',
    'ALTER TABLE sign_in_tokens ADD COLUMN session_max_seconds BIGINT',
    'ALTER TABLE sign_in_tokens ADD COLUMN organization_id TEXT',
    'ALTER TABLE sessions ADD COLUMN actor TEXT',
    'ALTER TABLE sessions ADD COLUMN second_factor_at BIGINT',
    'ALTER TABLE sessions ADD COLUMN organization_id TEXT',
    `CREATE TABLE enterprise_connections (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      domains TEXT NOT NULL,
      discovery_url TEXT NOT NULL,
      oidc_client_id TEXT NOT NULL,
      oidc_sealed_secret TEXT,
      is_active INTEGER NOT NULL,
      created_at BIGINT NOT NULL,
      updated_at BIGINT NOT NULL
    )`,
    `CREATE TABLE enterprise_domains (
      domain TEXT NOT NULL,
      connection_id TEXT NOT NULL,
      PRIMARY KEY (domain, connection_id)
    )`,
    `CREATE TABLE enterprise_accounts (
      connection_id TEXT NOT NULL,
      subject TEXT NOT NULL,
      user_id TEXT NOT NULL,
      email_address TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      PRIMARY KEY (connection_id, subject),
      UNIQUE (connection_id, user_id)
    )`,
    'CREATE INDEX enterprise_accounts_by_user ON enterprise_accounts (user_id)',
    `CREATE TABLE enterprise_visits (
      state_hash TEXT PRIMARY KEY,
      sign_in_id TEXT NOT NULL,
      connection_id TEXT NOT NULL,
      sealed_checks TEXT NOT NULL,
      callback_url TEXT NOT NULL,
      redirect_url TEXT NOT NULL,
      complete_url TEXT,
      expires_at BIGINT NOT NULL
    )`,
    'CREATE INDEX enterprise_visits_by_sign_in ON enterprise_visits (sign_in_id)',
    `CREATE TABLE organizations (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      slug TEXT NOT NULL UNIQUE,
      created_by TEXT,
      max_allowed_memberships INTEGER NOT NULL,
      public_metadata TEXT NOT NULL,
      private_metadata TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      updated_at BIGINT NOT NULL
    )`,
    `CREATE TABLE organization_memberships (
      id TEXT PRIMARY KEY,
      organization_id TEXT NOT NULL,
      user_id TEXT NOT NULL,
      role TEXT NOT NULL,
      public_metadata TEXT NOT NULL,
      private_metadata TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      updated_at BIGINT NOT NULL,
      UNIQUE (organization_id, user_id)
    )`,
    'CREATE INDEX organization_memberships_by_user ON organization_memberships (user_id)',
    `CREATE TABLE invitations (
      id TEXT PRIMARY KEY,
      organization_id TEXT,
      role TEXT,
      inviter_user_id TEXT,
      email_address TEXT NOT NULL,
      email_address_key TEXT NOT NULL,
      secret_hash TEXT NOT NULL,
      status TEXT NOT NULL,
      redirect_url TEXT,
      public_metadata TEXT NOT NULL,
      private_metadata TEXT NOT NULL,
      expires_at BIGINT NOT NULL,
      accepted_user_id TEXT,
      session_id TEXT,
      created_at BIGINT NOT NULL,
      updated_at BIGINT NOT NULL
    )`,
    'CREATE INDEX invitations_by_address ON invitations (email_address_key, status)',
    'CREATE INDEX invitations_by_organization ON invitations (organization_id, id)',
    'ALTER TABLE sign_ups ADD COLUMN invitation_id TEXT',
    'CREATE INDEX sign_ups_by_session ON sign_ups (created_session_id)',
  ],
};
