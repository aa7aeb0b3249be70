import type { Caller } from '../client/identify.ts';
import { refuseField } from '../refusal.ts';
import type { User } from '../user/user.ts';
import type { World } from '../world.ts';
import { requireStrategy } from './attempt-factor.ts';
import { findClaim, requireStep } from './find.ts';
import { sendClaimed } from './prove-claim.ts';
import type { FactorVerification, SignIn } from './sign-in.ts';
import { firstFactor, type Stage } from './stages.ts';
import type { StepInput } from './strategy.ts';
import { writeStep } from './write-step.ts';

/** Sends what a factor needs: the code by mail. A new code voids the one before. */
export async function prepareFactor(
  world: World,
  caller: Caller,
  stage: Stage,
  id: string,
  input: StepInput,
): Promise<SignIn> {
  const found = stage === firstFactor ? await findClaim(world, caller, id) : undefined;
  if (found) {
    const sent = await sendClaimed(world, found.claim, input, id);
    return writeStep(world, found.signIn, { [stage.proof]: sent, attempts: 0 });
  }
  const { signIn, user } = await requireStep(world, caller, id, stage.status);
  const sent = await sendFactor(world, stage, user, input, id);
  return writeStep(world, signIn, { [stage.proof]: sent, attempts: 0 });
}

/** The same for an attempt that is not yet written. Nothing is sent to an account that cannot sign in. */
export async function sendFactor(
  world: World,
  stage: Stage,
  user: User,
  input: StepInput,
  signInId?: string,
): Promise<FactorVerification> {
  const strategy = await requireStrategy(world, stage, user, input.strategy);
  if (!strategy.prepare) {
    throw refuseField(
      'form_param_value_invalid',
      'strategy',
      'This strategy has nothing to prepare here.',
    );
  }
  return strategy.prepare(world, user, input, signInId);
}
