import type { DeletedObjectJSON } from '@willcall/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { createOrganization } from '../../domain/organization/create.ts';
import { getOrganization, requireOrganizations } from '../../domain/organization/find.ts';
import type { OrganizationPage } from '../../domain/organization/organization.ts';
import {
  deleteOrganization,
  mergeOrganizationMetadata,
  updateOrganization,
} from '../../domain/organization/update.ts';
import { mapInTurns } from '../../domain/turns.ts';
import { answerAtLength } from '../long-answers.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { presentBackendOrganization } from '../wire/organizations.ts';
import {
  flagField,
  idField,
  listField,
  metadataField,
  pageFields,
  refuseFuture,
} from './fields.ts';
import { orderField } from './invitation-fields.ts';
import { listsFor } from './lists.ts';

const nameField = z.string().trim().min(1).max(256);
const slugField = z
  .string()
  .max(100)
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'lower-case letters and digits, with single dashes between them',
  );
const seatsField = z.int().min(0).max(1_000_000_000);
const momentField = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const createSchema = z.strictObject({
  name: nameField,
  slug: slugField.nullish(),
  created_by: idField.nullish(),
  max_allowed_memberships: seatsField.nullish(),
  public_metadata: metadataField.nullish(),
  private_metadata: metadataField.nullish(),
  created_at: momentField.nullish(),
});

const updateSchema = z.strictObject({
  name: nameField.nullish(),
  slug: slugField.nullish(),
  max_allowed_memberships: seatsField.nullish(),
  created_at: momentField.nullish(),
});

const metadataSchema = z.strictObject({
  public_metadata: metadataField.optional(),
  private_metadata: metadataField.optional(),
});

const listSchema = z.strictObject({
  ...pageFields,
  query: z.string().max(320).optional(),
  user_id: listField.optional(),
  organization_id: listField.optional(),
  // Counting them is cheap: the answer always holds the number.
  include_members_count: flagField.optional(),
  order_by: orderField(['name', 'created_at', 'members_count']),
});

const getSchema = z.strictObject({ include_members_count: flagField.optional() });
const pathSchema = z.object({ organizationId: idField });

/** `/v1/organizations`. An organization is named by its id or its slug. */
export function organizationRoutes({ world }: Service, app: FastifyInstance): void {
  const idOf = (params: unknown) => parse(pathSchema, params).organizationId;

  app.get('/v1/organizations', async (request, reply) => {
    const query = parse(listSchema, request.query);
    requireOrganizations(world);
    const filter = { query: query.query, userIds: query.user_id, ids: query.organization_id };
    const page = {
      limit: query.limit,
      offset: query.offset,
      orderBy: query.order_by.replace(/^[+ -]/, '') as OrganizationPage['orderBy'],
      isAscending: !query.order_by.startsWith('-'),
    };
    const { organizations } = listsFor(world, request);
    const found = await organizations.list(filter, page);
    const data = await mapInTurns(found, (each) => presentBackendOrganization(world, each));
    return answerAtLength(reply, { data, total_count: await organizations.count(filter) });
  });

  app.post('/v1/organizations', async (request) => {
    const body = parse(createSchema, request.body);
    refuseFuture(world.clock.now(), body);
    const created = await createOrganization(world, {
      name: body.name,
      slug: body.slug ?? undefined,
      createdBy: body.created_by ?? undefined,
      maxAllowedMemberships: body.max_allowed_memberships ?? undefined,
      publicMetadata: body.public_metadata ?? undefined,
      privateMetadata: body.private_metadata ?? undefined,
      createdAt: body.created_at ?? undefined,
    });
    return presentBackendOrganization(world, created);
  });

  app.get('/v1/organizations/:organizationId', async (request) => {
    parse(getSchema, request.query);
    return presentBackendOrganization(world, await getOrganization(world, idOf(request.params)));
  });

  app.patch('/v1/organizations/:organizationId', async (request) => {
    const body = parse(updateSchema, request.body);
    refuseFuture(world.clock.now(), body);
    const { name, slug, max_allowed_memberships: seats, created_at: createdAt } = body;
    const changed = await updateOrganization(world, idOf(request.params), {
      ...(name && { name }),
      ...(slug && { slug }),
      ...(typeof seats === 'number' && { maxAllowedMemberships: seats }),
      ...(typeof createdAt === 'number' && { createdAt }),
    });
    return presentBackendOrganization(world, changed);
  });

  app.delete('/v1/organizations/:organizationId', async (request): Promise<DeletedObjectJSON> => {
    const id = await deleteOrganization(world, idOf(request.params));
    return { object: 'organization', id, deleted: true };
  });

  app.patch('/v1/organizations/:organizationId/metadata', async (request) => {
    const body = parse(metadataSchema, request.body);
    const changed = await mergeOrganizationMetadata(world, idOf(request.params), {
      publicMetadata: body.public_metadata,
      privateMetadata: body.private_metadata,
    });
    return presentBackendOrganization(world, changed);
  });

  app.put('/v1/organizations/:organizationId/metadata', async (request) => {
    const body = parse(metadataSchema, request.body);
    const changed = await updateOrganization(world, idOf(request.params), {
      ...(body.public_metadata && { publicMetadata: body.public_metadata }),
      ...(body.private_metadata && { privateMetadata: body.private_metadata }),
    });
    return presentBackendOrganization(world, changed);
  });
}
