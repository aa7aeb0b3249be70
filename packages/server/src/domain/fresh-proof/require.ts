import { Refusal } from '../refusal.ts';
import type { UsableSession } from '../session/use.ts';
import { hasSecondFactor } from '../user/user.ts';
import type { World } from '../world.ts';

/** How long a proof is fresh. Milliseconds. */
const freshFor = 600_000;

/**
 * Refuses what changes the ways to sign in (`session_reverification_required`) unless the
 * person proved within ten minutes who they are, by the second factor where they have one: a
 * page left open is not enough, nor is a stolen session, nor is a password beside it (ASVS
 * 7.5.1).
 */
export function requireFreshProof(world: World, { session, user }: UsableSession): void {
  const provedAt = hasSecondFactor(user) ? session.secondFactorAt : session.authenticatedAt;
  if (provedAt !== undefined && world.clock.now() - provedAt <= freshFor) return;
  throw new Refusal(
    'session_reverification_required',
    'Prove again that it is you, and repeat this within ten minutes.',
  );
}
