import type { RaisedFence } from '../domain/instance/fence.ts';
import { settleTimeline } from './fence.ts';
import type { WhenBehind } from './migrations.ts';
import type { OpenedStore } from './open-folder.ts';
import { openStore } from './open.ts';
import { checkPostgres, explained, placeOf } from './postgres-check.ts';
import { openPostgres, type PostgresEngine, type PostgresOptions } from './postgres-engine.ts';
import { openReplicas, type ReplicaOptions } from './postgres-replicas.ts';
import { countWrites } from './write-count.ts';

/** How a database is opened. */
export interface DatabaseOptions
  extends PostgresOptions, Pick<ReplicaOptions, 'mostBehind' | 'onLostReplica'> {
  /** Replicas of it, which answer lists. Default: none. */
  readonly replicaUrls?: readonly string[] | undefined;
  /** A failover of it loses no commit: another timeline does not raise the fence. Default `false`. */
  readonly isLossless?: boolean | undefined;
  /** What to do about steps of the schema that have not run yet. Default: run them. */
  readonly whenBehind?: WhenBehind | undefined;
  /** Is told when another timeline has raised the fence. */
  readonly onRaisedFence?: ((raised: RaisedFence) => void) | undefined;
}

/** Opens a PostgreSQL database, beside whoever else does. Throws `DatabaseRefused`. */
export async function openDatabase(options: DatabaseOptions): Promise<OpenedStore> {
  const { url, whenBehind, replicaUrls: urls = [], isLossless = false } = options;
  const onUnreadTimeline = () => {
    if (!isLossless) process.emitWarning(`${placeOf(url)} ${unreadTimeline}`);
  };
  const opened = await openDatabaseEngine({ onUnreadTimeline, ...options });
  const replicas = openReplicas(opened, { ...options, urls });
  try {
    const { engine, count } = countWrites({
      ...opened,
      close: async () => void (await Promise.all([replicas.close(), opened.close()])),
    });
    const store = await explained(placeOf(url), () =>
      openStore(engine, whenBehind, urls.length > 0 ? { replica: replicas } : {}),
    );
    await opened.watchTimeline(async (tx, { timeline, now }) => {
      const found = await settleTimeline(tx, { timeline, isLossless, now });
      if (found === 'no_instance') return undefined;
      return () => {
        if (found !== 'known') options.onRaisedFence?.(found);
      };
    });
    return { store, countWrites: count };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Nothing else would tell, until a spent ticket works again. */
const unreadTimeline =
  "does not let this account read its timeline: a failover or a restore that lost commits will not be noticed. GRANT EXECUTE ON FUNCTION pg_control_system, pg_current_wal_lsn, pg_walfile_name; until then run 'willcall fence raise' by hand after each.";

/** The same with its schema as it is, if it has one. */
export async function openDatabaseEngine(options: PostgresOptions): Promise<PostgresEngine> {
  const engine = openPostgres(options);
  try {
    await checkPostgres(engine, options.url);
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}
