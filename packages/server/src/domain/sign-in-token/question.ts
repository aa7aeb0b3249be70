import type { TicketQuestionJSON } from '@willcall/contract';
import type { Caller } from '../client/identify.ts';
import { Refusal } from '../refusal.ts';
import { maskEmailAddress } from '../user/email-address.ts';
import { primaryEmailAddress, type User } from '../user/user.ts';
import type { World } from '../world.ts';
import { confirmationOf } from './confirmation.ts';
import type { SignInToken } from './sign-in-token.ts';

/** How a ticket is presented. */
export interface Presentation {
  /** The page can ask the person, and is seen (`visible`) or not: behind another, or drawn ahead. */
  readonly asks?: 'visible' | 'hidden' | undefined;
  /** The proof that the person pressed on a page which had asked us. */
  readonly proof?: string | undefined;
  /** What shows that the ticket is in the browser that asked for it. */
  readonly codeVerifier?: string | undefined;
  /** The hosted page asked, with a form of its own. */
  readonly isConfirmed?: boolean | undefined;
  /** What shall become of whoever is signed in here. */
  readonly signedIn?: 'switch' | 'add' | undefined;
}

/** How long a person may look at the question. Milliseconds. */
const proofLifetime = 600_000;

const purpose = 'ticket confirmation';

/**
 * Refuses a ticket that must be confirmed first, and tells the page what to ask: always
 * where the token says so; on a page that can ask, also whoever is not known here by an
 * earlier gesture (`auto`), and whoever finds somebody else signed in. Answers whether the
 * person has confirmed it.
 */
export async function refuseUnconfirmed(
  world: World,
  caller: Caller,
  { token, user }: { readonly token: SignInToken; readonly user: User },
  how: Presentation,
): Promise<boolean> {
  const other = await findOther(world, caller, token, user);
  const isConfirmed = how.isConfirmed === true || isProved(world, token, how.proof);
  const isOtherLeftOut = other !== undefined && how.signedIn === undefined;
  if (isConfirmed && !isOtherLeftOut) return true;
  const isKnown = how.asks === 'visible' && (await mayGoOnAtOnce(world, caller, token, user));
  const canBeAsked = how.asks !== undefined || isConfirmed;
  const confirmation = confirmationOf(world, token);
  const isAsked =
    confirmation === 'always' ||
    (canBeAsked && (isOtherLeftOut || (confirmation === 'auto' && !isKnown)));
  if (!isAsked) return false;
  throw new Refusal(
    'ticket_confirmation_required',
    'Confirm on the page of your link that you want to sign in.',
    { confirmation: presentQuestion(world, token, user, other) },
  );
}

/** Whether `auto` asks nothing on a page that is seen: this client has signed the same user in after a gesture. */
export async function mayGoOnAtOnce(
  world: World,
  { client }: Caller,
  token: SignInToken,
  user: User,
): Promise<boolean> {
  if (client === undefined || token.actor !== undefined) return false;
  return world.store.gestures.has(client.id, user.id);
}

/** What a page asks before it sends the ticket again. */
export async function writeQuestion(
  world: World,
  caller: Caller,
  token: SignInToken,
  user: User,
): Promise<TicketQuestionJSON> {
  return presentQuestion(world, token, user, await findOther(world, caller, token, user));
}

/** Whoever else is signed in here and would be asked about. */
async function findOther(
  world: World,
  caller: Caller,
  token: SignInToken,
  user: User,
): Promise<User | undefined> {
  const live = caller.client
    ? await world.store.sessions.listLive(caller.client.id, world.clock.now())
    : [];
  // An impersonation goes beside whoever is there, and nothing takes the place of one.
  const isFree = live.every(({ session }) => !session.actor && session.userId !== user.id);
  return token.actor === undefined && isFree ? live.at(-1)?.user : undefined;
}

function presentQuestion(
  world: World,
  token: SignInToken,
  user: User,
  other: User | undefined,
): TicketQuestionJSON {
  return {
    account: maskAccount(user),
    is_impersonation: token.actor !== undefined,
    signed_in_as: other ? maskAccount(other) : null,
    can_add: other !== undefined && !world.instance.settings.isSingleSession,
    proof: world.vault.seal(purpose, JSON.stringify([token.id, world.clock.now() + proofLifetime])),
  };
}

/** Enough of an account to be recognised by its owner. */
function maskAccount(user: User): string {
  const address = primaryEmailAddress(user)?.value;
  if (address !== undefined) return maskEmailAddress(address);
  const name = user.username ?? user.firstName ?? user.id;
  return name.slice(0, 1) + '*'.repeat(Math.max(name.length - 1, 1));
}

function isProved(world: World, token: SignInToken, proof: string | undefined): boolean {
  if (proof === undefined) return false;
  try {
    const [tokenId, until] = JSON.parse(world.vault.open(purpose, proof)) as [string, number];
    return tokenId === token.id && until > world.clock.now();
  } catch {
    // Whatever was not sealed here proves nothing.
    return false;
  }
}
