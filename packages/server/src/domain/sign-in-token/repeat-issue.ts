import { Refusal } from '../refusal.ts';
import { equalHashes, type Secret } from '../secret.ts';
import type { World } from '../world.ts';
import type { TokenRequest } from './issue.ts';
import type { SignInToken } from './sign-in-token.ts';
import { writeTicket } from './ticket.ts';

/** How long a call can be repeated. Milliseconds: 24 hours. */
export const repeatableFor = 86_400_000;

/** A call that its caller may send again: the value of `Idempotency-Key`, and whose it is. */
export interface RepeatableCall {
  readonly secretKeyId: string;
  readonly idempotencyKey: string;
}

/** What is kept of such a call. Without the instance secret nobody makes the ticket of it. */
export interface IdempotentIssue {
  readonly secretKeyId: string;
  readonly keyHash: string;
  readonly requestHash: string;
  readonly tokenId: string;
  /** 160 random bits, from which the instance secret makes those of the ticket. */
  readonly seed: string;
  readonly createdAt: number;
}

/** What is to be kept of a call; hashed with the instance secret, since both texts may name persons. */
export function draftIssue(
  world: World,
  call: RepeatableCall,
  request: TokenRequest,
  { tokenId, seed }: { tokenId: string; seed: string },
): IdempotentIssue {
  return {
    secretKeyId: call.secretKeyId,
    keyHash: world.pepper('idempotency key', call.idempotencyKey),
    requestHash: world.pepper('idempotent request', JSON.stringify(request)),
    tokenId,
    seed,
    createdAt: world.clock.now(),
  };
}

/**
 * The ticket of a call that was made before, for the same request; the token as it is now.
 * Another request under the same key is refused with `idempotency_key_reused`.
 */
export async function repeatIssue(
  world: World,
  earlier: IdempotentIssue,
  requestHash: string,
): Promise<{ token: SignInToken; ticket: Secret }> {
  if (!equalHashes(earlier.requestHash, requestHash)) {
    throw new Refusal(
      'idempotency_key_reused',
      'This Idempotency-Key was sent with another body. Use a new key for each token.',
    );
  }
  const token = await world.store.signInTokens.find(earlier.tokenId);
  if (!token) throw new TypeError('a token that can be repeated has no row');
  return { token, ticket: writeTicket(token.kind, token.id, deriveSecret(world, earlier)) };
}

/**
 * 160 bits that depend on a random seed and on the instance secret (HMAC-SHA-256 under a key
 * of its own, cut short as NIST SP 800-107 allows): neither of them alone tells anything.
 */
export function deriveSecret(
  world: Pick<World, 'pepper'>,
  { tokenId, seed }: Pick<IdempotentIssue, 'tokenId' | 'seed'>,
): string {
  const mac = world.pepper('repeatable ticket', `${tokenId}.${seed}`);
  return Buffer.from(mac, 'base64url').subarray(0, 20).toString('base64url');
}
