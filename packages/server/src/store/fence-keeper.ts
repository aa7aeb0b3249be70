import path from 'node:path';
import type { Fence, RaisedFence } from '../domain/instance/fence.ts';
import type { World } from '../domain/world.ts';
import { FenceMarkError, readFenceMark, writeFenceMark } from './fence-mark.ts';

/** What a keeper works with. */
export interface FenceKeeping {
  readonly world: Pick<World, 'store' | 'instance' | 'clock'>;
  readonly dataFolder: string;
  /** The folder of the mark, apart from the data. */
  readonly fenceFolder: string;
  /** How many writes were asked of the store so far. */
  readonly countWrites: () => number;
}

/** Keeps the mark of a server up to date. */
export interface FenceKeeper {
  /** What was ended when it opened, since the data had been rolled back. */
  readonly raised: RaisedFence | undefined;
  /** Moves the mark on where something was written since the last time, and keeps it. */
  keep(): Promise<void>;
}

/** What a server writes into its log about the fence. */
interface Log {
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** How often a server that writes keeps its mark. Milliseconds. */
const keepEvery = 1000;

/**
 * Keeps the mark of a server once a second while it writes, and when it stops. Without a
 * folder nothing is kept. Answers how to stop.
 */
export async function startFenceKeeper({
  logger,
  fenceFolder,
  ...given
}: Omit<FenceKeeping, 'fenceFolder'> & {
  readonly fenceFolder?: string | undefined;
  readonly logger: Log;
}): Promise<() => Promise<void>> {
  if (fenceFolder === undefined) return async () => {};
  const keeper = await openFenceKeeper({ ...given, fenceFolder });
  if (keeper.raised) {
    logger.warn(
      keeper.raised,
      'the data is older than its mark: the fence was raised, tickets and sessions from before have ended',
    );
  }
  const keep = () =>
    keeper.keep().catch((error: unknown) => {
      logger.error({ err: error }, 'the fence mark could not be kept');
    });
  let keeping: Promise<void> | undefined;
  const timer = setInterval(() => {
    keeping ??= keep().finally(() => {
      keeping = undefined;
    });
  }, keepEvery).unref();
  return async () => {
    clearInterval(timer);
    await keeping;
    await keep();
  };
}

/**
 * Compares the data with the mark that was kept apart from it. Data that is behind was rolled
 * back: by a copy that somebody put back, a snapshot of the machine, a replaced disk. The fence
 * is raised then, before anything is served. Throws `FenceMarkError` where the mark cannot be
 * read or written: without it nobody can tell.
 */
export async function openFenceKeeper(keeping: FenceKeeping): Promise<FenceKeeper> {
  const { world, fenceFolder, countWrites } = keeping;
  const { store, instance, clock } = world;
  refuseInside(keeping);
  const above = await readFenceMark(fenceFolder, instance.id);
  const raised =
    above && isBehind(await store.fence.find(), above)
      ? await store.fence.raise({ reason: 'rolled_back', now: clock.now(), above })
      : undefined;
  let seen = countWrites();
  let unkept: Fence | undefined;

  async function moveOn(): Promise<void> {
    const advancing = store.fence.advance();
    // Its own write is counted by now; what was asked before is in its commit or an earlier one.
    seen = countWrites();
    unkept = await advancing;
  }

  async function write(): Promise<void> {
    if (!unkept) return;
    await writeFenceMark(fenceFolder, instance.id, unkept);
    unkept = undefined;
  }

  await moveOn();
  await write();
  return {
    raised,
    async keep() {
      if (countWrites() !== seen) await moveOn();
      await write();
    },
  };
}

/** The mark is kept after the commit that moves it: data may be ahead of it, never behind. */
function isBehind(data: Fence, above: Fence): boolean {
  return data.mark < above.mark || data.epoch < above.epoch;
}

/** Whoever puts the data folder back would put the mark back with it. */
function refuseInside({ dataFolder, fenceFolder }: FenceKeeping): void {
  const way = path.relative(path.resolve(dataFolder), path.resolve(fenceFolder));
  if (way.startsWith('..') || path.isAbsolute(way)) return;
  throw new FenceMarkError(
    'WILLCALL_FENCE_DIR lies in the data folder, and would be rolled back together with it. Name a folder elsewhere.',
  );
}
