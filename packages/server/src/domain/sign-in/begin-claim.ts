import type { Caller } from '../client/identify.ts';
import { newId } from '../id.ts';
import { Refusal } from '../refusal.ts';
import { refuseSignedIn } from '../session/refuse-signed-in.ts';
import type { World } from '../world.ts';
import { beginSignIn, type SignInProgress, waitForProof } from './advance.ts';
import { readClaim } from './claim.ts';
import type { SignInInput } from './create.ts';
import { proveClaim, sendClaimed } from './prove-claim.ts';
import { claimedFactors } from './stages.ts';

/**
 * Starts a sign-in of which nobody may learn whether there is an account. An identifier that
 * nobody has leads to the same first factors, and can prove none of them.
 */
export async function beginClaim(
  world: World,
  caller: Caller,
  input: SignInInput & { identifier: string },
): Promise<SignInProgress> {
  const { identifier, password, strategy } = input;
  const user = await world.store.users.findByIdentifier(identifier);
  await refuseSignedIn(world, caller, user?.id);
  if ((await claimedFactors(world, identifier)).length === 0) {
    throw new Refusal(
      'strategy_for_user_invalid',
      'There is no way to sign in here with this. Use your e-mail address, or ask for a sign-in link.',
    );
  }
  const { signsUpIfMissing = false } = input;
  const claim = await readClaim(world, identifier, user, signsUpIfMissing);
  // What refuses comes before what is written: a wrong password leaves no attempt behind.
  const id = newId(world, 'sia');
  if (password) {
    const step = { strategy: 'password', password };
    // Who is banned or locked proves nothing by a password.
    const { user: proved, proof } = await proveClaim(world, claim, undefined, step);
    if (!proved) throw new TypeError('a password proves nobody who has no account');
    return beginSignIn(world, caller, proved, { id, identifier, firstFactor: proof });
  }
  const isSent = strategy === 'email_code' || strategy === 'enterprise_sso';
  const sent = isSent ? await sendClaimed(world, claim, { ...input, strategy }, id) : undefined;
  const beginning = { id, identifier, firstFactor: sent, signsUpIfMissing };
  return waitForProof(world, caller, user, beginning);
}
