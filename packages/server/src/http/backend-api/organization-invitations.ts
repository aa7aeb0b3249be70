import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { InvitationFilter } from '../../domain/invitation/invitation.ts';
import type { IssuedInvitation } from '../../domain/invitation/invite.ts';
import { inviteToOrganization } from '../../domain/invitation/invite-member.ts';
import { getMemberInvitation, revokeMemberInvitation } from '../../domain/invitation/revoke.ts';
import { getOrganization, requireOrganizations } from '../../domain/organization/find.ts';
import { mapInTurns } from '../../domain/turns.ts';
import { answerAtLength } from '../long-answers.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import {
  presentIssuedMemberInvitation,
  presentMemberInvitation,
  presentPlacedInvitation,
} from '../wire/invitations.ts';
import { idField, listField, metadataField, pageFields } from './fields.ts';
import { isLinkTold, refuseLostLinks } from './invitation-links.ts';
import {
  invitationFields,
  orderField,
  readInvitationOrder,
  statusField,
} from './invitation-fields.ts';

const createSchema = z
  .strictObject({
    ...invitationFields,
    role: z.string().min(1).max(100),
    inviter_user_id: idField.nullish(),
    private_metadata: metadataField.nullish(),
  })
  .transform((body) => ({
    emailAddress: body.email_address,
    role: body.role,
    inviterUserId: body.inviter_user_id ?? undefined,
    publicMetadata: body.public_metadata ?? undefined,
    privateMetadata: body.private_metadata ?? undefined,
    redirectUrl: body.redirect_url ?? undefined,
    lifetimeDays: body.expires_in_days ?? undefined,
    isMailed: body.notify ?? undefined,
  }));

const bulkSchema = z.array(createSchema).min(1);

const order = orderField(['created_at', 'email_address']);
const listSchema = z.strictObject({
  ...pageFields,
  status: statusField,
  email_address: listField.optional(),
  order_by: order,
});
const allSchema = z.strictObject({
  ...pageFields,
  status: statusField,
  query: z.string().max(320).optional(),
  order_by: order,
});
const pendingSchema = z.strictObject(pageFields);
const revokeSchema = z.strictObject({ requesting_user_id: idField.nullish() });
const placeSchema = z.object({ organizationId: idField });
const pathSchema = z.object({ organizationId: idField, invitationId: idField });

/** `/v1/organizations/{id}/invitations` and `/v1/organization_invitations`. */
export function organizationInvitationRoutes(
  { world, rateLimits }: Service,
  app: FastifyInstance,
): void {
  const base = '/v1/organizations/:organizationId/invitations';

  async function list(
    filter: InvitationFilter,
    page: { limit: number; offset: number; order_by?: string | undefined },
  ) {
    const now = world.clock.now();
    const { limit, offset, order_by: by = '-created_at' } = page;
    const { invitations } = world.store.latestLists;
    const found = await invitations.list(
      filter,
      { limit, offset, ...readInvitationOrder(by) },
      now,
    );
    return { found, total_count: await invitations.count(filter, now) };
  }

  const presentIssued = (request: FastifyRequest, issued: readonly IssuedInvitation[]) =>
    Promise.all(
      issued.map((each) => presentIssuedMemberInvitation(world, each, isLinkTold(request))),
    );

  app.post(base, async (request) => {
    const { organizationId } = parse(placeSchema, request.params);
    const body = parse(createSchema, request.body);
    refuseLostLinks(request, [body]);
    await rateLimits.count('create_organization_invitation');
    const issued = await inviteToOrganization(world, organizationId, [body]);
    return (await presentIssued(request, issued))[0];
  });

  app.post(`${base}/bulk`, async (request) => {
    const { organizationId } = parse(placeSchema, request.params);
    const bodies = parse(bulkSchema, request.body);
    refuseLostLinks(request, bodies);
    await rateLimits.count('create_organization_invitations');
    const issued = await inviteToOrganization(world, organizationId, bodies);
    const data = await presentIssued(request, issued);
    return { data, total_count: data.length };
  });

  app.get(base, async (request, reply) => {
    const query = parse(listSchema, request.query);
    const { id } = await getOrganization(world, parse(placeSchema, request.params).organizationId);
    const filter = {
      organization: { id },
      statuses: query.status,
      emailAddresses: query.email_address,
    };
    const { found, total_count } = await list(filter, query);
    const data = await mapInTurns(found, (each) => presentMemberInvitation(world, each));
    return answerAtLength(reply, { data, total_count });
  });

  app.get(`${base}/pending`, async (request, reply) => {
    const query = parse(pendingSchema, request.query);
    const { id } = await getOrganization(world, parse(placeSchema, request.params).organizationId);
    const { found, total_count } = await list(
      { organization: { id }, statuses: ['pending'] },
      query,
    );
    const data = await mapInTurns(found, (each) => presentMemberInvitation(world, each));
    return answerAtLength(reply, { data, total_count });
  });

  app.get(`${base}/:invitationId`, async (request) => {
    const { organizationId, invitationId } = parse(pathSchema, request.params);
    return presentMemberInvitation(
      world,
      await getMemberInvitation(world, organizationId, invitationId),
    );
  });

  app.post(`${base}/:invitationId/revoke`, async (request) => {
    const { organizationId, invitationId } = parse(pathSchema, request.params);
    const { requesting_user_id: requesterId } = parse(revokeSchema, request.body);
    const revoked = await revokeMemberInvitation(
      world,
      organizationId,
      invitationId,
      requesterId ?? undefined,
    );
    return presentMemberInvitation(world, revoked);
  });

  app.get('/v1/organization_invitations', async (request, reply) => {
    const query = parse(allSchema, request.query);
    requireOrganizations(world);
    const filter = { organization: 'any', statuses: query.status, query: query.query } as const;
    const { found, total_count } = await list(filter, query);
    const data = await mapInTurns(found, (each) => presentPlacedInvitation(world, each));
    return answerAtLength(reply, { data, total_count });
  });
}
