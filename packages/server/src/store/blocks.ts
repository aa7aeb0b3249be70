/*
 * An index by user in which each row lies where its user's other rows are takes a page of its own
 * for each write. Here rows that are written one after the other form a block, and the index
 * begins with the block: a write goes to its end, and a user is looked for once in each block. See
 * docs/decisions/031-blocks.md.
 */

/** The key of each table that has such an index, `<table>_by_block`. */
const keys = { audit_log: 'number', sessions: 'id', sign_in_tokens: 'id' } as const;
type BlockTable = keyof typeof keys;

/** Those whose rows the database numbers. A line of the audit log has a number of its own. */
export type NumberedTable = Exclude<BlockTable, 'audit_log'>;

/** How many rows are a block. */
export const blockSize = 2048;

/** The block of the row of this number. */
export function blockOf(number: number): number {
  return Math.floor(number / blockSize);
}

/** The keys of a user's rows, as a subquery that takes the user's id. `condition` is about `own`. */
export function keysOfUser(table: BlockTable, condition = 'own.user_id = ?'): string {
  // Block 0 lies apart: rows that were there before the others were purged are not in it.
  return `(WITH RECURSIVE numbered (block) AS (
      SELECT MAX(block) FROM ${table}
      UNION ALL SELECT block - 1 FROM numbered
        WHERE block > (SELECT MIN(block) FROM ${table} WHERE block > 0)
    ), blocks (block) AS (
      SELECT 0 UNION ALL SELECT block FROM numbered WHERE block > 0
    )
    SELECT own.${keys[table]} FROM blocks CROSS JOIN ${table} AS own
    WHERE own.block = blocks.block AND ${condition})`;
}
