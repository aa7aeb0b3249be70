import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { sessionEndEntry } from '../../domain/audit-log/session-entry.ts';
import { notFound, Refusal } from '../../domain/refusal.ts';
import { createSessionDirectly } from '../../domain/session/create-directly.ts';
import { isLive } from '../../domain/session/session.ts';
import { filterByStatus } from '../../domain/session/tasks.ts';
import { signSessionToken } from '../../domain/session/sign-token.ts';
import { mapInTurns } from '../../domain/turns.ts';
import { answerAtLength } from '../long-answers.ts';
import { parse } from '../parse.ts';
import { agentOf } from './agent.ts';
import type { Service } from '../service.ts';
import { presentBackendSession } from '../wire/sessions.ts';
import { flagField, idField, pageFields } from './fields.ts';
import { listsFor } from './lists.ts';

const statuses = [
  'active',
  'revoked',
  'ended',
  'expired',
  'removed',
  'abandoned',
  'replaced',
  'pending',
] as const;

const listSchema = z.strictObject({
  ...pageFields,
  client_id: idField.optional(),
  user_id: idField.optional(),
  status: z.enum(statuses).optional(),
  paginated: flagField.optional(),
});

const createSchema = z.strictObject({
  user_id: idField,
  active_organization_id: idField.nullish(),
});
const tokenSchema = z.strictObject({
  expires_in_seconds: z.int().min(30).max(315_360_000).nullish(),
});
const verifySchema = z.strictObject({ token: z.string().max(8192) });
const pathSchema = z.object({ sessionId: idField });

/** `/v1/sessions`. */
export function sessionRoutes({ world }: Service, app: FastifyInstance): void {
  async function find(params: unknown) {
    const session = await world.store.sessions.find(parse(pathSchema, params).sessionId);
    if (!session) throw notFound('session');
    return session;
  }

  app.get('/v1/sessions', async (request, reply) => {
    const { limit, offset, paginated, ...query } = parse(listSchema, request.query);
    const filter = {
      clientId: query.client_id,
      userId: query.user_id,
      ...filterByStatus(world, query.status),
    };
    const now = world.clock.now();
    const { sessions: lists } = listsFor(world, request);
    const sessions = await lists.list(filter, { limit, offset, now });
    const data = await mapInTurns(sessions, (session) => presentBackendSession(world, session));
    if (!paginated) return answerAtLength(reply, data);
    return answerAtLength(reply, { data, total_count: await lists.count(filter, now) });
  });

  app.post('/v1/sessions', async (request) => {
    const { user_id: userId, active_organization_id: organizationId } = parse(
      createSchema,
      request.body,
    );
    return presentBackendSession(
      world,
      await createSessionDirectly(world, userId, organizationId ?? undefined),
    );
  });

  app.get('/v1/sessions/:sessionId', async (request) =>
    presentBackendSession(world, await find(request.params)),
  );

  app.post('/v1/sessions/:sessionId/revoke', async (request) => {
    const session = await find(request.params);
    const entry = sessionEndEntry(world, agentOf(request), session, 'revoked');
    const ended = await world.store.sessions.end(session.id, 'revoked', world.clock.now(), entry);
    if (!ended)
      throw new Refusal(
        'session_not_active',
        'This session is not active, so there is nothing to revoke.',
      );
    return presentBackendSession(world, ended);
  });

  app.post('/v1/sessions/:sessionId/tokens', async (request) => {
    const body = parse(tokenSchema, request.body);
    const { id } = await find(request.params);
    const usable = await world.store.sessions.findUsable(id, world.clock.now());
    if (!usable) throw notFound('active session');
    const lifetimeSeconds = body.expires_in_seconds ?? undefined;
    return {
      object: 'token',
      jwt: await signSessionToken(world, usable.session, undefined, { lifetimeSeconds }),
    };
  });

  app.post('/v1/sessions/:sessionId/verify', async (request) => {
    const { token } = parse(verifySchema, request.body);
    const session = await find(request.params);
    const claims = await world.signingKeys.verify(token);
    const now = world.clock.now();
    if (
      claims?.['sid'] !== session.id ||
      Number(claims['exp']) * 1000 <= now ||
      !isLive(session, now)
    ) {
      throw new Refusal(
        'authentication_invalid',
        'The token does not belong to this session, or one of them is over.',
      );
    }
    return presentBackendSession(world, session);
  });
}
