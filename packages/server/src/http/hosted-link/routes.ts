import { urlParameters } from '@willcall/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../../domain/client/identify.ts';
import { RateLimited } from '../../domain/rate-limit/require-permit.ts';
import { Refusal } from '../../domain/refusal.ts';
import { confirmationOf } from '../../domain/sign-in-token/confirmation.ts';
import { mayGoOnAtOnce, writeQuestion } from '../../domain/sign-in-token/question.ts';
import { readFormBodies } from '../bodies.ts';
import { readCallerAddress } from '../caller-address.ts';
import { readCallerLeniently } from '../caller.ts';
import { adoptIdentity, greet } from '../frontend-api/answer.ts';
import { sendPage } from '../hosted-pages.ts';
import { messagesFor } from '../messages/choose.ts';
import type { PageMessages } from '../messages/page-messages.ts';
import { refuseOtherSite } from '../origin-check.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { html } from './document.ts';
import { confirmLink, requireLink, targetOf } from './confirm.ts';
import { forgetLink, isFormOf, keepLink, type OpenedLink, readLink } from './cookie.ts';
import { sendQuestion } from './question-page.ts';
import { explainRefusal, sendRefusal } from './refusal-page.ts';
import { goOnScript, linkStyle } from './style.ts';

const linkSchema = z.looseObject({
  [urlParameters.ticket]: z.string().min(1).max(1000),
  [urlParameters.ticketStatus]: z.enum(['sign_in', 'sign_up', 'complete']).optional(),
});

const formSchema = z.object({
  nonce: z.string().max(100),
  action: z.enum(['continue', 'switch', 'add', 'cancel', 'at_once']),
});

/**
 * `/sign-in/**`, `/sign-up/**`: a link whose person must be asked is taken out of the address at once and
 * asked about on `/sign-in/confirm`, without any script. Everything else is the page that
 * shows all hosted pages.
 */
export function hostedLinkRoutes(service: Service) {
  const { world } = service;
  return async function register(app: FastifyInstance): Promise<void> {
    readFormBodies(app);
    app.decorateRequest('callerAddress', '');
    app.addHook('onRequest', async (request) => {
      request.callerAddress = await readCallerAddress(world, request);
    });
    for (const path of ['/sign-in', '/sign-in/*', '/sign-up', '/sign-up/*'])
      app.get(path, async (request, reply) => openLink(service, request, reply));

    app.get('/sign-in/confirm', async (request, reply) => {
      const messages = messagesFor(request);
      const link = readLink(service, request);
      if (!link) return sendLinkOver(service, reply, messages);
      return tellRefusal(service, reply, messages, async () => {
        const caller = await readCallerLeniently(service, request);
        greet(service, request, reply, caller);
        return ask(service, reply, messages, { caller, link });
      });
    });

    app.post('/sign-in/confirm', async (request, reply) => {
      refuseOtherSite(world, request);
      const { nonce, action } = parse(formSchema, request.body);
      const link = readLink(service, request);
      const messages = messagesFor(request);
      if (!link || !isFormOf(link, nonce)) return sendLinkOver(service, reply, messages);
      if (action === 'cancel') {
        forgetLink(service, reply);
        return reply.redirect(world.instance.settings.homeUrl ?? '/', 303);
      }
      return tellRefusal(service, reply, messages, async () => {
        await service.rateLimits.count('redeem_ticket', { address: request.callerAddress });
        const caller = await readCallerLeniently(service, request);
        const end = await confirmLink(world, caller, link.ticket, action);
        // Somebody signed in since the page was drawn: it asks anew.
        if (!end) return ask(service, reply, messages, { caller, link });
        if (end.isOver) forgetLink(service, reply);
        if (end.progress) adoptIdentity(service, request, reply, caller, end.progress);
        return reply.redirect(end.next, 303);
      });
    });

    app.get('/_willcall/link.css', async (_request, reply) =>
      reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(linkStyle),
    );
    app.get('/_willcall/go-on.js', async (_request, reply) =>
      reply
        .type('text/javascript; charset=utf-8')
        .header('cache-control', 'no-cache')
        .send(goOnScript),
    );
  };
}

/** A link that cannot go on is shown by the page for all, which sends the ticket and tells why. */
async function openLink(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const query = linkSchema.safeParse(request.query);
  const ticket = query.data?.[urlParameters.ticket];
  if (ticket === undefined || !(await mustAsk(service, request, ticket)))
    return sendPage(service, request, reply);
  const caller = await readCallerLeniently(service, request);
  keepLink(service, reply, ticket);
  greet(service, request, reply, caller);
  return reply.header('referrer-policy', 'no-referrer').redirect('/sign-in/confirm', 303);
}

/** Whether the person of a link must be asked here: it is good, and pages ask; or somebody else is signed in. */
async function mustAsk(
  service: Service,
  request: FastifyRequest,
  ticket: string,
): Promise<boolean> {
  const { world } = service;
  const caller = await readCallerLeniently(service, request);
  const found = await requireLink(world, caller, ticket).catch((error: unknown) => {
    if (error instanceof Refusal) return undefined;
    throw error;
  });
  if (!found) return false;
  const { signed_in_as: other } = await writeQuestion(world, caller, found.link, found.holder);
  return confirmationOf(world, found.link) !== 'none' || other !== null;
}

async function ask(
  service: Service,
  reply: FastifyReply,
  messages: PageMessages,
  { caller, link }: { readonly caller: Caller; readonly link: OpenedLink },
): Promise<FastifyReply> {
  const { world } = service;
  const { ticket, nonce } = link;
  const found = await requireLink(world, caller, ticket);
  if (!found) return sendLinkOver(service, reply, messages);
  const question = await writeQuestion(world, caller, found.link, found.holder);
  return sendQuestion(reply, {
    messages,
    applicationName: world.instance.settings.applicationName,
    ...{ question, nonce, target: targetOf(world, found.link) },
    isAtOnce:
      question.signed_in_as === null &&
      confirmationOf(world, found.link) === 'auto' &&
      (await mayGoOnAtOnce(world, caller, found.link, found.holder)),
  });
}

/** The page was open too long, or another link was opened since. */
function sendLinkOver(service: Service, reply: FastifyReply, messages: PageMessages): FastifyReply {
  const code = 'ticket_continuation_expired';
  return sendRefusal(service, reply, messages, html`${messages.link.over}`, { code });
}

/** A navigation shows a page, also where something is refused. */
async function tellRefusal(
  service: Service,
  reply: FastifyReply,
  messages: PageMessages,
  go: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await go();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error instanceof RateLimited) reply.header('retry-after', error.retryAfterSeconds);
    return sendRefusal(service, reply, messages, explainRefusal(messages, error), error);
  }
}
