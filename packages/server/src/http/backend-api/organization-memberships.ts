import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { getOrganization, requireOrganizations } from '../../domain/organization/find.ts';
import { addMember, changeMember, removeMember } from '../../domain/organization/members.ts';
import type { MembershipFilter, PlacedMembership } from '../../domain/organization/organization.ts';
import { parseRole } from '../../domain/organization/roles.ts';
import { mergeDeep, mergeKinds } from '../../domain/metadata.ts';
import { getUser } from '../../domain/user/update.ts';
import { mapInTurns } from '../../domain/turns.ts';
import { answerAtLength } from '../long-answers.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { presentBackendMembership } from '../wire/organizations.ts';
import { idField, listField, metadataField, pageFields } from './fields.ts';
import { orderField } from './invitation-fields.ts';

const roleField = z.string().min(1).max(100);

const createSchema = z.strictObject({
  user_id: idField,
  role: roleField,
  public_metadata: metadataField.nullish(),
  private_metadata: metadataField.nullish(),
});

const listSchema = z.strictObject({
  ...pageFields,
  order_by: orderField(['created_at']),
  user_id: listField.optional(),
  role: listField.optional(),
});

const metadataSchema = z.strictObject({
  public_metadata: metadataField.optional(),
  private_metadata: metadataField.optional(),
});

const updateSchema = z.strictObject({ role: roleField });
const ofUserSchema = z.strictObject(pageFields);
const placeSchema = z.object({ organizationId: idField });
const pathSchema = z.object({ organizationId: idField, userId: idField });

/** `/v1/organizations/{id}/memberships` and `/v1/users/{id}/organization_memberships`. */
export function organizationMembershipRoutes({ world }: Service, app: FastifyInstance): void {
  const base = '/v1/organizations/:organizationId/memberships';
  const present = async (placed: PlacedMembership) =>
    presentBackendMembership(world, placed, await getUser(world, placed.membership.userId));

  async function list(
    filter: MembershipFilter,
    page: { limit: number; offset: number; isNewestFirst: boolean },
  ) {
    const { memberships } = world.store.latestLists;
    const found = await memberships.list(filter, page);
    const data = await mapInTurns(found, present);
    return { data, total_count: await memberships.count(filter) };
  }

  app.post(base, async (request) => {
    const { organizationId } = parse(placeSchema, request.params);
    const body = parse(createSchema, request.body);
    const added = await addMember(world, {
      organizationId,
      userId: body.user_id,
      role: parseRole(body.role),
      publicMetadata: body.public_metadata ?? undefined,
      privateMetadata: body.private_metadata ?? undefined,
    });
    return present(added);
  });

  app.get(base, async (request, reply) => {
    const query = parse(listSchema, request.query);
    const { id } = await getOrganization(world, parse(placeSchema, request.params).organizationId);
    const { limit, offset, order_by: order, user_id: userIds, role: roles } = query;
    const found = await list(
      { organizationId: id, userIds, roles },
      { limit, offset, isNewestFirst: order.startsWith('-') },
    );
    return answerAtLength(reply, found);
  });

  app.get('/v1/users/:userId/organization_memberships', async (request, reply) => {
    const page = parse(ofUserSchema, request.query);
    requireOrganizations(world);
    const { id } = await getUser(
      world,
      parse(z.object({ userId: idField }), request.params).userId,
    );
    return answerAtLength(reply, await list({ userIds: [id] }, { ...page, isNewestFirst: true }));
  });

  app.patch(`${base}/:userId`, async (request) => {
    const { organizationId, userId } = parse(pathSchema, request.params);
    const { role } = parse(updateSchema, request.body);
    return present(
      await changeMember(world, organizationId, userId, () => ({ role: parseRole(role) })),
    );
  });

  app.patch(`${base}/:userId/metadata`, async (request) => {
    const { organizationId, userId } = parse(pathSchema, request.params);
    const body = parse(metadataSchema, request.body);
    const update = { publicMetadata: body.public_metadata, privateMetadata: body.private_metadata };
    return present(
      await changeMember(world, organizationId, userId, (membership) =>
        mergeKinds(membership, update, mergeDeep),
      ),
    );
  });

  app.delete(`${base}/:userId`, async (request) => {
    const { organizationId, userId } = parse(pathSchema, request.params);
    return present(await removeMember(world, organizationId, userId));
  });
}
