import { agentOfSession, sessionEndEntry } from '../../domain/audit-log/session-entry.ts';
import { deleteUser } from '../../domain/user/delete.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireFreshProof } from '../../domain/fresh-proof/require.ts';
import { notFound, Refusal } from '../../domain/refusal.ts';
import type { Session } from '../../domain/session/session.ts';
import { refuseActor, requireActiveSession } from '../../domain/session/use.ts';
import { changeOwnPassword } from '../../domain/user/change-own-password.ts';
import { updateUser } from '../../domain/user/update.ts';
import { giveClientUpdate, readCaller } from '../caller.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { presentActiveSession, presentListedSession, presentSession } from '../wire/sessions.ts';
import { presentPerson } from '../wire/organizations.ts';
import { envelope } from './answer.ts';
import {
  flagField,
  nameField,
  passwordMaximum,
  requiredField,
  textField,
  usernameField,
} from './fields.ts';

const querySchema = z.object({ _clerk_session_id: textField(100) });
const pathSchema = z.object({ sessionId: requiredField(100) });

const updateSchema = z.object({
  username: usernameField,
  first_name: nameField,
  last_name: nameField,
  primary_email_address_id: textField(100),
  primary_phone_number_id: textField(100),
});

const passwordSchema = z.object({
  current_password: textField(passwordMaximum),
  new_password: requiredField(passwordMaximum),
  sign_out_of_other_sessions: flagField,
});

/** How many of a person's sessions are listed, the newest and the own: a test's user may have thousands. */
const mostListed = 200;

/** `/v1/me`: what a signed-in person sees and changes. */
export function meRoutes(service: Service, app: FastifyInstance): void {
  const { world } = service;

  async function readPerson(request: FastifyRequest) {
    const caller = await readCaller(service, request);
    const { _clerk_session_id: sessionId } = parse(querySchema, request.query);
    return { caller, ...(await requireActiveSession(world, caller, sessionId)) };
  }

  async function listLive(own: Session): Promise<readonly Session[]> {
    const now = world.clock.now();
    const live = await world.store.sessions.listLiveOfUser(own.userId, now, mostListed);
    return live.some(({ id }) => id === own.id) ? live : [...live, own];
  }

  app.get('/v1/me', async (request) => {
    const { caller, user } = await readPerson(request);
    return envelope(service, caller, await presentPerson(world, user));
  });

  app.patch('/v1/me', async (request) => {
    const body = parse(updateSchema, request.body);
    const { caller, user, session } = await readPerson(request);
    const namesIdentifier =
      body.username ?? body.primary_email_address_id ?? body.primary_phone_number_id;
    if (namesIdentifier !== undefined) {
      refuseActor(session);
      requireFreshProof(world, { user, session });
    }
    const changed = await updateUser(world, user.id, {
      ...(body.username === undefined ? {} : { username: body.username || undefined }),
      ...(body.first_name === undefined ? {} : { firstName: body.first_name ?? undefined }),
      ...(body.last_name === undefined ? {} : { lastName: body.last_name ?? undefined }),
      ...(body.primary_email_address_id && {
        primaryEmailAddressId: body.primary_email_address_id,
      }),
      ...(body.primary_phone_number_id && { primaryPhoneNumberId: body.primary_phone_number_id }),
    });
    return envelope(service, caller, await presentPerson(world, changed));
  });

  app.delete('/v1/me', async (request, reply) => {
    const { caller, user, session } = await readPerson(request);
    refuseActor(session);
    if (!user.isDeleteSelfEnabled) {
      throw new Refusal('not_allowed_access', 'This account can be deleted by the operator only.');
    }
    requireFreshProof(world, { user, session });
    await deleteUser(world, user.id, { kind: 'user', id: user.id }, session.id);
    giveClientUpdate(service, reply, undefined);
    return envelope(service, caller, { object: 'user', id: user.id, deleted: true });
  });

  app.post('/v1/me/change_password', async (request) => {
    const body = parse(passwordSchema, request.body);
    const { caller, user, session } = await readPerson(request);
    await service.rateLimits.count('attempt_factor', {
      address: request.callerAddress,
      person: user.id,
    });
    refuseActor(session);
    // Who has a password gives it with the change: that is proof enough.
    if (user.passwordDigest === undefined) requireFreshProof(world, { user, session });
    const changed = await changeOwnPassword(world, user, {
      currentPassword: body.current_password,
      newPassword: body.new_password,
      keptSessionId: session.id,
      isSigningOutOthers: body.sign_out_of_other_sessions ?? false,
    });
    return envelope(service, caller, await presentPerson(world, changed));
  });

  app.get('/v1/me/sessions', async (request) => {
    const { user, session: own } = await readPerson(request);
    const live = await listLive(own);
    return live.map((session) => presentListedSession(world, { session, user }));
  });

  app.get('/v1/me/sessions/active', async (request) => {
    const { session: own } = await readPerson(request);
    const live = await listLive(own);
    return live.map((session) => presentActiveSession(world, session));
  });

  app.post('/v1/me/sessions/:sessionId/revoke', async (request) => {
    const { sessionId } = parse(pathSchema, request.params);
    const { caller, user, session: own } = await readPerson(request);
    const session = await world.store.sessions.find(sessionId);
    if (session?.userId !== user.id) throw notFound('session');
    const by = agentOfSession(own, caller.network);
    const entry = sessionEndEntry(world, by, session, 'revoked');
    const ended = await world.store.sessions.end(sessionId, 'revoked', world.clock.now(), entry);
    if (!ended) throw notFound('session');
    return envelope(
      service,
      caller,
      await presentSession(world, { session: ended, user }, caller.origin),
    );
  });
}
