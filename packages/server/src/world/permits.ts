import type { Limit, Permits, RateLimitStore, Wanted } from '../domain/rate-limit/rate-limit.ts';
import type { World } from '../domain/world.ts';

/** Processes that share the store take this part of a limit at once, and at least one permit. */
const share = 1 / 20;

/** Rows of one statement. */
const most = 32;

/** How often permits whose window is over are forgotten. Milliseconds. */
const forgetEvery = 10_000;

/** What this process may still give away of one window. */
interface Held {
  left: number;
  /** The limit is reached, here and elsewhere. */
  isFull: boolean;
  endsAt: number;
  /** How far ahead that may lie, milliseconds: its length, or how far it lay where others began it. */
  mostAhead: number;
}

/** Calls that wait for permits of one key. */
interface Waiting {
  readonly limit: Limit;
  callers: number;
  readonly answered: PromiseWithResolvers<void>;
}

/**
 * Permits that all processes on one store take from it: never more than the limit, over all of
 * them. Each takes a few at once, and holds what it has not given away until the window ends.
 * Calls that come together ask in one statement; once a limit is reached, nobody asks until its
 * window ends. A process alone takes the whole limit and asks nobody.
 *
 * Rejects with `StoreUnavailable` where the store cannot be asked.
 */
export function openPermits(
  store: RateLimitStore,
  { clock, pepper }: Pick<World, 'clock' | 'pepper'>,
): Permits {
  const held = new Map<string, Held>();
  const waiting = new Map<string, Waiting>();
  let isAsking = false;
  let forgottenAt = clock.now();

  function find(key: string): Held | undefined {
    const now = clock.now();
    if (Math.abs(now - forgottenAt) >= forgetEvery) {
      forgottenAt = now;
      for (const [each, mine] of held) if (!isOpen(mine, now)) held.delete(each);
    }
    const found = held.get(key);
    return found && isOpen(found, now) ? found : undefined;
  }

  function wait(limit: Limit): Promise<void> {
    const { key } = limit;
    const mine = waiting.get(key) ?? { limit, callers: 0, answered: Promise.withResolvers() };
    mine.callers += 1;
    waiting.set(key, mine);
    if (!isAsking) void askAll();
    return mine.answered.promise;
  }

  async function askAll(): Promise<void> {
    isAsking = true;
    // What the same turn wants goes into the same statement.
    await Promise.resolve();
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, most);
      for (const [key] of batch) waiting.delete(key);
      try {
        await ask(batch);
        for (const [, { answered }] of batch) answered.resolve();
      } catch (error) {
        for (const [, { answered }] of batch) answered.reject(error);
      }
    }
    isAsking = false;
  }

  async function ask(batch: readonly (readonly [string, Waiting])[]): Promise<void> {
    const now = clock.now();
    const asked = new Map<
      string,
      { readonly key: string; readonly wanted: Wanted; limit: Limit }
    >();
    for (const [key, { limit, callers }] of batch) {
      const chunk = store.isShared ? Math.max(1, Math.floor(limit.calls * share)) : limit.calls;
      const id = store.isShared ? pepper('rate limit', key) : key;
      const wanted = { id, calls: Math.max(chunk, callers), endsAt: now + limit.window };
      asked.set(id, { key, wanted, limit });
    }
    const tallies = await store.add(
      [...asked.values()].map(({ wanted }) => wanted),
      now,
    );
    for (const { id, calls, endsAt } of tallies) {
      const { key, wanted, limit } = asked.get(id) ?? neverAsked(id);
      const before = calls - wanted.calls;
      const given = Math.max(0, Math.min(wanted.calls, limit.calls - before));
      const isFull = calls >= limit.calls;
      const mostAhead = Math.max(limit.window, endsAt - now);
      const earlier = held.get(key);
      // The same for whoever gives one back.
      if (earlier?.endsAt === endsAt)
        Object.assign(earlier, { left: earlier.left + given, isFull, mostAhead });
      else held.set(key, { left: given, isFull, endsAt, mostAhead });
    }
  }

  async function takeOne(limit: Limit): Promise<Held> {
    for (;;) {
      const mine = find(limit.key);
      if (mine && (mine.left > 0 || mine.isFull)) {
        mine.left -= 1;
        return mine;
      }
      await wait(limit);
    }
  }

  return {
    async take(limits) {
      const taken: Held[] = [];
      let isGiven = false;
      try {
        // One after the other: whom the first refuses must not use up what the next one has for others.
        for (const limit of limits) {
          const mine = await takeOne(limit);
          taken.push(mine);
          if (mine.left < 0) return mine.endsAt - clock.now();
        }
        isGiven = true;
        return 0;
      } finally {
        if (!isGiven) for (const mine of taken) mine.left += 1;
      }
    },
  };
}

/** No limits: development, and load tests. */
export const noPermits: Permits = { take: async () => 0 };

/** A clock that was ahead and is set right leaves windows that end too late. */
function isOpen({ endsAt, mostAhead }: Held, now: number): boolean {
  return endsAt > now && endsAt - now <= mostAhead;
}

function neverAsked(id: string): never {
  throw new TypeError(`nobody asked for ${id}`);
}
