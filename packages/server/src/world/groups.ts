/** Awaits a piece of work, and answers together with others that are done. */
export type InGroup = <Result>(work: Promise<Result>) => Promise<Result>;

/**
 * Hands on in groups what threads bring one by one: each time that the event loop goes on it
 * costs something, and whoever gets its answer meanwhile comes again with others. A group is
 * half of what is under way, and `most` at the most, so that what is alone never waits.
 */
export function openGroups(most: number): InGroup {
  let underWay = 0;
  let done: (() => void)[] = [];

  function ended(): Promise<void> {
    return new Promise((resolve) => {
      done.push(resolve);
      if (done.length < Math.min(most, Math.ceil(underWay / 2))) return;
      const group = done;
      done = [];
      underWay -= group.length;
      for (const goOn of group) goOn();
    });
  }

  return async (work) => {
    underWay += 1;
    try {
      return await work;
    } finally {
      await ended();
    }
  };
}
