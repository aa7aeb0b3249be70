import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Client } from '../../domain/client/client.ts';
import { identifyClient } from '../../domain/client/identify.ts';
import { takeHandshake } from '../../domain/handshake/handshake.ts';
import { notFound, Refusal } from '../../domain/refusal.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { presentBackendSession } from '../wire/sessions.ts';
import { idField } from './fields.ts';

const pathSchema = z.object({ clientId: idField });
const verifySchema = z.strictObject({ token: z.string().min(1).max(8192) });
const nonceSchema = z.object({ nonce: z.string().min(1).max(200) });

/** `/v1/clients`. */
export function clientRoutes({ world }: Service, app: FastifyInstance): void {
  app.get('/v1/clients/handshake_payload', async (request) => {
    const { nonce } = parse(nonceSchema, request.query);
    return { directives: await takeHandshake(world, nonce) };
  });

  app.get('/v1/clients/:clientId', async (request) => {
    const client = await world.store.clients.find(parse(pathSchema, request.params).clientId);
    if (!client) throw notFound('client');
    return present(client);
  });

  app.post('/v1/clients/verify', async (request) => {
    const { token } = parse(verifySchema, request.body);
    const { client } = await identifyClient(world, {
      clientToken: token,
      devBrowserToken: undefined,
    });
    if (!client) throw new Refusal('authentication_invalid', 'This client token is not known.');
    return present(client);
  });

  async function present(client: Client) {
    const live = await world.store.sessions.listLive(client.id, world.clock.now());
    return {
      object: 'client',
      id: client.id,
      session_ids: live.map(({ session }) => session.id),
      sessions: live.map(({ session }) => presentBackendSession(world, session)),
      sign_in_id: client.signInId ?? null,
      sign_up_id: client.signUpId ?? null,
      last_active_session_id: client.lastActiveSessionId ?? null,
      last_authentication_strategy: client.lastAuthenticationStrategy ?? null,
      updated_at: client.updatedAt,
      created_at: client.createdAt,
    };
  }
}
