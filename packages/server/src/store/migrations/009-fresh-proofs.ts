import type { Migration } from '../migrations.ts';

/** What people prove again before they change how they sign in; one at most in a session. */
export const freshProofs: Migration = {
  name: '009-fresh-proofs',
  statements: [
    `CREATE TABLE fresh_proofs (
      session_id TEXT PRIMARY KEY,
      user_id TEXT NOT NULL,
      level TEXT NOT NULL,
      status TEXT NOT NULL,
      first_factor TEXT,
      second_factor TEXT,
      attempts INTEGER NOT NULL
    )`,
    'CREATE INDEX fresh_proofs_by_user ON fresh_proofs (user_id)',
  ],
};
