import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireFreshProof } from '../../domain/fresh-proof/require.ts';
import {
  beginTotp,
  removeTotp,
  renewBackupCodes,
  verifyTotp,
} from '../../domain/second-factor/enrol.ts';
import { refuseActor, requireActiveSession } from '../../domain/session/use.ts';
import { readCaller } from '../caller.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import {
  presentBackupCodes,
  presentBegunTotp,
  presentRemovedTotp,
  presentVerifiedTotp,
} from '../wire/second-factors.ts';
import { envelope } from './answer.ts';
import { requiredField, textField } from './fields.ts';

const querySchema = z.object({ _clerk_session_id: textField(100) });
const codeSchema = z.object({ code: requiredField(100) });

/** `/v1/me/totp` and `/v1/me/backup_codes`: a person's own second factors. Who changes them proves afresh to be the person; nobody does who acts as the person. */
export function mySecondFactorRoutes(service: Service, app: FastifyInstance): void {
  const { world } = service;

  async function readPerson(request: FastifyRequest) {
    const caller = await readCaller(service, request);
    const { _clerk_session_id: sessionId } = parse(querySchema, request.query);
    const usable = await requireActiveSession(world, caller, sessionId);
    refuseActor(usable.session);
    requireFreshProof(world, usable);
    return { caller, ...usable };
  }

  app.post('/v1/me/totp', async (request) => {
    const { caller, user } = await readPerson(request);
    return envelope(service, caller, presentBegunTotp(world, await beginTotp(world, user)));
  });

  app.post('/v1/me/totp/attempt_verification', async (request) => {
    const { code } = parse(codeSchema, request.body);
    const { caller, user, session } = await readPerson(request);
    await service.rateLimits.count('attempt_verification', {
      address: request.callerAddress,
      person: user.id,
    });
    const enrolled = await verifyTotp(world, user, code, session.id);
    return envelope(service, caller, presentVerifiedTotp(enrolled));
  });

  app.delete('/v1/me/totp', async (request) => {
    const { caller, user } = await readPerson(request);
    await removeTotp(world, user.id);
    return envelope(service, caller, presentRemovedTotp(user.id));
  });

  app.post('/v1/me/backup_codes', async (request) => {
    const { caller, user } = await readPerson(request);
    return envelope(service, caller, presentBackupCodes(await renewBackupCodes(world, user)));
  });
}
