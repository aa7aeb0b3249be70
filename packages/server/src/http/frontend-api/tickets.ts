import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { findInvitation } from '../../domain/invitation/find.ts';
import { invitationDestination } from '../../domain/invitation/link.ts';
import { Secret } from '../../domain/secret.ts';
import { signInLink } from '../../domain/sign-in-token/link.ts';
import { findTicketHolder } from '../../domain/sign-in-token/redeem.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { requiredField } from './fields.ts';

const querySchema = z.object({ ticket: requiredField(1000) });

/** `/v1/tickets/accept`: the link of the wire. Changes nothing, so that a mail scanner spends nothing. */
export function ticketRoutes({ world }: Service, app: FastifyInstance): void {
  app.get('/v1/tickets/accept', async (request, reply) => {
    const { ticket } = parse(querySchema, request.query);
    const invitation = await findInvitation(world, ticket);
    if (invitation)
      return reply.redirect(
        await invitationDestination(world, invitation, new Secret(ticket)),
        303,
      );
    // What is no ticket goes to the sign-in page as well, which tells the person so.
    const token = await findTicketHolder(world, ticket);
    return reply.redirect(signInLink(world, token, new Secret(ticket)), 303);
  });
}
