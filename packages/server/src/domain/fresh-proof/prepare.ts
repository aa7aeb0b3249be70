import type { UsableSession } from '../session/use.ts';
import { sendFactor } from '../sign-in/prepare-factor.ts';
import type { Stage } from '../sign-in/stages.ts';
import type { StepInput } from '../sign-in/strategy.ts';
import type { World } from '../world.ts';
import { notDue, requireProofStep } from './find.ts';
import type { FreshProof } from './fresh-proof.ts';

/** Sends the code for a fresh proof. A new code voids the one before. */
export async function prepareFreshProof(
  world: World,
  usable: UsableSession,
  proves: Stage['proof'],
  input: StepInput,
): Promise<FreshProof> {
  const { proof, stage } = await requireProofStep(world, usable, proves, input.strategy);
  const sent = await sendFactor(world, stage, usable.user, input);
  const updated = await world.store.freshProofs.update(proof.sessionId, proof.status, {
    [stage.proof]: sent,
    attempts: 0,
  });
  if (!updated) throw notDue();
  return updated;
}
