import type { Caller } from '../client/identify.ts';
import { equalHashes } from '../secret.ts';
import { repeatOpening } from '../session/repeat-opening.ts';
import { countGuess, forgiveGuess } from '../user/count-guess.ts';
import { hashCode } from '../verification/code.ts';
import type { World } from '../world.ts';
import type { SignInProgress } from './advance.ts';
import type { Stage } from './stages.ts';
import type { StepInput } from './strategy.ts';

/**
 * The session that this very step opened, for the browser that took it. The code must be the
 * one that proved it: the cookie that the browser had before proves nothing by itself, since
 * somebody may have planted it. Guesses at the code count as all others do.
 */
export async function repeatStep(
  world: World,
  caller: Caller,
  stage: Stage,
  id: string,
  input: StepInput,
): Promise<SignInProgress | undefined> {
  const signIn = await world.store.signIns.find(id);
  if (signIn?.status !== 'complete' || signIn.createdSessionId === undefined || !input.code)
    return undefined;
  const proof = signIn[stage.proof];
  if (proof?.codeHash === undefined || proof.strategy !== input.strategy) return undefined;
  const opened = await repeatOpening(world, caller, signIn.createdSessionId);
  const user = opened && (await world.store.users.find(opened.session.userId));
  if (!user) return undefined;
  await countGuess(world, user);
  if (!equalHashes(proof.codeHash, hashCode(world, input.code.trim()))) return undefined;
  await forgiveGuess(world, user.id);
  return { signIn, opened };
}
