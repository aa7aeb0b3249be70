import type { FastifyInstance } from 'fastify';
import { clearClientCookie, giveClientToken, giveClientUpdate, readCaller } from '../caller.ts';
import { clientToken, draftClient } from '../../domain/client/client.ts';
import { createDevBrowser } from '../../domain/client/dev-browser.ts';
import { Refusal } from '../../domain/refusal.ts';
import { endAll, signOutClient } from '../../domain/session/sign-out.ts';
import type { Service } from '../service.ts';
import { greet, readClient } from './answer.ts';

/** `/v1/client` and `/v1/dev_browser`. */
export function clientRoutes(service: Service, app: FastifyInstance): void {
  const { world } = service;

  app.get('/v1/client', async (request, reply) => {
    const caller = await readCaller(service, request);
    greet(service, request, reply, caller);
    return { response: await readClient(service, caller), client: null };
  });

  for (const method of ['PUT', 'POST'] as const) {
    app.route({
      method,
      url: '/v1/client',
      handler: async (request, reply) => {
        const caller = await readCaller(service, request);
        if (caller.client) {
          const known = clientToken(world, caller.client.id);
          giveClientToken(service, request, reply, known);
          return { response: await readClient(service, caller), client: null };
        }
        // Only what writes a client is counted: who has one may ask for it again.
        await service.rateLimits.count('create_client', { address: request.callerAddress });
        const { client, token } = draftClient(world, caller.presentedHash);
        await world.store.clients.create(client);
        if (caller.devBrowserHash)
          await world.store.devBrowsers.point(caller.devBrowserHash, client.id);
        giveClientToken(service, request, reply, token);
        return { response: await readClient(service, caller, client.id), client: null };
      },
    });
  }

  app.delete('/v1/client', async (request, reply) => {
    const caller = await readCaller(service, request);
    await endAll(world, caller);
    giveClientUpdate(service, reply, undefined);
    clearClientCookie(service, request, reply);
    return { response: null, client: null };
  });

  // Keeps the cookie, so that the browser stays the same client.
  app.delete('/v1/client/sessions', async (request, reply) => {
    const caller = await readCaller(service, request);
    await signOutClient(world, caller);
    const response = await readClient(service, caller);
    const isSomebodyLeft = response !== null && response.sessions.length > 0;
    giveClientUpdate(service, reply, isSomebodyLeft ? world.clock.now() : undefined);
    return { response, client: null };
  });

  app.post('/v1/dev_browser', async (_request, reply) => {
    if (world.instance.type === 'production') {
      throw new Refusal('request_invalid_for_instance', 'Dev browsers exist in development only.');
    }
    const token = await createDevBrowser(world);
    reply.header('clerk-db-jwt', token.reveal());
    return { object: 'dev_browser', id: token.reveal(), token: token.reveal() };
  });
}
