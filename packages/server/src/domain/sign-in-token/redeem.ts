import type { Caller } from '../client/identify.ts';
import { Refusal } from '../refusal.ts';
import { equalHashes } from '../secret.ts';
import { refuseSignedIn } from '../session/refuse-signed-in.ts';
import { beginSignIn, type SignInProgress } from '../sign-in/advance.ts';
import { primaryEmailAddress } from '../user/user.ts';
import type { World } from '../world.ts';
import {
  type Continuation,
  isContinuation,
  refuseLate,
  requireContinuation,
} from './continuation.ts';
import { refuseSpent, repeatRedemption, requireHolder } from './explain.ts';
import { notingRefusal } from './refused-redemption.ts';
import { type Presentation, refuseUnconfirmed } from './question.ts';
import { refuseOtherBrowser } from './same-browser.ts';
import type { HeldToken, SignInToken } from './sign-in-token.ts';
import { readTicket } from './ticket.ts';

/**
 * Redeems a ticket: opens the one session that it is good for, or begins the sign-in that
 * will, where something else must be proved first. The order of answers is that of the
 * design: a repeat by the client that redeemed it, then refusals of the ticket, then what
 * must be confirmed, then a session that lives in this client already; the ticket stays
 * pending unless a session opens. A continuation stands for its ticket, confirmed.
 */
export async function redeemTicket(
  world: World,
  caller: Caller,
  text: string,
  how: Presentation = {},
): Promise<SignInProgress> {
  const { held, continuation } = await findPresented(world, caller, text);
  return notingRefusal(world, caller, held.token.id, () =>
    redeemToken(world, caller, held, continuation, how),
  );
}

async function redeemToken(
  world: World,
  caller: Caller,
  held: HeldToken,
  continuation: Continuation | undefined,
  how: Presentation,
): Promise<SignInProgress> {
  const { token, isAnyDomainTaken } = held;
  const repeat = await repeatRedemption(world, caller, token);
  if (repeat) return repeat;
  refuseSpent(token, world.clock.now());
  if (continuation) refuseLate(continuation, world.clock.now());
  refuseOtherBrowser(token, caller, how.codeVerifier);
  const user = requireHolder(world, held);
  const isConfirmed =
    continuation !== undefined ||
    (await refuseUnconfirmed(world, caller, { link: token, holder: user }, how));
  const isSwitch = (continuation ?? how).signedIn === 'switch';
  const isImpersonation = token.actor !== undefined;
  await refuseSignedIn(world, caller, user.id, { isImpersonation, isSwitch });
  const identifier = primaryEmailAddress(user)?.value ?? user.username;
  return beginSignIn(world, caller, user, {
    ...{ identifier, token, isConfirmed, isAnyDomainTaken },
    replacesSessions: isSwitch && !isImpersonation,
  });
}

/** The token that is presented: by its ticket, or by a continuation. */
async function findPresented(
  world: World,
  caller: Caller,
  text: string,
): Promise<{ held: HeldToken; continuation: Continuation | undefined }> {
  const continuation = isContinuation(text)
    ? await requireContinuation(world, caller, text)
    : undefined;
  const held = continuation
    ? await world.store.signInTokens.findHeld(continuation.tokenId)
    : await findHeld(world, text);
  // What is not a ticket of ours has one answer, whatever is wrong with it.
  if (!held) {
    throw new Refusal(
      'ticket_invalid_code',
      'This link is not valid. Check that you opened all of it, or ask for a new one.',
    );
  }
  return { held, continuation };
}

/** The token whose ticket this is, whatever became of it; `undefined` for everything else. */
export async function findTicketHolder(
  world: World,
  text: string,
): Promise<SignInToken | undefined> {
  return (await findHeld(world, text))?.token;
}

/** The same with its user. */
export async function findHeld(world: World, text: string): Promise<HeldToken | undefined> {
  const credential = readTicket(text);
  const held = credential && (await world.store.signInTokens.findHeld(credential.id));
  const isGenuine = held && equalHashes(held.token.secretHash, credential.secretHash);
  return isGenuine ? held : undefined;
}
