import { repeatableFor } from '../sign-in-token/repeat-issue.ts';
import type { World } from '../world.ts';

/** What is older than these times goes. Epoch milliseconds. */
export interface Deadlines {
  /** Tokens that ended before this time. */
  readonly tokens: number;
  /** Networks and devices, and refused tries. */
  readonly traces: number;
  /** Calls that can be repeated no more. */
  readonly issues: number;
  /** Codes and states of one use that ran out. */
  readonly spent: number;
}

/** How many rows of each kind went. */
export interface Purged {
  readonly tokens: number;
  readonly traces: number;
  readonly others: number;
}

export interface RetentionStore {
  /** Removes at most `most` rows of each kind in one transaction. */
  purge(deadlines: Deadlines, most: number): Promise<Purged>;
}

const day = 86_400_000;

/** Rows of each kind in one transaction: nobody else waits longer than for a few of their own. */
const batch = 500;

/**
 * Removes what its time is over, in small transactions, until nothing is left or `isStopped`
 * says so. A token goes when it ended `token_retention_days` ago: until then its ticket is
 * answered with its own code, and after that as an unknown one.
 */
export async function purge(world: World, isStopped = (): boolean => false): Promise<Purged> {
  const total = { tokens: 0, traces: 0, others: 0 };
  while (!isStopped()) {
    const gone = await world.store.retention.purge(deadlinesOf(world), batch);
    total.tokens += gone.tokens;
    total.traces += gone.traces;
    total.others += gone.others;
    if (Math.max(gone.tokens, gone.traces, gone.others) < batch) return total;
  }
  return total;
}

function deadlinesOf({ clock, instance }: World): Deadlines {
  const now = clock.now();
  const { tokenRetentionDays, traceRetentionDays } = instance.settings;
  return {
    tokens: now - tokenRetentionDays * day,
    traces: now - traceRetentionDays * day,
    issues: now - repeatableFor,
    spent: now - day,
  };
}
