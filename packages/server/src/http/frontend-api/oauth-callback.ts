import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../../domain/client/identify.ts';
import { finishVisit, type VisitEnd } from '../../domain/enterprise/finish-visit.ts';
import { passOnAnswer } from '../../domain/enterprise/pass-on.ts';
import { notFound } from '../../domain/refusal.ts';
import { readWebAddress } from '../../domain/web-address.ts';
import { readCaller, readCallerLeniently } from '../caller.ts';
import { describeCause } from '../errors.ts';
import { messagesFor } from '../messages/choose.ts';
import { parse } from '../parse.ts';
import { plainPage } from '../plain-page.ts';
import { cameByProxyPath, proxyPrefix } from '../request-url.ts';
import type { Service } from '../service.ts';
import { adoptIdentity, envelope } from './answer.ts';
import { requiredField } from './fields.ts';

const path = '/v1/oauth_callback';
const answerSchema = z.looseObject({ state: z.string().min(1).max(500) });

const handInSchema = z.object({ query: requiredField(4096) });

/**
 * `/v1/oauth_callback`: where identity providers send a person back to. In development a page
 * of another site hands their answer in at `/v1/client/oauth_callback`.
 */
export function oauthCallbackRoutes(service: Service, app: FastifyInstance): void {
  const { world } = service;

  // A HEAD would spend the visit, and answer nobody.
  app.get(path, { exposeHeadRoute: false }, async (request, reply) => {
    const answer = answerSchema.safeParse(request.query);
    const caller = await readCallerLeniently(service, request);
    const query = request.url.slice(request.url.indexOf('?'));
    const given = answer.success ? { state: answer.data.state, query } : undefined;
    const elsewhere = given && (await passOnAnswer(world, caller, given));
    if (elsewhere !== undefined) return reply.redirect(elsewhere, 303);
    const end = given && (await finishVisit(world, caller, given));
    if (!end) {
      const messages = messagesFor(request);
      return plainPage(reply, 400, messages, messages.signInOver);
    }
    logFailure(request, end);
    if (end.progress) adoptIdentity(service, request, reply, caller, end.progress);
    return reply.redirect(new URL(end.destination).href, 303);
  });

  app.post('/v1/client/oauth_callback', async (request, reply) => {
    const { query } = parse(handInSchema, request.body);
    const caller = await readCaller(service, request);
    const state = new URLSearchParams(query).get('state') ?? '';
    const end = await finishVisit(world, caller, { state, query });
    if (!end) throw notFound('visit');
    logFailure(request, end);
    const clientId = adoptIdentity(service, request, reply, caller, end.progress ?? {});
    return envelope(service, caller, null, clientId);
  });
}

function logFailure({ log }: FastifyRequest, { failure }: VisitEnd): void {
  if (!failure) return;
  const { code, cause } = failure;
  const told = { code, cause: cause === undefined ? undefined : describeCause(cause) };
  log.warn(told, 'enterprise sign-in failed');
}

/**
 * Where a provider shall send this person back to: the address under which the browser's
 * cookies reach us, which is below the application's own origin where that passes us on.
 */
export function callbackUrlFor(
  { world }: Service,
  request: FastifyRequest,
  { origin }: Caller,
): string {
  const { publicUrl } = world.instance;
  const isElsewhere = origin !== undefined && origin !== readWebAddress(publicUrl).origin;
  return cameByProxyPath(request) && isElsewhere
    ? `${origin}${proxyPrefix}${path}`
    : `${publicUrl}${path}`;
}
