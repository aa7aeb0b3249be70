import { Refusal } from '../refusal.ts';
import { refuseActor, type UsableSession } from '../session/use.ts';
import type { Stage } from '../sign-in/stages.ts';
import type { World } from '../world.ts';
import { factorsToProve, type FreshProof, stageToProve } from './fresh-proof.ts';

/** The fresh proof of a session that waits at this stage, for a strategy that is offered there. */
export async function requireProofStep(
  world: World,
  { session, user }: UsableSession,
  proves: Stage['proof'],
  strategy: string,
): Promise<{ proof: FreshProof; stage: Stage }> {
  refuseActor(session);
  const proof = await world.store.freshProofs.find(session.id);
  const stage = proof && stageToProve(proof);
  if (!proof || stage?.proof !== proves) throw notDue();
  const offered = await factorsToProve(world, stage, user);
  if (offered.some((factor) => factor.strategy === strategy)) return { proof, stage };
  throw new Refusal(
    'strategy_for_user_invalid',
    'This account cannot prove it this way. Choose another, or sign out and in again.',
  );
}

/** The refusal of a step that nothing waits for. */
export function notDue(): Refusal {
  return new Refusal('sign_in_step_invalid', 'This step does not belong here. Start again.');
}
