import type { Caller } from '../client/identify.ts';
import { refuseField, Refusal } from '../refusal.ts';
import { refuseUnusable } from '../user/refuse-unusable.ts';
import type { User } from '../user/user.ts';
import type { World } from '../world.ts';
import { advance, type SignInProgress } from './advance.ts';
import { findClaim, requireStep } from './find.ts';
import { draftProof } from './proof.ts';
import { proveClaim } from './prove-claim.ts';
import { repeatStep } from './repeat-step.ts';
import type { FactorVerification, SignIn } from './sign-in.ts';
import { factorsOf, firstFactor, type Stage } from './stages.ts';
import type { StepAttempt, StepInput, Strategy } from './strategy.ts';
import { writeStep } from './write-step.ts';

/**
 * Proves what the attempt waits for, and goes on: to the next step, or to the session. The
 * same browser with the same code gets the same session again for 60 seconds: an answer may
 * be lost, or a form sent twice.
 */
export async function attemptFactor(
  world: World,
  caller: Caller,
  stage: Stage,
  id: string,
  input: StepInput,
): Promise<SignInProgress> {
  const repeat = await repeatStep(world, caller, stage, id, input);
  if (repeat) return repeat;
  try {
    return await takeStep(world, caller, stage, id, input);
  } catch (error) {
    const twin =
      error instanceof Refusal ? await repeatStep(world, caller, stage, id, input) : undefined;
    if (twin) return twin;
    throw error;
  }
}

async function takeStep(
  world: World,
  caller: Caller,
  stage: Stage,
  id: string,
  input: StepInput,
): Promise<SignInProgress> {
  const found = stage === firstFactor ? await findClaim(world, caller, id) : undefined;
  if (found) {
    const { signIn, claim } = found;
    const attempt = attemptOf(world, id, signIn.firstFactor);
    const { user, proof } = await proveClaim(world, claim, attempt, input);
    if (!user) return passToSignUp(world, signIn);
    refuseUnusable(user, world.clock.now());
    return advance(world, caller, user, signIn, { firstFactor: proof });
  }
  const { signIn, user } = await requireStep(world, caller, id, stage.status);
  const attempt = attemptOf(world, id, signIn[stage.proof]);
  const proof = await proveFactor(world, stage, user, attempt, input);
  return advance(world, caller, user, signIn, { [stage.proof]: proof });
}

/** The address is proved, and nobody has it: a sign-up that names `transfer` goes on from here. */
async function passToSignUp(world: World, signIn: SignIn): Promise<never> {
  const { firstFactor: sent } = signIn;
  if (!sent) throw new TypeError('nothing was sent for this proof');
  await writeStep(world, signIn, { firstFactor: { ...sent, status: 'transferable' } });
  throw new Refusal(
    'sign_up_if_missing_transfer',
    'There is no account with this address yet. Create one.',
  );
}

function attemptOf(world: World, id: string, sent: FactorVerification | undefined): StepAttempt {
  return { sent, countTry: (most) => world.store.signIns.countAttempt(id, most) };
}

/**
 * Proves a factor of the user, or refuses.
 *
 * @param attempt the attempt in which a code was sent; `undefined` when it is not yet written
 */
export async function proveFactor(
  world: World,
  stage: Stage,
  user: User,
  attempt: StepAttempt | undefined,
  input: StepInput,
): Promise<FactorVerification> {
  const strategy = await requireStrategy(world, stage, user, input.strategy);
  const basis = await strategy.attempt(world, attempt, user, input);
  return draftProof(world, input, basis);
}

/** The strategy of this name, if the user can use it at this stage and is neither banned nor locked. */
export async function requireStrategy(
  world: World,
  stage: Stage,
  user: User,
  name: string,
): Promise<Strategy> {
  const strategy = stage.strategies.find((each) => each.name === name);
  if (!strategy)
    throw refuseField(
      'form_param_value_invalid',
      'strategy',
      'This server does not know this strategy here.',
    );
  refuseUnusable(user, world.clock.now());
  if (!(await factorsOf(world, stage, user)).some((factor) => factor.strategy === name)) {
    throw new Refusal(
      'strategy_for_user_invalid',
      'This account cannot sign in this way. Choose another.',
    );
  }
  return strategy;
}
