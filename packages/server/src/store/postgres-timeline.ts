import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { StoreUnavailable } from '../domain/store.ts';
import type { Row, Transaction } from './engine.ts';
import { troubleOf } from './postgres-errors.ts';

/**
 * Decides in a transaction what a timeline means for what is stored, at a time by the clock of the
 * database. Answers what is to be done once that is committed; `undefined` where nothing could be
 * decided yet.
 */
export type TimelineJob = (
  tx: Transaction,
  found: { readonly timeline: string; readonly now: number },
) => Promise<(() => void) | undefined>;

/** What the clock of the database says, epoch milliseconds. */
export const clockSql = 'SELECT floor(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS now';

/** What a server says of itself. */
interface ServerState {
  readonly isReadOnly: boolean;
  /** The cluster and its timeline; `undefined` where the engine has none (CockroachDB, YugabyteDB). */
  readonly timeline: string | undefined;
}

/**
 * A promoted replica and a restored backup go on in a timeline with another number, and a dump
 * that was read in lies in another cluster: postgresql.org/docs/current/continuous-archiving.html,
 * "Timelines". The name of the log file that is written has the number at its beginning; the
 * checkpoint that `pg_control_checkpoint` tells of may be older than a promotion.
 */
const stateSql = `SELECT current_setting('transaction_read_only') AS read_only,
  CASE WHEN pg_is_in_recovery() THEN NULL
    ELSE concat((SELECT system_identifier FROM pg_control_system()), '/',
                substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)) END AS timeline`;

/** It is not allowed: there may be timelines, and nobody tells of them. */
const forbidden = '42501';

/** There is no such function, it is not supported, or not allowed. */
const unknown = new Set(['42883', '0A000', forbidden]);

/** Times that settling runs again, with others in its way. */
const mostTries = 20;

/** How long a new connection waits for another one that settles. Milliseconds. */
const longestWait = 5000;

/** Knows which timeline is settled in this process. */
export function openTimelines({
  attempt,
  onUnread,
}: {
  readonly attempt: <Result>(
    client: PoolClient,
    job: (tx: Transaction) => Promise<Result>,
  ) => Promise<Result>;
  readonly onUnread: () => void;
}) {
  let job: TimelineJob | undefined;
  let settled: string | undefined;
  let settling: Promise<void> | undefined;
  let hasTimelines = true;

  async function settleOnce(client: PoolClient, decide: TimelineJob, timeline: string) {
    const afterwards = await attempt(client, async (tx) => {
      const now = Number((await tx.get(clockSql))?.['now']);
      return decide(tx, { timeline, now });
    });
    if (!afterwards) return;
    settled = timeline;
    afterwards();
  }

  async function persist(client: PoolClient, decide: TimelineJob, timeline: string): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await settleOnce(client, decide, timeline);
      } catch (error) {
        if (tries === mostTries || troubleOf(error) !== 'conflict') throw error;
        await client.query('ROLLBACK');
      }
    }
  }

  return {
    watch(given: TimelineJob): void {
      job = given;
    },

    async ask(client: PoolClient): Promise<ServerState> {
      if (hasTimelines) {
        try {
          return stateOf((await client.query<Row>(stateSql)).rows[0]);
        } catch (error) {
          const code = String((error as { code?: unknown }).code);
          if (!unknown.has(code)) throw error;
          if (hasTimelines && code === forbidden) onUnread();
          hasTimelines = false;
        }
      }
      const { rows } = await client.query<Row>('SHOW transaction_read_only');
      return stateOf({ read_only: rows[0]?.['transaction_read_only'] ?? null, timeline: null });
    },

    /**
     * Nothing is asked of a server before what its timeline means is committed. That may take long;
     * one connection sees to it, and who waits at the others is told before.
     */
    async settle(client: PoolClient, timeline: string | undefined): Promise<void> {
      if (!job || timeline === undefined) return;
      while (settling) await waitFor(settling);
      if (timeline === settled) return;
      settling = persist(client, job, timeline).finally(() => {
        settling = undefined;
      });
      await settling;
    },
  };
}

async function waitFor(settling: Promise<void>): Promise<void> {
  const isLate = Symbol('late');
  const late = pause(longestWait, isLate, { ref: false });
  if ((await Promise.race([settling, late])) === isLate)
    throw new StoreUnavailable('the fence is being raised');
}

function stateOf(row: Row | undefined): ServerState {
  const timeline = row?.['timeline'];
  return {
    isReadOnly: row?.['read_only'] === 'on',
    timeline: typeof timeline === 'string' ? timeline : undefined,
  };
}
