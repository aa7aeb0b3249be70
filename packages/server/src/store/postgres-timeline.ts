import type { PoolClient } from 'pg';
import type { Row, Transaction } from './engine.ts';
import { troubleOf } from './postgres-errors.ts';

/**
 * Decides in a transaction what a timeline means for what is stored. Answers what is to be done
 * once that is committed; `undefined` where nothing could be decided yet.
 */
export type TimelineJob = (tx: Transaction, timeline: string) => Promise<(() => void) | undefined>;

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

/** There is no such function, it is not supported, or not allowed. */
const unknown = new Set(['42883', '0A000', '42501']);

/** Times that settling runs again, with others in its way. */
const mostTries = 20;

/** Knows which timeline is settled in this process. */
export function openTimelines({
  attempt,
}: {
  readonly attempt: <Result>(
    client: PoolClient,
    job: (tx: Transaction) => Promise<Result>,
  ) => Promise<Result>;
}) {
  let job: TimelineJob | undefined;
  let settled: string | undefined;
  let hasTimelines = true;

  async function settleOnce(client: PoolClient, decide: TimelineJob, timeline: string) {
    const afterwards = await attempt(client, (tx) => decide(tx, timeline));
    if (!afterwards) return;
    settled = timeline;
    afterwards();
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
          if (!unknown.has(String((error as { code?: unknown }).code))) throw error;
          hasTimelines = false;
        }
      }
      const { rows } = await client.query<Row>('SHOW transaction_read_only');
      return stateOf({ read_only: rows[0]?.['transaction_read_only'] ?? null, timeline: null });
    },

    /** Nothing is asked of a server before what its timeline means is committed. */
    async settle(client: PoolClient, timeline: string | undefined): Promise<void> {
      if (!job || timeline === undefined || timeline === settled) return;
      for (let tries = 1; ; tries += 1) {
        try {
          return await settleOnce(client, job, timeline);
        } catch (error) {
          if (tries === mostTries || troubleOf(error) !== 'conflict') throw error;
          await client.query('ROLLBACK');
        }
      }
    },
  };
}

function stateOf(row: Row | undefined): ServerState {
  const timeline = row?.['timeline'];
  return {
    isReadOnly: row?.['read_only'] === 'on',
    timeline: typeof timeline === 'string' ? timeline : undefined,
  };
}
