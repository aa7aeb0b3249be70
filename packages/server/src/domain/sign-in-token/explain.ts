import type { Caller } from '../client/identify.ts';
import { Refusal } from '../refusal.ts';
import type { OpenedSession } from '../session/open.ts';
import { repeatOpening } from '../session/repeat-opening.ts';
import { isByTicketAlone, type SignIn } from '../sign-in/sign-in.ts';
import { refuseUnusable } from '../user/refuse-unusable.ts';
import type { User } from '../user/user.ts';
import type { World } from '../world.ts';
import type { HeldToken, SignInToken, TokenKind } from './sign-in-token.ts';

/** The session that a ticket opened. */
export interface Redemption {
  readonly signIn: SignIn;
  readonly opened: OpenedSession;
}

/** How long after its ticket's expiry a sign-in that began in time may still end. Milliseconds. */
export const ticketGrace = 600_000;

/**
 * Refuses a token that can open no session any more, with the code that says why.
 *
 * @param lateBy how long ago it may have expired, for a sign-in that began in time. Milliseconds.
 */
export function refuseSpent(token: SignInToken, now: number, lateBy = 0): void {
  const codes = spentCodes[token.kind];
  if (token.status === 'revoked') {
    throw new Refusal(codes.revoked, 'This link has been withdrawn. Ask for a new one.');
  }
  if (token.status === 'accepted') {
    throw new Refusal(
      codes.used,
      'This link has been used. Each link signs you in once; ask for a new one.',
    );
  }
  if (token.expiresAt + lateBy <= now) {
    throw new Refusal('ticket_expired_code', 'This link has expired. Ask for a new one.');
  }
}

const spentCodes = {
  sign_in_token: { used: 'sign_in_token_already_used_code', revoked: 'sign_in_token_revoked_code' },
  actor_token: { used: 'actor_token_already_used_code', revoked: 'actor_token_revoked_code' },
} as const satisfies Record<TokenKind, object>;

/** The user of a token. Refuses one that is gone, banned or locked. */
export function requireHolder(world: World, { token, holder }: HeldToken): User {
  if (!holder) {
    const isActor = token.kind === 'actor_token';
    throw new Refusal(
      isActor ? 'actor_token_subject_not_found' : 'sign_in_token_cannot_be_used_code',
      'The account of this link does not exist any more.',
    );
  }
  refuseUnusable(holder, world.clock.now());
  return holder;
}

/**
 * Somebody else's transaction came first, or the user was banned: look again, now for good.
 * `undefined` where it was not for the ticket or the user that no session opened.
 */
export async function explainLostRace(
  world: World,
  caller: Caller,
  tokenId: string,
): Promise<Redemption | undefined> {
  const held = await world.store.signInTokens.findHeld(tokenId);
  if (!held)
    throw new Refusal(
      'sign_in_token_cannot_be_used_code',
      'This link cannot be used. Ask for a new one.',
    );
  const { token } = held;
  const repeat = await repeatRedemption(world, caller, token);
  if (repeat) return repeat;
  refuseSpent(token, world.clock.now(), ticketGrace);
  requireHolder(world, held);
  return undefined;
}

/**
 * The session that this ticket opened, for the browser that opened it: its answer may have
 * been lost. Within 60 seconds and while the session lives; nothing is written.
 */
export async function repeatRedemption(
  world: World,
  caller: Caller,
  token: SignInToken,
): Promise<Redemption | undefined> {
  if (token.sessionId === undefined) return undefined;
  const opened = await repeatOpening(world, caller, token.sessionId);
  const signIn = opened && (await world.store.signIns.findBySession(token.sessionId));
  if (!signIn) return undefined;
  // The cookie that a browser had before may have been planted: with a ticket alone it opens
  // nothing that took more than a ticket to open.
  const holdsClient = caller.client?.id === opened.client.id;
  return holdsClient || isByTicketAlone(signIn) ? { signIn, opened } : undefined;
}
