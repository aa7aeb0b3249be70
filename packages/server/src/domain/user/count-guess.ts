import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { refuseUnusable } from './refuse-unusable.ts';
import { getUser } from './update.ts';
import { nobodyId, type User } from './user.ts';

/**
 * Counts a guess at a secret of this account, before the secret is compared: guesses that
 * come at once cannot outrun the counter. Refuses with `user_banned` or `user_locked`.
 *
 * The count is the account's, over all sign-ins and all its secrets. A right guess takes back
 * its own count alone ({@link forgiveGuess}), or else whoever knows the password could guess at
 * the second factor for ever; the whole count ends when a session opens.
 */
export async function countGuess(world: World, user: User): Promise<User> {
  const now = world.clock.now();
  refuseUnusable(user, now);
  const counted = await count(world, user.id);
  if (counted) return counted;
  refuseUnusable(await getUser(world, user.id), now);
  // Locked a moment ago and opened since. What was not counted is not compared.
  throw new Refusal('user_locked', 'This account was locked a moment ago. Try again.');
}

/**
 * Counts a guess at a secret where no answer may tell whether there is an account. `undefined`
 * for nobody and for an account that is banned or locked: nothing is to be compared then.
 */
export function countClaimedGuess(
  world: World,
  holder: User | undefined,
): Promise<User | undefined> {
  return count(world, holder?.id ?? nobodyId);
}

function count(world: World, userId: string): Promise<User | undefined> {
  const now = world.clock.now();
  const { lockoutAttempts, lockoutSeconds } = world.instance.settings;
  return world.store.users.countAttempt(userId, {
    attempts: lockoutAttempts,
    lockUntil: now + lockoutSeconds * 1000,
    at: now,
  });
}

/** Takes back the count of a right guess. */
export function forgiveGuess(world: World, userId: string): Promise<void> {
  return world.store.users.takeBackAttempt(userId, world.instance.settings.lockoutAttempts);
}
