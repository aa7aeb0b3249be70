import type { TokenRevocationJSON } from '@willcall/contract';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { revokeTokens } from '../../domain/sign-in-token/read.ts';
import type { SignInTokenFilter, TokenKind } from '../../domain/sign-in-token/sign-in-token.ts';
import type { World } from '../../domain/world.ts';
import { parse } from '../parse.ts';
import { agentOf } from './agent.ts';
import { flagField, idField } from './fields.ts';

/** Why a token was issued. */
export const reasonField = z.string().trim().min(1).max(500);

const listSchema = z.strictObject({
  user_id: idField.optional(),
  status: z.enum(['pending', 'accepted', 'revoked']).optional(),
  is_expired: flagField.optional(),
  reason: reasonField.optional(),
  cursor: idField.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(10),
});

const revokeSchema = z.strictObject({
  user_id: idField.nullish(),
  reason: reasonField.nullish(),
  issued_before: z.int().min(0).max(8.64e15).nullish(),
});

/** Which tokens of any kind a list shall show. `is_expired` speaks of pending ones alone, as in the answer. */
export function readTokenFilter(
  world: World,
  request: FastifyRequest,
): SignInTokenFilter & { limit: number } {
  const query = parse(listSchema, request.query);
  const isPast = query.is_expired;
  return {
    userId: query.user_id,
    status: query.status,
    expiry: isPast === undefined ? undefined : { isPast, now: world.clock.now() },
    reason: query.reason,
    cursor: query.cursor,
    limit: query.limit,
  };
}

/** Revokes every pending token that the body describes. */
export async function revokeTokensByFilter(
  world: World,
  kind: TokenKind,
  request: FastifyRequest,
): Promise<TokenRevocationJSON> {
  const body = parse(revokeSchema, request.body);
  const filter = {
    userId: body.user_id ?? undefined,
    reason: body.reason ?? undefined,
    issuedBefore: body.issued_before ?? undefined,
  };
  const count = await revokeTokens(world, kind, filter, agentOf(request));
  return { object: 'token_revocation', revoked_count: count };
}
