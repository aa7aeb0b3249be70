import { type Agent, auditEntry } from '../audit-log/audit-log.ts';
import { notFound, Refusal, refuseField } from '../refusal.ts';
import type { Lists } from '../store.ts';
import type { World } from '../world.ts';
import type { SignInToken, SignInTokenFilter, TokenKind } from './sign-in-token.ts';

/** The token of this id and kind. Refuses with `resource_not_found`. */
export async function getToken(world: World, kind: TokenKind, id: string): Promise<SignInToken> {
  const token = await world.store.signInTokens.find(id);
  if (token?.kind !== kind) throw notFound(refusals[kind][1]);
  return token;
}

/** One page of tokens, newest first; `nextCursor` is `undefined` on the last one. */
export async function listTokens(
  lists: Lists,
  filter: SignInTokenFilter & { kind: TokenKind },
  limit: number,
): Promise<{ tokens: readonly SignInToken[]; nextCursor: string | undefined }> {
  const found = await lists.signInTokens.list(filter, limit + 1);
  const tokens = found.slice(0, limit);
  return { tokens, nextCursor: found.length > limit ? tokens.at(-1)?.id : undefined };
}

/**
 * Revokes a pending token. One that is used or revoked is refused with a code that says so;
 * ending the session it opened is a call of its own.
 */
export async function revokeToken(
  world: World,
  kind: TokenKind,
  id: string,
  by: Agent,
): Promise<SignInToken> {
  const { status, userId } = await getToken(world, kind, id);
  const entry = auditEntry(world, by, { action: `${kind}.revoked`, subjectId: id, userId });
  const revoked = await world.store.signInTokens.revoke(id, world.clock.now(), entry);
  if (revoked) return revoked;
  const [code, words] = refusals[kind];
  throw new Refusal(code, `This ${words} is ${status}; only a pending one can be revoked.`);
}

/** Which tokens a bulk revocation is for. */
export type RevocationFilter = Pick<SignInTokenFilter, 'userId' | 'reason' | 'issuedBefore'>;

/** How many tokens one commit revokes: all at once would make every other call wait. */
const mostRevoked = 1000;

/**
 * Revokes all pending tokens that the filter finds; answers how many. A filter without any
 * condition is refused: it would withdraw every link there is. Where the call is cut off, those
 * that a line of the audit log counts are revoked, and the same call revokes the others.
 */
export async function revokeTokens(
  world: World,
  kind: TokenKind,
  filter: RevocationFilter,
  by: Agent,
): Promise<number> {
  if (Object.values(filter).every((value) => value === undefined)) {
    throw refuseField(
      'form_param_missing',
      'user_id',
      'Say which tokens: send user_id, reason or issued_before.',
    );
  }
  const { userId, issuedBefore, reason } = filter;
  const entryFor = (count: number) =>
    auditEntry(world, by, {
      action: `${kind}.revoked`,
      subjectId: userId ?? 'many',
      userId,
      detail: { count, ...(issuedBefore === undefined ? {} : { issued_before: issuedBefore }) },
      personal: { reason },
    });
  const now = world.clock.now();
  const { signInTokens } = world.store;
  let revoked = 0;
  for await (const count of signInTokens.revokeAll({ ...filter, kind }, now, entryFor, mostRevoked))
    revoked += count;
  return revoked;
}

const refusals = {
  sign_in_token: ['sign_in_token_cannot_be_revoked_code', 'sign-in token'],
  actor_token: ['actor_token_cannot_be_revoked_code', 'actor token'],
} as const satisfies Record<TokenKind, object>;
