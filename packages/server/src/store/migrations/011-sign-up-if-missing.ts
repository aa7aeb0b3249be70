import type { Migration } from '../migrations.ts';

/** Sign-ins that turn into a sign-up where nobody has the address. */
export const signUpIfMissing: Migration = {
  name: '011-sign-up-if-missing',
  statements: ['ALTER TABLE sign_ins ADD COLUMN signs_up_if_missing INTEGER NOT NULL DEFAULT 0'],
};
