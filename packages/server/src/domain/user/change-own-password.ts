import { Refusal, refuseField } from '../refusal.ts';
import type { World } from '../world.ts';
import { hashNewPassword } from './password.ts';
import { refuseUnusable } from './refuse-unusable.ts';
import { getUser } from './update.ts';
import type { User } from './user.ts';
import { provePassword } from './verify-password.ts';

export interface PasswordChange {
  readonly currentPassword: string | undefined;
  readonly newPassword: string;
  /** The session in which it is changed: it stays. */
  readonly keptSessionId: string;
  readonly isSigningOutOthers: boolean;
}

/**
 * Changes a person's own password. Somebody who has one must prove it first, since a page
 * left open must not be enough (ASVS 6.2.3). Refuses what `provePassword` and `hashNewPassword`
 * refuse, and the password that the account has already.
 *
 * Two hashes take their time: the transaction that writes judges again whether the password that
 * was proved is the present one, and whether session and account still stand.
 */
export async function changeOwnPassword(
  world: World,
  user: User,
  change: PasswordChange,
): Promise<User> {
  const { keptSessionId: sessionId } = change;
  if (user.passwordDigest !== undefined) await proveCurrent(world, user, change);
  const passwordDigest = await hashNewPassword(world, change.newPassword, 'new_password');
  const at = world.clock.now();
  const changed = await world.store.users.update(
    user.id,
    { passwordDigest, passwordUpdatedAt: at, updatedAt: at },
    {
      ending: change.isSigningOutOthers ? { at, exceptId: sessionId } : undefined,
      terms: { passwordDigest: user.passwordDigest, sessionId, at },
    },
  );
  return changed ?? explainOvertaken(world, user, sessionId);
}

async function proveCurrent(
  world: World,
  user: User,
  { currentPassword, newPassword }: PasswordChange,
): Promise<void> {
  if (currentPassword === undefined) {
    throw refuseField('form_param_missing', 'current_password', 'Give your current password.');
  }
  await provePassword(world, user, currentPassword, 'current_password');
  if (newPassword === currentPassword) {
    throw refuseField(
      'form_new_password_matches_current',
      'new_password',
      'This is your present password. Choose another one.',
    );
  }
}

/** Something came first that takes away what the change rested on: says what. */
async function explainOvertaken(world: World, { id }: User, sessionId: string): Promise<never> {
  const now = world.clock.now();
  refuseUnusable(await getUser(world, id), now);
  if (!(await world.store.sessions.findUsable(sessionId, now)))
    throw new Refusal('authentication_invalid', 'You are not signed in. Sign in again.');
  throw refuseField(
    'form_password_incorrect',
    'current_password',
    'The password was changed a moment ago. Give the present one.',
  );
}
