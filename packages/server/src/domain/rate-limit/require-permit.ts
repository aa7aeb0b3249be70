import { Refusal } from '../refusal.ts';
import type { Limit, Permits } from './rate-limit.ts';

/** Refuses a call above a limit, and says when there may be one again: `Retry-After`. */
export class RateLimited extends Refusal {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('too_many_requests', `Too many tries. Wait ${inWords(retryAfterSeconds)} and try again.`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Takes one of each limit. Where one of them is reached, one of the caller's own limit, which
 * nobody else uses up; else throws {@link RateLimited}.
 *
 * @param findOwn is asked only when a limit is reached
 */
export async function requirePermit(
  permits: Permits,
  limits: readonly Limit[],
  findOwn?: () => Promise<Limit | undefined>,
): Promise<void> {
  let wait = await permits.take(limits);
  const own = wait > 0 ? await findOwn?.() : undefined;
  if (own) wait = await permits.take([own]);
  if (wait > 0) throw new RateLimited(Math.max(1, Math.ceil(wait / 1000)));
}

function inWords(seconds: number): string {
  return seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
