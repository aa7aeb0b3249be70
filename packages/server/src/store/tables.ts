import { emptiedTables } from './fence.ts';

/** A table whose rows are part of an export. */
export interface MovedTable {
  readonly name: string;
  /** Its primary key, by whose order it is read. */
  readonly key: readonly string[];
  /** Columns that are about the database alone, and begin anew in another. */
  readonly left?: readonly string[];
}

/** What an export holds, in the order in which it can be written: a row after those that it names. */
export const movedTables: readonly MovedTable[] = [
  { name: 'instance', key: ['id'], left: ['timeline'] },
  { name: 'secret_keys', key: ['id'] },
  { name: 'signing_keys', key: ['id'] },
  { name: 'redirect_urls', key: ['id'] },
  { name: 'users', key: ['id'] },
  { name: 'identifications', key: ['id'] },
  { name: 'backup_codes', key: ['user_id', 'code_hash'] },
  { name: 'known_devices', key: ['user_id', 'device_hash'] },
  { name: 'enterprise_connections', key: ['id'] },
  { name: 'enterprise_domains', key: ['domain', 'connection_id'] },
  { name: 'enterprise_accounts', key: ['connection_id', 'subject'] },
  { name: 'organizations', key: ['id'] },
  { name: 'organization_memberships', key: ['id'] },
  { name: 'invitations', key: ['id'] },
  { name: 'clients', key: ['id'] },
  { name: 'dev_browsers', key: ['token_hash'] },
  { name: 'sessions', key: ['id'], left: ['block'] },
  { name: 'sign_in_tokens', key: ['id'], left: ['block'] },
  { name: 'refused_redemptions', key: ['ticket_id', 'slot'] },
  { name: 'sign_ins', key: ['id'] },
  { name: 'sign_ups', key: ['id'] },
  { name: 'kept_mails', key: ['id'] },
  { name: 'audit_log', key: ['number'], left: ['block'] },
  { name: 'audit_tail', key: ['lane', 'lane_number'] },
  { name: 'audit_anchor', key: ['id'] },
  { name: 'audit_head', key: ['id'] },
  { name: 'fence_raises', key: ['epoch'] },
];

/**
 * What stays where it is: an import raises the fence, which would remove the first ones; the
 * others are of one database alone.
 */
export const leftTables: readonly string[] = [
  ...emptiedTables,
  'rate_limits',
  'migrations',
  'migration_lease',
  'nobody',
];
