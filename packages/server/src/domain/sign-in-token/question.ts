import type { TicketQuestionJSON } from '@willcall/contract';
import type { Caller } from '../client/identify.ts';
import { Refusal } from '../refusal.ts';
import { maskAccount, maskEmailAddress, nameAccount } from '../user/mask.ts';
import type { User } from '../user/user.ts';
import type { World } from '../world.ts';
import { confirmationOf } from './confirmation.ts';
import type { SignInLink } from './link.ts';

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

/** What a question is about. */
type Asked = Pick<SignInLink, 'id' | 'confirmation' | 'actor'>;

/** Whom a ticket signs in: a user, or whoever has the address that it makes an account of. */
export type Holder = User | { readonly id?: undefined; readonly newAddress: string };

/**
 * Refuses a ticket that must be confirmed first, and tells the page what to ask: always
 * where the link says so; on a page that can ask, also whoever is not known here by an
 * earlier gesture (`auto`), and whoever finds somebody else signed in. Answers whether the
 * person has confirmed it.
 */
export async function refuseUnconfirmed(
  world: World,
  caller: Caller,
  { link, holder }: { readonly link: Asked; readonly holder: Holder },
  how: Presentation,
): Promise<boolean> {
  const other = await findOther(world, caller, link, holder);
  const isConfirmed = how.isConfirmed === true || isProved(world, link, how.proof);
  const isOtherLeftOut = other !== undefined && how.signedIn === undefined;
  if (isConfirmed && !isOtherLeftOut) return true;
  const isKnown = how.asks === 'visible' && (await mayGoOnAtOnce(world, caller, link, holder));
  const canBeAsked = how.asks !== undefined || isConfirmed;
  const confirmation = confirmationOf(world, link);
  const isAsked =
    confirmation === 'always' ||
    (canBeAsked && (isOtherLeftOut || (confirmation === 'auto' && !isKnown)));
  if (!isAsked) return false;
  throw new Refusal(
    'ticket_confirmation_required',
    'Confirm on the page of your link that you want to sign in.',
    { confirmation: presentQuestion(world, link, holder, other) },
  );
}

/** Whether `auto` asks nothing on a page that is seen: this client has signed the same user in after a gesture. */
export async function mayGoOnAtOnce(
  world: World,
  { client }: Caller,
  link: Asked,
  holder: Holder,
): Promise<boolean> {
  if (client === undefined || link.actor !== undefined || holder.id === undefined) return false;
  return world.store.gestures.has(client.id, holder.id);
}

/** What a page asks before it sends the ticket again. */
export async function writeQuestion(
  world: World,
  caller: Caller,
  link: Asked,
  holder: Holder,
): Promise<TicketQuestionJSON> {
  return presentQuestion(world, link, holder, await findOther(world, caller, link, holder));
}

/** Whoever else is signed in here and would be asked about. */
async function findOther(
  world: World,
  caller: Caller,
  link: Asked,
  holder: Holder,
): Promise<User | undefined> {
  const live = caller.client
    ? await world.store.sessions.listLive(caller.client.id, world.clock.now())
    : [];
  // An impersonation goes beside whoever is there, and nothing takes the place of one.
  const isFree = live.every(({ session }) => !session.actor && session.userId !== holder.id);
  return link.actor === undefined && isFree ? live.at(-1)?.user : undefined;
}

function presentQuestion(
  world: World,
  link: Asked,
  holder: Holder,
  other: User | undefined,
): TicketQuestionJSON {
  const isSignUp = 'newAddress' in holder;
  return {
    account: isSignUp ? maskEmailAddress(holder.newAddress) : maskAccount(holder),
    is_sign_up: isSignUp,
    is_impersonation: link.actor !== undefined,
    // Not masked: two addresses may look alike behind their masks, and this one is theirs to see.
    signed_in_as: other ? nameAccount(other) : null,
    can_add: other !== undefined && !world.instance.settings.isSingleSession,
    proof: world.vault.seal(purpose, JSON.stringify([link.id, world.clock.now() + proofLifetime])),
  };
}

function isProved(world: World, link: Asked, proof: string | undefined): boolean {
  if (proof === undefined) return false;
  try {
    const [tokenId, until] = JSON.parse(world.vault.open(purpose, proof)) as [string, number];
    return tokenId === link.id && until > world.clock.now();
  } catch {
    // Whatever was not sealed here proves nothing.
    return false;
  }
}
