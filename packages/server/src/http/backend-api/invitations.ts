import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { getInvitation } from '../../domain/invitation/find.ts';
import { inviteToApplication } from '../../domain/invitation/invite.ts';
import { revokeInvitation } from '../../domain/invitation/revoke.ts';
import { mapInTurns } from '../../domain/turns.ts';
import { answerAtLength } from '../long-answers.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { presentRefused } from '../wire/refused-redemptions.ts';
import { presentInvitation, presentIssuedInvitation } from '../wire/invitations.ts';
import { flagField, idField, pageFields } from './fields.ts';
import { isLinkTold, refuseLostLinks } from './invitation-links.ts';
import {
  invitationFields,
  orderField,
  readInvitationOrder,
  statusField,
} from './invitation-fields.ts';
import { listsFor } from './lists.ts';

const createSchema = z
  .strictObject({
    ...invitationFields,
    ignore_existing: z.boolean().nullish(),
    // The wire knows two texts; one mail of ours says both.
    template_slug: z.enum(['invitation', 'waitlist_invitation']).nullish(),
  })
  .transform((body) => ({
    emailAddress: body.email_address,
    publicMetadata: body.public_metadata ?? undefined,
    redirectUrl: body.redirect_url ?? undefined,
    lifetimeDays: body.expires_in_days ?? undefined,
    isMailed: body.notify ?? undefined,
    isRepeatable: body.ignore_existing ?? undefined,
  }));

const bulkSchema = z.array(createSchema).min(1);

const listSchema = z.strictObject({
  ...pageFields,
  status: statusField,
  query: z.string().max(320).optional(),
  order_by: orderField(['created_at', 'email_address', 'expires_at']),
  paginated: flagField.optional(),
});

const pathSchema = z.object({ invitationId: idField });

/** `/v1/invitations`. */
export function invitationRoutes({ world, rateLimits }: Service, app: FastifyInstance): void {
  app.post('/v1/invitations', async (request) => {
    const body = parse(createSchema, request.body);
    refuseLostLinks(request, [body]);
    await rateLimits.count('create_invitation');
    const issued = await inviteToApplication(world, [body], { isAccountIgnored: true });
    return issued.map((each) => presentIssuedInvitation(world, each, isLinkTold(request)))[0];
  });

  app.post('/v1/invitations/bulk', async (request) => {
    const bodies = parse(bulkSchema, request.body);
    refuseLostLinks(request, bodies);
    await rateLimits.count('create_invitations');
    const issued = await inviteToApplication(world, bodies, { isAccountIgnored: false });
    return issued.map((each) => presentIssuedInvitation(world, each, isLinkTold(request)));
  });

  app.get('/v1/invitations', async (request, reply) => {
    const {
      limit,
      offset,
      paginated,
      status,
      query,
      order_by: order,
    } = parse(listSchema, request.query);
    const filter = { organization: 'none', statuses: status, query } as const;
    const now = world.clock.now();
    const { invitations } = listsFor(world, request);
    const found = await invitations.list(
      filter,
      { limit, offset, ...readInvitationOrder(order) },
      now,
    );
    const data = await mapInTurns(found, (each) => presentInvitation(world, each));
    if (!paginated) return answerAtLength(reply, data);
    return answerAtLength(reply, { data, total_count: await invitations.count(filter, now) });
  });

  app.get('/v1/invitations/:invitationId/refused_redemptions', async (request) => {
    const { invitationId } = parse(pathSchema, request.params);
    return presentRefused(world, await getInvitation(world, invitationId));
  });

  app.post('/v1/invitations/:invitationId/revoke', async (request) => {
    const { invitationId } = parse(pathSchema, request.params);
    return presentInvitation(world, await revokeInvitation(world, invitationId));
  });
}
