import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import type { SignIn, SignInChange } from './sign-in.ts';

/**
 * Writes a step of an attempt, if all that the step does not write itself still is as it read it:
 * what comes next was decided from that. Refuses where another step came first, with which this
 * one does not go, and where the attempt is over. The same step sent twice at once goes with itself.
 */
export async function writeStep(world: World, read: SignIn, change: SignInChange): Promise<SignIn> {
  // Guesses are counted beside every step, and no step rests on their number.
  const beside = (signIn: SignIn) => JSON.stringify({ ...signIn, ...change, attempts: 0 });
  const written = await world.store.signIns.update(read.id, (present) =>
    beside(present) === beside(read) ? change : undefined,
  );
  if (written) return written;
  throw new Refusal(
    'sign_in_step_invalid',
    'This sign-in is over, or another step of it came first. Start again.',
  );
}
