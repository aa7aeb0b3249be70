import type { Migration } from '../migrations.ts';

/** Lines that waited go to the chain as they are, and the last of them binds them all. */
export const sealedTogether: Migration = {
  name: '020-sealed-together',
  statements: ['ALTER TABLE audit_log ADD COLUMN drawn_at BIGINT'],
};
