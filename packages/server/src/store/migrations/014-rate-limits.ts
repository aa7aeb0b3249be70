import type { Migration } from '../migrations.ts';

/** Calls of the windows that are open, where several processes count together. */
export const rateLimits: Migration = {
  name: '014-rate-limits',
  statements: [
    `CREATE TABLE rate_limits (
      id TEXT PRIMARY KEY,
      calls INTEGER NOT NULL,
      ends_at INTEGER NOT NULL
    )`,
    'CREATE INDEX rate_limits_by_end ON rate_limits (ends_at)',
  ],
};
