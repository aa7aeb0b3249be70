import { refuseField } from '../refusal.ts';
import type { World } from '../world.ts';
import { updateUser } from './update.ts';
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
 * left open must not be enough (ASVS 6.2.3). Refuses what `provePassword` and `updateUser`
 * refuse, and the password that the account has already.
 */
export async function changeOwnPassword(
  world: World,
  user: User,
  change: PasswordChange,
): Promise<User> {
  if (user.passwordDigest !== undefined) {
    if (change.currentPassword === undefined) {
      throw refuseField('form_param_missing', 'current_password', 'Give your current password.');
    }
    await provePassword(world, user, change.currentPassword, 'current_password');
    if (change.newPassword === change.currentPassword) {
      throw refuseField(
        'form_new_password_matches_current',
        'new_password',
        'This is your present password. Choose another one.',
      );
    }
  }
  return updateUser(
    world,
    user.id,
    {
      password: change.newPassword,
      signOutOfOtherSessions: change.isSigningOutOthers,
      keepSessionId: change.keptSessionId,
    },
    'new_password',
  );
}
