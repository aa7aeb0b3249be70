import { StoreUnavailable } from '../domain/store.ts';

/**
 * Lets as many in at once as there are places, the others in the order in which they came. Who
 * waits longer than the time given gets `StoreUnavailable`: there is more to do than is done.
 *
 * @param timeout milliseconds
 */
export function openTurns(
  places: number,
  timeout: number,
): <Result>(run: () => Promise<Result>) => Promise<Result> {
  const waiting = new Set<() => void>();
  let free = places;

  function wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer);
        waiting.delete(enter);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.delete(enter);
        reject(new StoreUnavailable('the database has more to do than it gets done'));
      }, timeout);
      waiting.add(enter);
    });
  }

  return async (run) => {
    if (free > 0) free -= 1;
    else await wait();
    try {
      return await run();
    } finally {
      const [next] = waiting;
      // The place goes on to who waits, so that nobody who comes now is before them.
      if (next) next();
      else free += 1;
    }
  };
}
