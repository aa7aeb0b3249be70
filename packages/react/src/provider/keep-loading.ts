import type { Willcall } from '@willcall/browser';

/** Before the second try, and the longest pause between two. Milliseconds. */
const [firstPause, longestPause] = [2000, 60_000];

/** The connection that a provider in the page uses; `undefined` once it is gone. */
interface Use {
  readonly current: Willcall | undefined;
}

const uses = new WeakMap<Willcall, Set<Use>>();

/**
 * Loads again, after a failure, until it works: when the network is back, and now and then
 * while somebody looks at the page. The pauses grow, so that a server which is busy is asked
 * less and less. Once for each connection, as long as a provider uses it.
 */
export async function keepLoading(use: Use): Promise<void> {
  const willcall = use.current;
  if (!willcall) return;
  const known = uses.get(willcall);
  if (known) return void known.add(use);
  const all = new Set([use]);
  uses.set(willcall, all);
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    await nextChance(pause);
    const isUsed = [...all].some(({ current }) => current === willcall);
    if (willcall.loaded || !isUsed) break;
    await willcall.load().catch(() => {});
  }
  uses.delete(willcall);
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
