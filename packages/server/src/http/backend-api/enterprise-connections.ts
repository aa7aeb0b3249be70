import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { getConnection } from '../../domain/enterprise/connection.ts';
import {
  createConnection,
  removeConnection,
  updateConnection,
} from '../../domain/enterprise/save.ts';
import { Secret } from '../../domain/secret.ts';
import { connectionFields } from '../../settings-file.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { presentConnection } from '../wire/enterprise-connections.ts';
import { flagField, idField, pageFields } from './fields.ts';

const { name, domains, discovery_url: discoveryUrl, client_id: clientId } = connectionFields;

const oidcFields = {
  discovery_url: discoveryUrl,
  client_id: clientId,
  client_secret: z.string().min(1).max(2000).nullish(),
  // Every visit has it.
  requires_pkce: z.literal(true).nullish(),
};

const createSchema = z.strictObject({
  name,
  provider: z.literal('oidc_custom'),
  domains,
  active: z.boolean().nullish(),
  oidc: z.strictObject(oidcFields),
});

const updateSchema = z.strictObject({
  name: name.nullish(),
  // As on the wire: an empty list changes nothing.
  domains: z.array(domains.element).max(100).nullish(),
  active: z.boolean().nullish(),
  oidc: z
    .strictObject({
      ...oidcFields,
      discovery_url: discoveryUrl.nullish(),
      client_id: clientId.nullish(),
    })
    .nullish(),
});

const listSchema = z.strictObject({ ...pageFields, active: flagField.optional() });
const pathSchema = z.object({ connectionId: idField });

/** `/v1/enterprise_connections`: identity providers by OpenID Connect. */
export function enterpriseConnectionRoutes({ world }: Service, app: FastifyInstance): void {
  const idOf = (params: unknown) => parse(pathSchema, params).connectionId;

  app.post('/v1/enterprise_connections', async (request, reply) => {
    const body = parse(createSchema, request.body);
    const connection = await createConnection(world, {
      name: body.name,
      domains: body.domains,
      discoveryUrl: body.oidc.discovery_url,
      oidcClientId: body.oidc.client_id,
      oidcSecret: readSecret(body.oidc.client_secret),
      isActive: body.active ?? false,
    });
    return reply.code(201).send(presentConnection(connection));
  });

  app.get('/v1/enterprise_connections', async (request) => {
    const { limit, offset, active: isActive } = parse(listSchema, request.query);
    const all = await world.store.enterpriseConnections.list({ isActive });
    return {
      data: all.slice(offset, offset + limit).map(presentConnection),
      total_count: all.length,
    };
  });

  app.get('/v1/enterprise_connections/:connectionId', async (request) =>
    presentConnection(await getConnection(world, idOf(request.params))),
  );

  app.patch('/v1/enterprise_connections/:connectionId', async (request) => {
    const { oidc, ...body } = parse(updateSchema, request.body);
    const change = {
      ...(body.name && { name: body.name }),
      ...(body.domains && body.domains.length > 0 && { domains: body.domains }),
      ...(typeof body.active === 'boolean' && { isActive: body.active }),
      ...(oidc?.discovery_url && { discoveryUrl: oidc.discovery_url }),
      ...(oidc?.client_id && { oidcClientId: oidc.client_id }),
      ...(oidc?.client_secret && { oidcSecret: readSecret(oidc.client_secret) }),
    };
    return presentConnection(await updateConnection(world, idOf(request.params), change));
  });

  app.delete('/v1/enterprise_connections/:connectionId', async (request) => {
    const id = idOf(request.params);
    await removeConnection(world, id);
    return { object: 'enterprise_connection', id, deleted: true };
  });
}

function readSecret(text: string | null | undefined): Secret | undefined {
  return text ? new Secret(text) : undefined;
}
