import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { finishHandover, startHandover } from '../../domain/handshake/handover.ts';
import { refuseForeignDestination } from '../../domain/instance/destination.ts';
import { isAllowedDestination } from '../../domain/instance/origins.ts';
import { readCaller } from '../caller.ts';
import { messagesFor } from '../messages/choose.ts';
import { parse } from '../parse.ts';
import { plainPage } from '../plain-page.ts';
import type { Service } from '../service.ts';
import { requiredField } from './fields.ts';

const startSchema = z.object({
  redirect_url: requiredField(4096),
  code_challenge: requiredField(100),
});
const finishSchema = z.object({ code: requiredField(100), code_verifier: requiredField(200) });
const redirectSchema = z.object({ redirect_url: requiredField(4096) });

/** The parameter in which a page of another site finds the code. */
const handoverParameter = '__willcall_handover';

/**
 * `/v1/client/handover` brings a session to a page of another site, in development;
 * `/v1/client/redirect` sends a person on to an origin of the allow-list.
 */
export function handoverRoutes(service: Service, app: FastifyInstance): void {
  const { world } = service;

  app.get('/v1/client/handover', async (request, reply) => {
    const query = parse(startSchema, request.query);
    refuseForeignDestination(world, 'redirect_url', query.redirect_url);
    const destination = new URL(query.redirect_url);
    const { client } = await readCaller(service, request);
    const target = { origin: destination.origin, challenge: query.code_challenge };
    const code = await startHandover(world, client?.id, target);
    // Without a client there is nothing to hand over; the page goes on as it is.
    destination.searchParams.set(handoverParameter, code?.reveal() ?? 'none');
    return reply.redirect(destination.href, 303);
  });

  app.post('/v1/client/handover', async (request) => {
    const body = parse(finishSchema, request.body);
    const input = { code: body.code, verifier: body.code_verifier, origin: request.headers.origin };
    const { devBrowser } = await finishHandover(world, input);
    return { response: { dev_browser: devBrowser.reveal() }, client: null };
  });

  app.get('/v1/client/redirect', async (request, reply) => {
    const { redirect_url: redirectUrl } = parse(redirectSchema, request.query);
    if (isAllowedDestination(world.instance, redirectUrl)) {
      return reply.redirect(new URL(redirectUrl).href, 303);
    }
    const messages = messagesFor(request);
    return plainPage(reply, 400, messages, messages.foreignAddress);
  });
}
