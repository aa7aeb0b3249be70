import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimited } from './errors.ts';

/** Calls per ten seconds. The figures are those of the wire's documentation, where it has one. */
const limits = {
  create_sign_in: 5,
  create_sign_up: 5,
  create_organization: 5,
  prepare_factor: 3,
  attempt_factor: 3,
  attempt_verification: 3,
  backend_api: 1000,
} as const;

export type LimitName = keyof typeof limits;

export interface RateLimits {
  /** Counts a call of this address or key; throws `RateLimited` above the limit. */
  count(name: LimitName, key: string): Promise<void>;
}

const windowSeconds = 10;

/** Limits that this process counts; `noRateLimits` where they are off. */
export function memoryRateLimits(): RateLimits {
  const limiters = new Map(
    Object.entries(limits).map(([name, points]) => [
      name,
      new RateLimiterMemory({ keyPrefix: name, points, duration: windowSeconds }),
    ]),
  );
  return {
    async count(name, key) {
      try {
        await limiters.get(name)?.consume(key);
      } catch (rejection) {
        if (!(rejection instanceof RateLimiterRes)) throw rejection;
        throw new RateLimited(Math.max(1, Math.ceil(rejection.msBeforeNext / 1000)));
      }
    },
  };
}

/** No limits: development, and load tests. */
export const noRateLimits: RateLimits = { count: async () => {} };
