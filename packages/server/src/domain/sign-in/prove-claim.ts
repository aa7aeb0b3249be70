import { refuseField, Refusal } from '../refusal.ts';
import type { User } from '../user/user.ts';
import type { World } from '../world.ts';
import type { Claim } from './claim.ts';
import { draftProof } from './proof.ts';
import type { FactorVerification } from './sign-in.ts';
import { claimedFactors, firstFactor } from './stages.ts';
import type { ClaimStrategy, StepAttempt, StepInput } from './strategy.ts';

/** Sends what a factor of a claim needs, if there is somebody to send it to; answers the same in either case. */
export async function sendClaimed(
  world: World,
  claim: Claim,
  input: StepInput,
  signInId: string,
): Promise<FactorVerification> {
  const { prepare } = await requireOffered(world, claim, input.strategy);
  if (!prepare) {
    throw refuseField(
      'form_param_value_invalid',
      'strategy',
      'This strategy has nothing to prepare here.',
    );
  }
  return prepare(world, claim, input, signInId);
}

/**
 * Proves a claim, or refuses. Nobody is answered where a sign-up is to go on with it. Whether its account is banned or locked is for the caller to
 * judge, now that the person may know.
 */
export async function proveClaim(
  world: World,
  claim: Claim,
  attempt: StepAttempt | undefined,
  input: StepInput,
): Promise<{ user: User | undefined; proof: FactorVerification }> {
  const strategy = await requireOffered(world, claim, input.strategy);
  const basis = await strategy.attempt(world, attempt, claim, input);
  // Whoever was sent the code may belong to a company by now.
  if (!claim.holder && !claim.isForSignUp)
    throw new Refusal('sign_in_step_invalid', 'This step does not belong here. Start again.');
  return { user: claim.holder, proof: draftProof(world, input, basis) };
}

async function requireOffered(
  world: World,
  { identifier }: Claim,
  name: string,
): Promise<ClaimStrategy> {
  const strategy = firstFactor.strategies.find((each) => each.name === name)?.claim;
  if (!strategy)
    throw refuseField(
      'form_param_value_invalid',
      'strategy',
      'This server does not know this strategy here.',
    );
  if (!(await claimedFactors(world, identifier)).some((factor) => factor.strategy === name)) {
    throw new Refusal(
      'strategy_for_user_invalid',
      'This account cannot sign in this way. Choose another.',
    );
  }
  return strategy;
}
