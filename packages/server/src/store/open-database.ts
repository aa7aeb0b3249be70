import type { RaisedFence } from '../domain/instance/fence.ts';
import { settleTimeline } from './fence.ts';
import type { OpenedStore } from './open-folder.ts';
import { openStore } from './open.ts';
import { checkPostgres, explained, placeOf } from './postgres-check.ts';
import { openPostgres, type PostgresOptions } from './postgres-engine.ts';
import { countWrites } from './write-count.ts';

/** How a database is opened. */
export interface DatabaseOptions extends PostgresOptions {
  /** A failover of it loses no commit: another timeline does not raise the fence. Default `false`. */
  readonly isLossless?: boolean | undefined;
  /** Is told when another timeline has raised the fence. */
  readonly onRaisedFence?: ((raised: RaisedFence) => void) | undefined;
}

/** Opens a PostgreSQL database, beside whoever else does. Throws `DatabaseRefused`. */
export async function openDatabase(options: DatabaseOptions): Promise<OpenedStore> {
  const postgres = openPostgres(options);
  try {
    await checkPostgres(postgres, options.url);
    const { engine, count } = countWrites(postgres);
    const store = await explained(placeOf(options.url), () => openStore(engine));
    await postgres.watchTimeline(async (tx, timeline) => {
      const { isLossless = false, onRaisedFence } = options;
      const found = await settleTimeline(tx, { timeline, isLossless, now: Date.now() });
      if (found === 'no_instance') return undefined;
      return () => {
        if (found !== 'known') onRaisedFence?.(found);
      };
    });
    return { store, countWrites: count };
  } catch (error) {
    await postgres.close();
    throw error;
  }
}
