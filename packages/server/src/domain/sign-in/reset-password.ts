import type { Caller } from '../client/identify.ts';
import { hashNewPassword } from '../user/password.ts';
import { refuseUnusable } from '../user/refuse-unusable.ts';
import type { World } from '../world.ts';
import { advance, type SignInProgress } from './advance.ts';
import { requireStep } from './find.ts';

/**
 * Takes the new password of a proved reset. It becomes the account's in the transaction
 * that opens the session: whoever reads the mailbox and has no second factor changes nothing.
 */
export async function resetPassword(
  world: World,
  caller: Caller,
  id: string,
  input: { password: string; signOutOfOtherSessions: boolean },
): Promise<SignInProgress> {
  const { signIn, user } = await requireStep(world, caller, id, 'needs_new_password');
  refuseUnusable(user, world.clock.now());
  const newPasswordDigest = await hashNewPassword(world, input.password);
  return advance(world, caller, user, signIn, {
    newPasswordDigest,
    signsOutOthers: input.signOutOfOtherSessions,
  });
}
