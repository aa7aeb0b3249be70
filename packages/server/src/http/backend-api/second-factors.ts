import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { proveSecondFactor } from '../../domain/second-factor/prove.ts';
import { getUser } from '../../domain/user/update.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { idField } from './fields.ts';

const pathSchema = z.object({ userId: idField });
const codeSchema = z.strictObject({ code: z.string().min(1).max(100) });

/**
 * The second factors of `/v1/users/{id}`. A code that is verified here is used up, as in a
 * sign-in. Removing what is not there is no error.
 */
export function userSecondFactorRoutes({ world }: Service, app: FastifyInstance): void {
  const requireUser = (params: unknown) => getUser(world, parse(pathSchema, params).userId);

  app.post('/v1/users/:userId/verify_totp', async (request) => {
    const { code } = parse(codeSchema, request.body);
    const kind = await proveSecondFactor(world, await requireUser(request.params), code);
    return { verified: true, code_type: kind };
  });

  // An authenticator app is the one factor there is, so both calls remove the same.
  for (const name of ['mfa', 'totp'] as const) {
    app.delete(`/v1/users/:userId/${name}`, async (request) => {
      const user = await requireUser(request.params);
      await world.store.secondFactors.removeTotp(user.id, world.clock.now());
      return { user_id: user.id };
    });
  }

  app.delete('/v1/users/:userId/backup_code', async (request) => {
    const user = await requireUser(request.params);
    await world.store.secondFactors.removeBackupCodes(user.id, world.clock.now());
    return { user_id: user.id };
  });
}
