import type { UsableSession } from '../session/use.ts';
import { proveFactor } from '../sign-in/attempt-factor.ts';
import type { Stage } from '../sign-in/stages.ts';
import type { StepInput } from '../sign-in/strategy.ts';
import type { World } from '../world.ts';
import { notDue, requireProofStep } from './find.ts';
import type { FreshProof, FreshProofStatus } from './fresh-proof.ts';

/** Proves a factor again. The session counts it as proved now, whatever else the level asks for. */
export async function attemptFreshProof(
  world: World,
  usable: UsableSession,
  proves: Stage['proof'],
  input: StepInput,
): Promise<FreshProof> {
  const { proof, stage } = await requireProofStep(world, usable, proves, input.strategy);
  const attempt = {
    sent: stage.proof === 'firstFactor' ? proof.firstFactor : proof.secondFactor,
    countTry: (most: number) => world.store.freshProofs.countAttempt(proof.sessionId, most),
  };
  const proved = await proveFactor(world, stage, usable.user, attempt, input);
  const isFirst = stage.proof === 'firstFactor';
  const status: FreshProofStatus =
    isFirst && proof.level === 'multi_factor' ? 'needs_second_factor' : 'complete';
  const updated = await world.store.freshProofs.update(
    proof.sessionId,
    proof.status,
    { [stage.proof]: proved, status, attempts: 0 },
    { factor: isFirst ? 'first' : 'second', at: world.clock.now() },
  );
  if (!updated) throw notDue();
  return updated;
}
