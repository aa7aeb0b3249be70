/** How long a tab waits for another one, which may be frozen. Milliseconds. */
const patience = 10_000;

/**
 * Runs `task` while no other tab of this origin runs one of the same name. Where the
 * browser has no locks (pages without TLS on a foreign host) or denies them (as it does
 * where it keeps nothing for a page), and after ten seconds of waiting, it runs all the
 * same: an extra request is better than none.
 */
export function withLock<T>(name: string, task: () => Promise<T>): Promise<T> {
  // The type promises locks; a page without TLS has none.
  const locks = navigator.locks as LockManager | undefined;
  let started: Promise<T> | undefined;
  const start = () => (started ??= task());
  const signal = AbortSignal.timeout(patience);
  return locks?.request(name, { signal }, start).catch(start) ?? start();
}
