import { Refusal, refuseField } from '../refusal.ts';
import type { World } from '../world.ts';
import { countClaimedGuess, countGuess, forgiveGuess } from './count-guess.ts';
import { refuseOversizedPassword } from './password.ts';
import { refuseUnusable } from './refuse-unusable.ts';
import type { User } from './user.ts';

/**
 * Compares a password. The attempt is counted before the comparison (so that parallel
 * guesses cannot outrun the counter) and taken back after a right one. Refuses with
 * `form_password_incorrect`, `user_locked`, `user_banned` or `strategy_for_user_invalid`.
 *
 * @param field what the request calls the password, for the refusal
 */
export async function provePassword(
  world: World,
  user: User,
  password: string,
  field = 'password',
): Promise<void> {
  refuseOversizedPassword(password, field);
  const now = world.clock.now();
  refuseUnusable(user, now);
  if (user.passwordDigest === undefined) {
    await world.passwords.verifyNothing(password);
    throw new Refusal(
      'strategy_for_user_invalid',
      'This account has no password. Sign in another way.',
    );
  }
  const counted = await countGuess(world, user);
  if (!(await world.passwords.verify(password, user.passwordDigest))) {
    refuseUnusable(counted, now);
    throw wrongPassword(field);
  }
  await forgiveGuess(world, user.id);
}

/**
 * The same where no answer may tell whether there is an account. Everything else than the
 * right password of an account that is open is `form_password_incorrect`, after the same
 * statements and the work of one hash: also the right one of a locked account, so that nobody
 * can go on guessing at it.
 */
export async function proveClaimedPassword(
  world: World,
  holder: User | undefined,
  password: string,
): Promise<User> {
  refuseOversizedPassword(password);
  // Who has no password cannot be locked out by guesses at it.
  const guessed = holder?.passwordDigest === undefined ? undefined : holder;
  const counted = await countClaimedGuess(world, guessed);
  const isRight = await compare(world, password, counted?.passwordDigest);
  if (!counted || !isRight) throw wrongPassword('password');
  await forgiveGuess(world, counted.id);
  return counted;
}

async function compare(
  world: World,
  password: string,
  digest: string | undefined,
): Promise<boolean> {
  if (digest !== undefined) return world.passwords.verify(password, digest);
  await world.passwords.verifyNothing(password);
  return false;
}

function wrongPassword(field: string): Refusal {
  return refuseField(
    'form_password_incorrect',
    field,
    'The password is not right. Try again, or reset it.',
  );
}
