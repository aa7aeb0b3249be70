import type { Willcall } from '@willcall/browser';

/** Before the second try, and the longest pause between two. Milliseconds. */
const [firstPause, longestPause] = [2000, 60_000];

const kept = new WeakSet<Willcall>();

/**
 * Loads again, after a failure, until it works: when the network is back, and now and then
 * while somebody looks at the page. The pauses grow, so that a server which is busy is asked
 * less and less. Once for each connection, which a page keeps.
 */
export async function keepLoading(willcall: Willcall): Promise<void> {
  if (kept.has(willcall)) return;
  kept.add(willcall);
  for (let pause = firstPause; !willcall.loaded; pause = Math.min(pause * 2, longestPause)) {
    await nextChance(pause);
    await willcall.load().catch(() => {});
  }
}

/** Waits for the network or the end of the pause, which a hidden page does not see. */
async function nextChance(pause: number): Promise<void> {
  const over = new AbortController();
  const happens = (target: EventTarget, type: string) =>
    new Promise<unknown>((resolve) => {
      target.addEventListener(type, resolve, { signal: over.signal });
    });
  const seen = async () => {
    await new Promise((resolve) => {
      setTimeout(resolve, pause);
    });
    if (document.visibilityState === 'hidden') await happens(document, 'visibilitychange');
  };
  await Promise.race([happens(window, 'online'), seen()]);
  over.abort();
}
