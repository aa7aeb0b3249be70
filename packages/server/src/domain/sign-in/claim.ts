import { connectionsOf, connectionsOfAddress } from '../enterprise/connection.ts';
import { derivedId } from '../id.ts';
import { normalizeIdentifier } from '../user/email-address.ts';
import type { User } from '../user/user.ts';
import type { World } from '../world.ts';
import { isOpen } from '../sign-up/mode.ts';
import type { SignIn } from './sign-in.ts';

/**
 * Somebody says to be the holder of an identifier. Where the instance protects against
 * enumeration, nothing tells before a proof whether anybody is.
 */
export interface Claim {
  readonly identifier: string;
  /** Who could prove it: nobody for an identifier without an account, or whose person signs in at a company. */
  readonly holder: User | undefined;
  /** Whether nobody has it, and whoever proves it goes on to a sign-up. */
  readonly isForSignUp: boolean;
}

/** Whether no answer about this attempt may tell yet whether there is an account. A ticket has told it already. */
export function isClaim({ instance }: World, signIn: SignIn): boolean {
  const { status, identifier, ticketId, userId } = signIn;
  if (status !== 'needs_first_factor' || identifier === undefined) return false;
  if (ticketId !== undefined) return false;
  // What began under the protection ends so where the setting was changed meanwhile.
  return instance.settings.isEnumerationProtected || userId === undefined;
}

/** The claim of this identifier, with the same statements for a user and for none. */
export async function readClaim(
  world: World,
  identifier: string,
  user: User | undefined,
  signsUpIfMissing: boolean,
): Promise<Claim> {
  const connections = user
    ? await connectionsOf(world, user)
    : await connectionsOfAddress(world, identifier);
  const isElsewhere = connections.length > 0;
  const isForSignUp = user === undefined && !isElsewhere && signsUpIfMissing && isOpen(world);
  return { identifier, holder: isElsewhere ? undefined : user, isForSignUp };
}

/**
 * The id under which a typed address is offered: the same each time, of the form that all ids
 * of addresses have, and to be guessed by nobody. Real ones are told after a proof.
 */
export function claimedAddressId(world: World, identifier: string): string {
  return derivedId('idn', world.pepper('claimed address', normalizeIdentifier(identifier)));
}
