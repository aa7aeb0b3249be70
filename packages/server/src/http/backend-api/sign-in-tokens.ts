import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { issueToken } from '../../domain/sign-in-token/issue.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { presentIssuedToken, presentToken, presentTokenDetails } from '../wire/sign-in-tokens.ts';
import { agentOf } from './agent.ts';
import { idField, reasonField } from './fields.ts';
import { readRepeatableCall } from './idempotency-key.ts';
import { issuedTokenRoutes } from './issued-tokens.ts';

const createSchema = z.strictObject({
  user_id: idField,
  org_id: idField.nullish(),
  expires_in_seconds: z.int().min(1).max(31_536_000_000).nullish(),
  sign_in_url: z.string().max(2048).nullish(),
  redirect_url: z.string().max(2048).nullish(),
  reason: reasonField.nullish(),
  step_up: z.enum(['none', 'second_factor', 'client_trust']).nullish(),
  confirmation: z.enum(['none', 'auto', 'always']).nullish(),
  same_browser: z
    .strictObject({
      challenge: z.string().regex(/^[\w-]{42}[AEIMQUYcgkosw048]$/, 'it is no S256 challenge'),
      method: z.literal('S256'),
      proof: z.string().max(100).nullish(),
    })
    .nullish(),
  session_max_duration_in_seconds: z.int().min(60).max(31_536_000).nullish(),
});

/** `/v1/sign_in_tokens`. */
export function signInTokenRoutes(service: Service, app: FastifyInstance): void {
  const { world } = service;

  app.post('/v1/sign_in_tokens', async (request) => {
    const body = parse(createSchema, request.body);
    const terms = {
      userId: body.user_id,
      organizationId: body.org_id ?? undefined,
      lifetimeSeconds: body.expires_in_seconds ?? undefined,
      signInUrl: body.sign_in_url ?? undefined,
      redirectUrl: body.redirect_url ?? undefined,
      stepUp: body.step_up ?? undefined,
      confirmation: body.confirmation ?? undefined,
      sameBrowser: body.same_browser
        ? { challenge: body.same_browser.challenge, proof: body.same_browser.proof ?? undefined }
        : undefined,
      sessionMaxSeconds: body.session_max_duration_in_seconds ?? undefined,
      reason: body.reason ?? undefined,
    };
    return presentIssuedToken(
      world,
      await issueToken(world, terms, agentOf(request), readRepeatableCall(request)),
    );
  });

  issuedTokenRoutes(service, app, 'sign_in_token', {
    present: presentToken,
    presentDetails: presentTokenDetails,
  });
}
