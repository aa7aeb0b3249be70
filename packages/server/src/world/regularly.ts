/**
 * Runs a job again and again, the next one so long after the end of the last: two never run at
 * once. A job that fails is told to `onError` and comes again.
 *
 * @returns stops it: no job begins any more, and the one that runs is awaited
 */
export function regularly(
  job: (isStopped: () => boolean) => Promise<void>,
  everyMilliseconds: number,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let hasEnded = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  function schedule(): void {
    if (hasEnded) return;
    timer = setTimeout(() => {
      running = job(() => hasEnded)
        .catch(onError)
        .finally(schedule);
    }, everyMilliseconds);
    // A process that has nothing else to do may end.
    timer.unref();
  }

  schedule();
  return async () => {
    hasEnded = true;
    clearTimeout(timer);
    await running;
  };
}
