import type { TokenRevocationJSON } from '@willcall/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  getToken,
  listTokens,
  revokeToken,
  revokeTokens,
} from '../../domain/sign-in-token/read.ts';
import type {
  SignInToken,
  SignInTokenFilter,
  TokenKind,
} from '../../domain/sign-in-token/sign-in-token.ts';
import type { World } from '../../domain/world.ts';
import { mapInTurns } from '../../domain/turns.ts';
import { answerAtLength } from '../long-answers.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { presentRefused } from '../wire/refused-redemptions.ts';
import { agentOf } from './agent.ts';
import { flagField, idField, reasonField } from './fields.ts';
import { listsFor } from './lists.ts';

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

const pathSchema = z.object({ tokenId: idField });

interface Presenters {
  readonly present: (token: SignInToken) => object;
  readonly presentDetails: (world: World, token: SignInToken) => object;
}

/** Tokens of either kind after they were issued: they are listed, looked at and revoked. */
export function issuedTokenRoutes(
  { world }: Service,
  app: FastifyInstance,
  kind: TokenKind,
  { present, presentDetails }: Presenters,
): void {
  const route = `/v1/${kind}s`;

  app.get(route, async (request, reply) => {
    const { limit, ...filter } = readTokenFilter(world, request);
    const { tokens, nextCursor } = await listTokens(
      listsFor(world, request),
      { ...filter, kind },
      limit,
    );
    const data = await mapInTurns(tokens, (token) => presentDetails(world, token));
    return answerAtLength(reply, { data, next_cursor: nextCursor ?? null });
  });

  app.get(`${route}/:tokenId`, async (request) => {
    const { tokenId } = parse(pathSchema, request.params);
    const token = await getToken(world, kind, tokenId);
    return { ...presentDetails(world, token), ...(await presentRefused(world, token)) };
  });

  app.post(`${route}/revoke`, (request) => revokeTokensByFilter(world, kind, request));

  app.post(`${route}/:tokenId/revoke`, async (request) => {
    const { tokenId } = parse(pathSchema, request.params);
    return present(await revokeToken(world, kind, tokenId, agentOf(request)));
  });
}

/** Which tokens a list shall show. `is_expired` speaks of pending ones alone, as in the answer. */
function readTokenFilter(
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
async function revokeTokensByFilter(
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
