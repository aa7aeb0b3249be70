import type { InstanceType } from '../domain/instance/instance.ts';
import type { Permits } from '../domain/rate-limit/rate-limit.ts';
import { requirePermit } from '../domain/rate-limit/require-permit.ts';
import { limitedNetwork } from './truncate-address.ts';

/** Milliseconds. */
const [tenSeconds, minute, hour] = [10_000, 60_000, 3_600_000];

/**
 * How often each call may be made; the figures are those of the wire's documentation, where it
 * has one. Of what people do, `each` counts the calls of one address about one person: whoever
 * knows somebody's identifier uses up no tries but those of the own address. `all` counts the
 * calls of one address about whomever: many people may stand behind it, one who tries names too.
 */
const limits = {
  create_sign_in: { each: 5, all: 50, window: tenSeconds },
  // A ticket cannot be guessed, and a class that opens its links has one address.
  redeem_ticket: { all: 50, window: tenSeconds },
  create_sign_up: { each: 5, all: 50, window: tenSeconds },
  create_organization: { each: 5, all: 50, window: tenSeconds },
  prepare_factor: { each: 3, all: 30, window: tenSeconds },
  attempt_factor: { each: 3, all: 30, window: tenSeconds },
  attempt_verification: { each: 3, all: 30, window: tenSeconds },
  // A company has one address, and all of its browsers come at once when an outage is over.
  create_client: { all: 1000, window: minute },
  create_handshake: { all: 1000, window: minute },
  backend_api: { all: { production: 1000, development: 100 }, window: tenSeconds },
  update_user: { each: 10, window: tenSeconds },
  create_invitation: { all: 100, window: hour },
  create_invitations: { all: 25, window: hour },
  create_organization_invitation: { all: 250, window: hour },
  create_organization_invitations: { all: 50, window: hour },
} as const satisfies Readonly<Record<string, LimitOfCall>>;

interface LimitOfCall {
  readonly each?: number;
  readonly all?: number | Readonly<Record<InstanceType, number>>;
  readonly window: number;
}

export type LimitName = keyof typeof limits;

/** Who makes a call, and about whom. */
export interface LimitedCall {
  /** Where a person calls from; left out for the customer's server. */
  readonly address?: string;
  /** An identifier, an account, or what stands for one. */
  readonly person?: string | undefined;
  /**
   * The browser, where that person has used it before: it has tries of its own, which nobody
   * else behind the same address uses up. Asked only when there are no others.
   */
  readonly knownBrowser?: () => Promise<string | undefined>;
}

export interface RateLimits {
  /** Counts a call; throws `RateLimited` above the limit. */
  count(name: LimitName, call?: LimitedCall): Promise<void>;
}

/** Limits of an instance. */
export function openRateLimits(permits: Permits, type: InstanceType): RateLimits {
  return {
    async count(name, { address, person = '', knownBrowser } = {}) {
      const { each, all, window }: LimitOfCall = limits[name];
      const place = address === undefined ? name : `${name} ${limitedNetwork(address)}`;
      const most = typeof all === 'object' ? all[type] : all;
      const wanted = [
        ...(each ? [{ key: `${place} of ${person}`, calls: each, window }] : []),
        ...(most ? [{ key: place, calls: most, window }] : []),
      ];
      await requirePermit(permits, wanted, async () => {
        const browser = each ? await knownBrowser?.() : undefined;
        if (browser === undefined || !each) return undefined;
        return { key: `${name} of ${person} by ${browser}`, calls: each, window };
      });
    },
  };
}
