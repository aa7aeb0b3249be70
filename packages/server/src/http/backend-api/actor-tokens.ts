import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { issueActorToken } from '../../domain/sign-in-token/issue-actor-token.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import {
  presentActorToken,
  presentActorTokenDetails,
  presentIssuedActorToken,
} from '../wire/actor-tokens.ts';
import { agentOf } from './agent.ts';
import { idField, reasonField } from './fields.ts';
import { readRepeatableCall } from './idempotency-key.ts';
import { issuedTokenRoutes } from './issued-tokens.ts';

const createSchema = z.strictObject({
  user_id: idField,
  actor: z
    .looseObject({ sub: z.string().min(1).max(256) })
    .refine((actor) => Buffer.byteLength(JSON.stringify(actor)) <= 2048, {
      message: 'it is larger than 2 kB',
    }),
  expires_in_seconds: z.int().min(1).max(31_536_000_000).nullish(),
  session_max_duration_in_seconds: z.int().min(60).max(1800).nullish(),
  sign_in_url: z.string().max(2048).nullish(),
  redirect_url: z.string().max(2048).nullish(),
  reason: reasonField.nullish(),
});

/** `/v1/actor_tokens`: links with which somebody acts as a user. */
export function actorTokenRoutes(service: Service, app: FastifyInstance): void {
  const { world } = service;

  app.post('/v1/actor_tokens', async (request) => {
    const body = parse(createSchema, request.body);
    const terms = {
      userId: body.user_id,
      actor: body.actor,
      lifetimeSeconds: body.expires_in_seconds ?? undefined,
      sessionMaxSeconds: body.session_max_duration_in_seconds ?? undefined,
      signInUrl: body.sign_in_url ?? undefined,
      redirectUrl: body.redirect_url ?? undefined,
      reason: body.reason ?? undefined,
    };
    const issued = await issueActorToken(
      world,
      terms,
      agentOf(request),
      readRepeatableCall(request),
    );
    return presentIssuedActorToken(world, issued);
  });

  issuedTokenRoutes(service, app, 'actor_token', {
    present: presentActorToken,
    presentDetails: presentActorTokenDetails,
  });
}
