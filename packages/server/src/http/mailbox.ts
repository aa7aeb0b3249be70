import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { notFound } from '../domain/refusal.ts';
import { refuseForeignOrigin } from './origin-check.ts';
import { parse } from './parse.ts';
import { sendPage } from './hosted-pages.ts';
import type { Service } from './service.ts';

const pathSchema = z.object({ mailId: z.string().min(1).max(100) });

/** `/mailbox`: the mails that a development instance kept. In production there is none. */
export function mailboxRoutes(service: Service, app: FastifyInstance): void {
  const { world } = service;
  if (world.instance.type === 'production') return;

  app.get('/mailbox', async (request, reply) => sendPage(service, request, reply));

  app.get('/mailbox/messages', async () => {
    const mails = await world.store.mailbox.list();
    return {
      data: mails.map(({ id, to, subject, text, createdAt }) => ({
        id,
        to,
        subject,
        text,
        created_at: createdAt,
      })),
    };
  });

  app.delete('/mailbox/messages', async (request, reply) => {
    refuseForeignOrigin(world, request);
    await world.store.mailbox.clear();
    return reply.code(204).send();
  });

  // In a sandboxed frame: what a mail brings along can neither run nor load.
  app.get('/mailbox/messages/:mailId/html', async (request, reply) => {
    const mail = await world.store.mailbox.find(parse(pathSchema, request.params).mailId);
    if (!mail) throw notFound('mail');
    return reply
      .type('text/html; charset=utf-8')
      .header(
        'content-security-policy',
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
      )
      .send(mail.html);
  });
}
