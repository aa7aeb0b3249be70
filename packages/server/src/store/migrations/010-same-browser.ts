import type { Migration } from '../migrations.ts';

/** Which browser alone may redeem a token. */
export const sameBrowser: Migration = {
  name: '010-same-browser',
  statements: ['ALTER TABLE sign_in_tokens ADD COLUMN challenge TEXT'],
};
