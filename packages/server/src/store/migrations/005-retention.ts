import type { Migration } from '../migrations.ts';

/** What finds the rows whose time is over without reading all others. */
export const retention: Migration = {
  name: '005-retention',
  statements: [
    "CREATE INDEX sign_in_tokens_by_end ON sign_in_tokens (updated_at) WHERE status <> 'pending'",
    "CREATE INDEX sign_in_tokens_by_expiry ON sign_in_tokens (expires_at) WHERE status = 'pending'",
    `CREATE INDEX sign_in_tokens_with_traces ON sign_in_tokens (redeemed_at)
      WHERE redeemed_address IS NOT NULL OR redeemed_device IS NOT NULL`,
  ],
};
