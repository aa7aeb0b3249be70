import { refuseActor, type UsableSession } from '../session/use.ts';
import { hasSecondFactor } from '../user/user.ts';
import type { World } from '../world.ts';
import type { FreshProof, ProofLevel } from './fresh-proof.ts';

/**
 * Begins a fresh proof in a session, in place of the one before. Without a second factor the
 * first is asked for, whatever the level. Nobody proves to be the person they act as.
 */
export async function beginFreshProof(
  world: World,
  { session, user }: UsableSession,
  asked: ProofLevel,
): Promise<FreshProof> {
  refuseActor(session);
  const level = hasSecondFactor(user) ? asked : 'first_factor';
  const proof: FreshProof = {
    sessionId: session.id,
    userId: user.id,
    level,
    status: level === 'second_factor' ? 'needs_second_factor' : 'needs_first_factor',
    firstFactor: undefined,
    secondFactor: undefined,
    attempts: 0,
  };
  await world.store.freshProofs.begin(proof);
  return proof;
}
