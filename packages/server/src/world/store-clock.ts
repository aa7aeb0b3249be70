import type { Clock } from '../domain/world.ts';

/** How often the store is asked at most, while somebody asks for the time. Milliseconds. */
const askEvery = 1000;

/** What differs by less is the road to the store, and time does not jump for it. Milliseconds. */
const tolerance = 100;

/** An answer that took longer says too little: half of it is the error. Milliseconds. */
const longest = 1000;

/**
 * The clock of a store that many processes share, so that they judge alike whatever their own
 * clocks say: the machine's, corrected by how far the store's is from it. It is asked now, and
 * then once in a second; a machine whose clock is set meanwhile is wrong for as long.
 *
 * @param ask the store's time, epoch milliseconds
 */
export async function openStoreClock(ask: () => Promise<number>): Promise<Clock> {
  let ahead = 0;
  let askedAt = -Infinity;

  async function correct(patience: number): Promise<void> {
    askedAt = performance.now();
    const theirs = await ask();
    const took = performance.now() - askedAt;
    const measured = Math.round(theirs + took / 2 - Date.now());
    if (took <= patience && Math.abs(measured - ahead) > tolerance) ahead = measured;
  }

  await correct(Infinity);
  return {
    now() {
      // A store that does not answer refuses the call itself loudly enough.
      if (performance.now() - askedAt >= askEvery) correct(longest).catch(() => {});
      return Date.now() + ahead;
    },
  };
}
