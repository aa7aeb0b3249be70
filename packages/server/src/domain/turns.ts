/** How long one call is worked for before others have their turn. Milliseconds. */
const atOnce = 2;

/** A place to give way at, in work that may be long. */
export type GiveWay = () => Promise<void> | undefined;

/** Lets others have their turn whenever this work has had its own for a while. */
export function inTurns(): GiveWay {
  let until = performance.now() + atOnce;
  return () => {
    if (performance.now() < until) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        until = performance.now() + atOnce;
        resolve();
      });
    });
  };
}

/** Maps a list of which the items may be large, one after the other. */
export async function mapInTurns<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result | Promise<Result>,
): Promise<Result[]> {
  const giveWay = inTurns();
  const results: Result[] = [];
  for (const item of items) {
    results.push(await map(item));
    await giveWay();
  }
  return results;
}
