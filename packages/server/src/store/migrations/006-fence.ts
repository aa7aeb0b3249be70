import type { Migration } from '../migrations.ts';

/** How far the history of the instance has come, and when everything from before was ended. */
export const fence: Migration = {
  name: '006-fence',
  statements: [
    `CREATE TABLE fence_raises (
      epoch BIGINT PRIMARY KEY,
      reason TEXT NOT NULL,
      raised_at BIGINT NOT NULL
    )`,
    'ALTER TABLE instance ADD COLUMN mark BIGINT NOT NULL DEFAULT 0',
  ],
};
