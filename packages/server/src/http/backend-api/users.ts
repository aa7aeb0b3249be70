import type { DeletedObjectJSON } from '@willcall/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { notFound } from '../../domain/refusal.ts';
import { deleteUser } from '../../domain/user/delete.ts';
import { agentOf } from './agent.ts';
import { setUserBan, setUserLock } from '../../domain/user/block.ts';
import { createUser } from '../../domain/user/create.ts';
import { getUser, mergeUserMetadata, updateUser } from '../../domain/user/update.ts';
import { provePassword } from '../../domain/user/verify-password.ts';
import { mapInTurns } from '../../domain/turns.ts';
import { answerAtLength } from '../long-answers.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { presentBackendUser } from '../wire/users.ts';
import { idField, refuseFuture } from './fields.ts';
import { listsFor } from './lists.ts';
import {
  createUserSchema,
  metadataSchema,
  readNewUser,
  readUserFilter,
  readUserPage,
  readUserUpdate,
  updateUserSchema,
  userCountSchema,
  userListSchema,
} from './user-fields.ts';

const pathSchema = z.object({ userId: idField });
const manySchema = z.strictObject({ user_ids: z.array(idField).min(1).max(100) });
const passwordSchema = z.strictObject({ password: z.string().min(1) });

/** `/v1/users`. */
export function userRoutes({ world, rateLimits }: Service, app: FastifyInstance): void {
  const present = (user: Parameters<typeof presentBackendUser>[1]) =>
    presentBackendUser(world, user);
  const idOf = (params: unknown) => parse(pathSchema, params).userId;

  app.get('/v1/users', async (request, reply) => {
    const query = parse(userListSchema, request.query);
    const users = await listsFor(world, request).users.list(
      readUserFilter(query),
      readUserPage(query),
    );
    return answerAtLength(reply, await mapInTurns(users, present));
  });

  app.get('/v1/users/count', async (request) => {
    const query = parse(userCountSchema, request.query);
    return {
      object: 'total_count',
      total_count: await listsFor(world, request).users.count(readUserFilter(query)),
    };
  });

  app.post('/v1/users', async (request) => {
    const body = parse(createUserSchema, request.body);
    refuseFuture(world.clock.now(), body);
    return present(await createUser(world, readNewUser(body)));
  });

  app.get('/v1/users/:userId', async (request) =>
    present(await getUser(world, idOf(request.params))),
  );

  app.patch('/v1/users/:userId', async (request) => {
    const body = parse(updateUserSchema, request.body);
    refuseFuture(world.clock.now(), body);
    const update = readUserUpdate(body);
    const id = idOf(request.params);
    await rateLimits.count('update_user', { person: id });
    return present(await updateUser(world, id, update));
  });

  app.patch('/v1/users/:userId/metadata', async (request) => {
    const body = parse(metadataSchema, request.body);
    const id = idOf(request.params);
    await rateLimits.count('update_user', { person: id });
    return present(
      await mergeUserMetadata(world, id, {
        publicMetadata: body.public_metadata,
        privateMetadata: body.private_metadata,
        unsafeMetadata: body.unsafe_metadata,
      }),
    );
  });

  app.delete('/v1/users/:userId', async (request): Promise<DeletedObjectJSON> => {
    const id = idOf(request.params);
    if (!(await deleteUser(world, id, agentOf(request)))) throw notFound('user');
    return { object: 'user', id, deleted: true };
  });

  for (const [verb, isBanned] of [
    ['ban', true],
    ['unban', false],
  ] as const) {
    app.post(`/v1/users/:userId/${verb}`, async (request) =>
      present(await setUserBan(world, idOf(request.params), isBanned, agentOf(request))),
    );
    app.post(`/v1/users/${verb}`, async (request) => {
      const { user_ids: ids } = parse(manySchema, request.body);
      for (const id of ids) await getUser(world, id);
      const users = [];
      for (const id of ids) users.push(await setUserBan(world, id, isBanned, agentOf(request)));
      return users.map(present);
    });
  }

  for (const [verb, isLocked] of [
    ['lock', true],
    ['unlock', false],
  ] as const) {
    app.post(`/v1/users/:userId/${verb}`, async (request) =>
      present(await setUserLock(world, idOf(request.params), isLocked, agentOf(request))),
    );
  }

  app.post('/v1/users/:userId/verify_password', async (request) => {
    const { password } = parse(passwordSchema, request.body);
    await provePassword(world, await getUser(world, idOf(request.params)), password);
    return { verified: true };
  });
}
