import { idsFrom } from '../domain/id.ts';
import {
  type Deadlines,
  inParts,
  type RetentionStore,
  type RowKind,
} from '../domain/retention/purge.ts';
import { number } from './columns.ts';
import type { Engine, SqlValue, Transaction } from './engine.ts';
import { rangesOf } from './ranges.ts';

/** Rows of one table whose time is over. */
interface Source {
  readonly table: string;
  readonly key: string;
  /** No index finds them: the table is walked through by its key, so many rows at a time. */
  readonly isWalked?: true;
  readonly condition: string;
  readonly values: (deadlines: Deadlines) => readonly SqlValue[];
  /** What stays of the row, as the SET list of an UPDATE; without it the row goes. */
  readonly emptied?: string;
  /** What goes with the row, by the column that holds its key; both are found in one order. */
  readonly with?: { readonly table: string; readonly column: string; readonly order: string };
}

/** Removes rows whose time is over. */
export function retentionStore(engine: Engine): RetentionStore {
  return {
    async *remove(kind, deadlines, most) {
      for (const source of sources[kind]) {
        const steps = source.isWalked ? walk : drain;
        yield* steps(engine, source, deadlines, most);
      }
    },
    async count(kind, deadlines) {
      let total = 0;
      for (const { table, condition, values } of sources[kind]) {
        const sql = `SELECT count(*) AS total FROM ${table} WHERE ${condition}`;
        const row = await engine.get(sql, ...values(deadlines));
        total += row ? number(row, 'total') : 0;
      }
      return total;
    },
  };
}

/** Nobody writes down that a ticket expired. */
const isEnded =
  "((status <> 'pending' AND updated_at <= ?) OR (status = 'pending' AND expires_at <= ?))";

/** An attempt lives a day, and its id tells when it began: no index is needed to find the old ones. */
const attemptLife = 86_400_000;

/** What each kind is. A row that somebody may still use fits none of these conditions. */
const sources: Readonly<Record<RowKind, readonly Source[]>> = {
  sign_in_tokens: [
    {
      table: 'sign_in_tokens',
      key: 'id',
      condition: isEnded,
      values: ({ ended }) => [ended, ended],
    },
  ],
  invitations: [
    { table: 'invitations', key: 'id', condition: isEnded, values: ({ ended }) => [ended, ended] },
  ],
  sessions: [
    {
      table: 'sessions',
      key: 'id',
      condition: 'expire_at <= ?',
      values: ({ ended }) => [ended],
      with: { table: 'fresh_proofs', column: 'session_id', order: 'expire_at, id' },
    },
  ],
  clients: [
    {
      table: 'clients',
      key: 'id',
      isWalked: true,
      // By which sessions will stay, so that it is the same before the others are gone.
      condition: `id < ? AND updated_at <= ? AND NOT EXISTS
        (SELECT s.id FROM sessions s WHERE s.client_id = clients.id AND s.expire_at > ?)`,
      values: ({ clients, ended }) => [idsFrom('client', clients), clients, ended],
      with: { table: 'client_gestures', column: 'client_id', order: 'id' },
    },
  ],
  sign_ins: [
    {
      table: 'sign_ins',
      key: 'id',
      condition: 'id < ? AND abandon_at <= ?',
      values: ({ spent }) => [idsFrom('sia', spent - attemptLife), spent],
    },
  ],
  sign_ups: [
    {
      table: 'sign_ups',
      key: 'id',
      condition: 'id < ? AND abandon_at <= ?',
      values: ({ spent }) => [idsFrom('sua', spent - attemptLife), spent],
    },
  ],
  refused_redemptions: [
    {
      table: 'refused_redemptions',
      key: 'ticket_id, slot',
      condition: 'refused_at <= ?',
      values: ({ traces }) => [traces],
    },
  ],
  traces: [
    {
      table: 'sign_in_tokens',
      key: 'id',
      condition:
        'redeemed_at <= ? AND (redeemed_address IS NOT NULL OR redeemed_device IS NOT NULL)',
      values: ({ traces }) => [traces],
      emptied: 'redeemed_address = NULL, redeemed_device = NULL',
    },
  ],
  idempotency_keys: [
    {
      table: 'idempotent_issues',
      key: 'secret_key_id, key_hash',
      condition: 'created_at <= ?',
      values: ({ issues }) => [issues],
    },
  ],
  rate_limits: [
    {
      table: 'rate_limits',
      key: 'id',
      condition: 'ends_at <= ?',
      values: ({ windows }) => [windows],
    },
  ],
  one_use_codes: [
    ['handshakes', 'nonce_hash'] as const,
    ['handovers', 'code_hash'] as const,
    ['enterprise_visits', 'state_hash'] as const,
    ['continuations', 'id'] as const,
  ].map(([table, key]) => ({
    table,
    key,
    isWalked: true,
    condition: 'expires_at <= ?',
    values: ({ spent }) => [spent],
  })),
};

/** Removes what an index finds, until nothing is left. */
function drain(engine: Engine, source: Source, deadlines: Deadlines, most: number) {
  const values = source.values(deadlines);
  return inParts(most, () => engine.write((tx) => remove(tx, source, values, most)));
}

/** Removes what is found among the next rows, and goes on behind them. */
async function* walk(engine: Engine, source: Source, deadlines: Deadlines, most: number) {
  const { table, key: column } = source;
  for await (const range of rangesOf(engine, { table, column, before: '' }, most)) {
    const next = { ...source, condition: `${range.sql} AND ${source.condition}` };
    const values = [...range.values, ...source.values(deadlines)];
    yield await engine.write((tx) => remove(tx, next, values, most));
  }
}

async function remove(
  tx: Transaction,
  { table, key, condition, emptied, with: beside }: Source,
  values: readonly SqlValue[],
  most: number,
): Promise<number> {
  const order = beside ? `ORDER BY ${beside.order}` : '';
  const found = `SELECT ${key} FROM ${table} WHERE ${condition} ${order} LIMIT ?`;
  const given = [...values, most];
  if (beside) {
    const { table: other, column } = beside;
    await tx.run(`DELETE FROM ${other} WHERE ${column} IN (${found})`, ...given);
  }
  const change = emptied ? `UPDATE ${table} SET ${emptied}` : `DELETE FROM ${table}`;
  return tx.run(`${change} WHERE (${key}) IN (${found})`, ...given);
}
