import type { Caller } from '../client/identify.ts';
import { refuseSignedIn } from '../session/refuse-signed-in.ts';
import { beginSignIn, type SignInProgress } from '../sign-in/advance.ts';
import { isByTicketAlone } from '../sign-in/sign-in.ts';
import { type Continuation, refuseLate } from '../sign-in-token/continuation.ts';
import { type Presentation, refuseUnconfirmed } from '../sign-in-token/question.ts';
import { refuseUnusable } from '../user/refuse-unusable.ts';
import type { World } from '../world.ts';
import { repeatAcceptance } from './accept.ts';
import { accountMissingRefusal, refuseSpentInvitation } from './explain.ts';
import { findInvited } from './find.ts';
import type { Invitation } from './invitation.ts';
import { signInTermsOf } from './link.ts';

/**
 * Signs somebody in who was invited and has an account: the mail proves the address as a
 * sign-in token would, and the membership is written when the session opens. The order of
 * answers is that of `redeemTicket`.
 *
 * @param continuation where the person confirmed it on the hosted page
 */
export async function redeemInvitation(
  world: World,
  caller: Caller,
  invitation: Invitation,
  how: Presentation = {},
  continuation?: Continuation,
): Promise<SignInProgress> {
  const opened = await repeatAcceptance(world, caller, invitation);
  const signIn = opened && (await world.store.signIns.findBySession(opened.session.id));
  // The cookie that a browser had before may have been planted: it opens nothing that took more.
  if (signIn && isByTicketAlone(signIn)) return { signIn, opened };
  await refuseSpentInvitation(world, invitation);
  if (continuation) refuseLate(continuation, world.clock.now());
  const user = await findInvited(world, invitation);
  if (!user) throw accountMissingRefusal(invitation);
  refuseUnusable(user, world.clock.now());
  const link = signInTermsOf(invitation);
  const isConfirmed =
    continuation !== undefined ||
    (await refuseUnconfirmed(world, caller, { link, holder: user }, how));
  const isSwitch = (continuation ?? how).signedIn === 'switch';
  await refuseSignedIn(world, caller, user.id, { isSwitch });
  return beginSignIn(world, caller, user, {
    ...{ identifier: invitation.emailAddress, invitation, isConfirmed },
    replacesSessions: isSwitch,
  });
}
