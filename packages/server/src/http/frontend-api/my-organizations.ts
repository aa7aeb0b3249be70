import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { acceptInvitation, addressKeysOf } from '../../domain/invitation/accept.ts';
import { requireActiveSession, refuseActor } from '../../domain/session/use.ts';
import { readCaller } from '../caller.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { presentOwnInvitation } from '../wire/invitations.ts';
import { presentMembership } from '../wire/organizations.ts';
import { envelope } from './answer.ts';
import { requiredField, textField } from './fields.ts';

const pageFields = {
  limit: z.coerce.number().int().min(1).max(500).default(10),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
};

const membershipSchema = z.object({
  ...pageFields,
  paginated: z.enum(['true', 'false', '']).optional(),
});

const invitationSchema = z.object({
  ...pageFields,
  status: z
    .union([z.string(), z.array(z.string())])
    .transform((value) => [value].flat())
    .pipe(
      z
        .array(z.enum(['pending', 'accepted', 'revoked', 'expired']))
        .min(1)
        .max(4),
    )
    .optional(),
});

const sessionSchema = z.object({ _clerk_session_id: textField(100) });
const pathSchema = z.object({ invitationId: requiredField(100) });

/** `/v1/me/organization_memberships` and `/v1/me/organization_invitations`. */
export function myOrganizationRoutes(service: Service, app: FastifyInstance): void {
  const { world } = service;

  async function readPerson(request: FastifyRequest) {
    const caller = await readCaller(service, request);
    const { _clerk_session_id: sessionId } = parse(sessionSchema, request.query);
    return { caller, ...(await requireActiveSession(world, caller, sessionId)) };
  }

  app.get('/v1/me/organization_memberships', async (request) => {
    const { limit, offset, paginated } = parse(membershipSchema, request.query);
    const { caller, user } = await readPerson(request);
    const filter = { userIds: [user.id] };
    const { hasOrganizations } = world.instance.settings;
    const found = hasOrganizations
      ? await world.store.memberships.list(filter, { limit, offset })
      : [];
    const data = found.map((each) => presentMembership(world, each, user));
    if (paginated !== 'true') return envelope(service, caller, data);
    const total = hasOrganizations ? await world.store.memberships.count(filter) : 0;
    return envelope(service, caller, { data, total_count: total });
  });

  app.get('/v1/me/organization_invitations', async (request) => {
    const { limit, offset, status: statuses } = parse(invitationSchema, request.query);
    const { caller, user } = await readPerson(request);
    const emailAddresses = addressKeysOf(user);
    if (emailAddresses.length === 0 || !world.instance.settings.hasOrganizations) {
      return envelope(service, caller, { data: [], total_count: 0 });
    }
    const filter = { organization: 'any', statuses, emailAddresses } as const;
    const now = world.clock.now();
    const page = { limit, offset, orderBy: 'created_at', isAscending: false } as const;
    const found = await world.store.invitations.list(filter, page, now);
    const data = await Promise.all(found.map((each) => presentOwnInvitation(world, each)));
    return envelope(service, caller, {
      data,
      total_count: await world.store.invitations.count(filter, now),
    });
  });

  app.post('/v1/me/organization_invitations/:invitationId/accept', async (request) => {
    const { invitationId } = parse(pathSchema, request.params);
    const { caller, user, session } = await readPerson(request);
    refuseActor(session);
    const accepted = await acceptInvitation(world, user, invitationId);
    return envelope(service, caller, await presentOwnInvitation(world, accepted));
  });
}
