import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { createOwnOrganization } from '../../domain/organization/create-own.ts';
import { requireActiveSession } from '../../domain/session/use.ts';
import { readCaller } from '../caller.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { presentOrganization } from '../wire/organizations.ts';
import { envelope } from './answer.ts';
import { textField } from './fields.ts';

const querySchema = z.object({ _clerk_session_id: textField(100) });

const createSchema = z.object({
  name: z.string().trim().min(1).max(256),
  slug: textField(100).pipe(
    z
      .string()
      .regex(
        /^[a-z0-9]+(-[a-z0-9]+)*$/,
        'lower-case letters and digits, with single dashes between them',
      )
      .optional(),
  ),
});

/** What people do with organizations. Browsers call it `/v1/organizations`; see `request-url.ts`. */
export function organizationRoutes(service: Service, app: FastifyInstance): void {
  const { world } = service;

  app.post('/v1/client/organizations', async (request) => {
    const { name, slug } = parse(createSchema, request.body);
    const caller = await readCaller(service, request);
    const { _clerk_session_id: sessionId } = parse(querySchema, request.query);
    const usable = await requireActiveSession(world, caller, sessionId);
    await service.rateLimits.count('create_organization', {
      address: request.callerAddress,
      person: usable.user.id,
    });
    const created = await createOwnOrganization(world, usable, { name, slug });
    return envelope(service, caller, presentOrganization(world, created));
  });
}
