import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireMembership } from '../../domain/organization/find.ts';
import { giveSessionToken, signSessionToken } from '../../domain/session/sign-token.ts';
import {
  endOwnSession,
  noteUse,
  requireHeldSession,
  requireSession,
  touchSession,
} from '../../domain/session/use.ts';
import { giveClientUpdate, readCaller, readOrigin, readPresented } from '../caller.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { presentSession } from '../wire/sessions.ts';
import { envelope } from './answer.ts';
import { requiredField } from './fields.ts';

const pathSchema = z.object({ sessionId: requiredField(100) });
// Empty is none, and absent leaves it as it is.
const organizationField = z.string().max(100).optional();
const touchSchema = z.object({ active_organization_id: organizationField });
const tokenSchema = z.object({ organization_id: organizationField });

/** `/v1/client/sessions`. A session that is not this client's or not live is 401, at which SDKs look again. */
export function sessionRoutes(service: Service, app: FastifyInstance): void {
  const { world } = service;
  const idOf = (request: FastifyRequest) => parse(pathSchema, request.params).sessionId;

  app.get('/v1/client/sessions/:sessionId', async (request) => {
    const caller = await readCaller(service, request);
    const usable = await requireSession(world, caller, idOf(request));
    return envelope(service, caller, await presentSession(world, usable, caller.origin));
  });

  app.post('/v1/client/sessions/:sessionId/touch', async (request, reply) => {
    const { active_organization_id: organizationId } = parse(touchSchema, request.body);
    const caller = await readCaller(service, request);
    const usable = await touchSession(world, caller, idOf(request), organizationId);
    giveClientUpdate(service, reply, world.clock.now());
    return envelope(service, caller, await presentSession(world, usable, caller.origin));
  });

  // The one answer that is not enveloped. Who asks to skip caches gets a token of its own.
  app.post('/v1/client/sessions/:sessionId/tokens', async (request) => {
    const { organization_id: organizationId } = parse(tokenSchema, request.body);
    const presented = readPresented(service, request);
    const session = await requireHeldSession(world, presented, idOf(request));
    if (organizationId) await requireMembership(world, organizationId, session.userId);
    await noteUse(world, session);
    const { debug } = request.query as Readonly<Record<string, unknown>>;
    const write = debug === 'skip_cache' ? signSessionToken : giveSessionToken;
    return {
      object: 'token',
      jwt: await write(world, session, await readOrigin(service, request), { organizationId }),
    };
  });

  for (const [verb, status] of [
    ['end', 'ended'],
    ['remove', 'removed'],
  ] as const) {
    app.post(`/v1/client/sessions/:sessionId/${verb}`, async (request, reply) => {
      const caller = await readCaller(service, request);
      const ended = await endOwnSession(world, caller, idOf(request), status);
      const answer = await envelope(
        service,
        caller,
        await presentSession(world, ended, caller.origin),
      );
      const isSomebodyLeft = answer.client !== null && answer.client.sessions.length > 0;
      giveClientUpdate(service, reply, isSomebodyLeft ? world.clock.now() : undefined);
      return answer;
    });
  }
}
