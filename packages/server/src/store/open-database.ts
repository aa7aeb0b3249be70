import type { OpenedStore } from './open-folder.ts';
import { openStore } from './open.ts';
import { checkPostgres, explained, placeOf } from './postgres-check.ts';
import { openPostgres, type PostgresOptions } from './postgres-engine.ts';
import { countWrites } from './write-count.ts';

/** Opens a PostgreSQL database, beside whoever else does. Throws `DatabaseRefused`. */
export async function openDatabase(options: PostgresOptions): Promise<OpenedStore> {
  const postgres = openPostgres(options);
  try {
    await checkPostgres(postgres, options.url);
    const { engine, count } = countWrites(postgres);
    const store = await explained(placeOf(options.url), () => openStore(engine));
    return { store, countWrites: count };
  } catch (error) {
    await postgres.close();
    throw error;
  }
}
