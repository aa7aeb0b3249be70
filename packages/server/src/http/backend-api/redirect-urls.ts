import type { RedirectUrlJSON } from '@willcall/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  addRedirectUrl,
  getRedirectUrl,
  type RedirectUrl,
  removeRedirectUrl,
} from '../../domain/instance/redirect-url.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { flagField, idField, pageFields } from './fields.ts';

const createSchema = z.strictObject({ url: z.string().min(1).max(2048) });
const listSchema = z.strictObject({ ...pageFields, paginated: flagField.optional() });
const pathSchema = z.object({ id: idField });

/** `/v1/redirect_urls`. */
export function redirectUrlRoutes({ world }: Service, app: FastifyInstance): void {
  app.get('/v1/redirect_urls', async (request) => {
    const { paginated, limit, offset } = parse(listSchema, request.query);
    const all = (await world.store.redirectUrls.list()).map(present);
    const data = all.slice(offset, offset + limit);
    return paginated ? { data, total_count: all.length } : data;
  });

  app.post('/v1/redirect_urls', async (request) => {
    const { url } = parse(createSchema, request.body);
    return present(await addRedirectUrl(world, url));
  });

  app.get('/v1/redirect_urls/:id', async (request) =>
    present(await getRedirectUrl(world, parse(pathSchema, request.params).id)),
  );

  app.delete('/v1/redirect_urls/:id', async (request) => {
    const { id } = parse(pathSchema, request.params);
    await removeRedirectUrl(world, id);
    return { object: 'redirect_url', id, deleted: true };
  });
}

function present(redirectUrl: RedirectUrl): RedirectUrlJSON {
  return {
    object: 'redirect_url',
    id: redirectUrl.id,
    url: redirectUrl.url,
    created_at: redirectUrl.createdAt,
    updated_at: redirectUrl.createdAt,
  };
}
