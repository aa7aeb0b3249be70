/*
 * An index by user in which each row lies where its user's other rows are takes a page of its own
 * for each write. Here rows that are written one after the other form a block, and the index
 * begins with the block: a write goes to its end, and a user is looked for once in each block. See
 * docs/decisions/031-blocks.md.
 */

import { number } from './columns.ts';
import type { Reader } from './engine.ts';

/** The key of each table that has such an index, `<table>_by_block`. */
const keys = { audit_log: 'number', sessions: 'id', sign_in_tokens: 'id' } as const;
type BlockTable = keyof typeof keys;

/** Those whose rows the database numbers. A line of the audit log has a number of its own. */
export type NumberedTable = Exclude<BlockTable, 'audit_log'>;

/** How many rows are a block. */
export const blockSize = 1024;

/** The block of the row that has this place in its table, from 0 or 1 on. */
export function blockOf(place: number): number {
  return Math.floor(place / blockSize);
}

/**
 * Whether a row is of the user that was asked for. The index of SQLite has the end of the id alone,
 * as it is written here: what is short lies in few pages.
 */
const isOfUser = `substr(own.user_id, 26) = substr(asked.user_id, 26) AND own.user_id = asked.user_id`;

/** Rows of the user in the blocks that are listed before it. */
function keysIn(table: BlockTable, condition: string | undefined): string {
  return `SELECT own.${keys[table]}
    FROM (SELECT CAST(? AS TEXT) AS user_id) AS asked CROSS JOIN blocks CROSS JOIN ${table} AS own
    WHERE own.block = blocks.block AND ${isOfUser}${condition === undefined ? '' : ` AND ${condition}`}`;
}

/**
 * The keys of a user's rows, as a subquery that takes the user's id, and then what `condition`
 * takes, which is about `own`.
 */
export function keysOfUser(table: BlockTable, condition?: string): string {
  // Block 0 lies apart: rows that were there before the others were purged are not in it.
  return `(WITH RECURSIVE numbered (block) AS (
      SELECT MAX(block) FROM ${table}
      UNION ALL SELECT block - 1 FROM numbered
        WHERE block > (SELECT MIN(block) FROM ${table} WHERE block > 0)
    ), blocks (block) AS (
      SELECT 0 UNION ALL SELECT block FROM numbered WHERE block > 0
    )
    ${keysIn(table, condition)})`;
}

/** The same for a block and all later ones. Takes the block first. */
export function recentKeysOfUser(table: BlockTable, condition: string): string {
  return `(WITH RECURSIVE blocks (block) AS (
      SELECT MAX(block) FROM ${table} UNION ALL SELECT block - 1 FROM blocks WHERE block > ?
    )
    ${keysIn(table, condition)})`;
}

/**
 * The block before the one that was written last: what is written from now on is in it, or in a
 * later one. SQLite gives a number anew whose row was the last one, and is gone.
 */
export async function newestBlock(reader: Reader, table: NumberedTable): Promise<number> {
  const row = await reader.get(`SELECT COALESCE(MAX(block), 0) AS block FROM ${table}`);
  return Math.max(0, (row ? number(row, 'block') : 0) - 1);
}
