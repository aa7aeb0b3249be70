import type { Caller } from '../client/identify.ts';
import { readCredential, writeCredential } from '../credential.ts';
import { newId } from '../id.ts';
import { Refusal } from '../refusal.ts';
import { equalHashes, hashSecret, type Secret } from '../secret.ts';
import { readWebAddress } from '../web-address.ts';
import { newSecret, type World } from '../world.ts';
import { isAppPageThatAsks } from './link.ts';
import type { SignInToken } from './sign-in-token.ts';

/**
 * The way from the hosted confirmation to the page that redeems: it points to its token and
 * is presented in place of the ticket. The token is what is consumed, so that all
 * continuations of one ticket together open one session.
 */
export interface Continuation {
  readonly id: string;
  /** The token, or the invitation of somebody who has an account. */
  readonly tokenId: string;
  readonly secretHash: string;
  /** What the browser was known by when the person pressed; `undefined`: whoever carries it. */
  readonly browserHash: string | undefined;
  /** What the person chose for whoever is signed in. */
  readonly signedIn: 'switch' | 'add' | undefined;
  readonly expiresAt: number;
}

export interface ContinuationStore {
  /** Keeps a continuation, and voids the earlier ones of its token. */
  replace(continuation: Continuation, now: number): Promise<void>;
  find(id: string): Promise<Continuation | undefined>;
}

/** Where it leads, who pressed, and what was chosen. */
export interface ContinuationTerms extends Pick<Continuation, 'signedIn'> {
  readonly page: string;
  readonly presentedHash: string | undefined;
}

/** How long the page has to redeem it. Milliseconds. */
const lifetime = 60_000;

const prefix = 'wck';

/**
 * Makes the continuation of a confirmed ticket. It is bound to the browser where our cookie
 * reaches the redeeming call as well: on pages that ask by themselves, which call us directly,
 * and on every page of our own host name, since cookies are kept by name.
 */
export async function startContinuation(
  world: World,
  { id: tokenId }: Pick<SignInToken, 'id'>,
  { page, presentedHash, signedIn }: ContinuationTerms,
): Promise<Secret> {
  const isReached =
    isAppPageThatAsks(world, page) ||
    readWebAddress(page).hostname === readWebAddress(world.instance.publicUrl).hostname;
  const now = world.clock.now();
  const secret = newSecret(world);
  const continuation: Continuation = {
    id: newId(world, 'tcn'),
    tokenId,
    secretHash: hashSecret(secret),
    browserHash: isReached ? presentedHash : undefined,
    signedIn,
    expiresAt: now + lifetime,
  };
  await world.store.continuations.replace(continuation, now);
  return writeCredential(prefix, continuation.id, secret);
}

/** Whether a text has the form of a continuation. */
export function isContinuation(text: string): boolean {
  return readCredential(prefix, 'tcn', text) !== undefined;
}

/** The continuation of this text, whether or not its time is over. Refuses one that was voided, and another browser. */
export async function requireContinuation(
  world: World,
  caller: Caller,
  text: string,
): Promise<Continuation> {
  const credential = readCredential(prefix, 'tcn', text);
  const found = credential && (await world.store.continuations.find(credential.id));
  const isGenuine = credential && found && equalHashes(found.secretHash, credential.secretHash);
  if (!isGenuine || !isSameBrowser(caller, found)) throw continuationOver();
  return found;
}

/** Refuses a continuation whose time is over. */
export function refuseLate(continuation: Continuation, now: number): void {
  if (continuation.expiresAt <= now) throw continuationOver();
}

/** A session that opened replaced what the browser was known by: its repeat is known by the former. */
function isSameBrowser({ presentedHash, client }: Caller, { browserHash }: Continuation): boolean {
  if (browserHash === undefined) return true;
  return [presentedHash, client?.formerSecretHash].some(
    (hash) => hash !== undefined && equalHashes(hash, browserHash),
  );
}

function continuationOver(): Refusal {
  return new Refusal(
    'ticket_continuation_expired',
    'This step took too long, or began in another browser. Open your link again.',
  );
}
