import type { ClientJSON, Enveloped } from '@willcall/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Client, draftPreSessionToken } from '../../domain/client/client.ts';
import type { Caller } from '../../domain/client/identify.ts';
import type { Secret } from '../../domain/secret.ts';
import type { OpenedSession } from '../../domain/session/open.ts';
import { giveClientToken, giveClientUpdate, giveDeviceToken } from '../caller.ts';
import type { Service } from '../service.ts';
import { presentClient, presentHeld } from '../wire/clients.ts';

/** What a step did to the browser's identity: a session opened, or a client was made for it. */
export interface Identity {
  readonly opened?: OpenedSession | undefined;
  readonly newClient?: { readonly client: Client; readonly token: Secret } | undefined;
}

/**
 * The resource, and the client as it now stands: SDKs replace theirs by it.
 *
 * @param opened what has just been opened in it
 */
export async function envelope<Resource>(
  service: Service,
  caller: Caller,
  resource: Resource,
  clientId = caller.client?.id,
  opened?: OpenedSession,
): Promise<Enveloped<Resource>> {
  const client = opened?.alone
    ? await presentHeld(
        service.world,
        { client: opened.client, sessions: [{ session: opened.session, ...opened.alone }] },
        caller.origin,
      )
    : await readClient(service, caller, clientId);
  return { response: resource, client };
}

/** The client of this id as it now stands; `null` without one. */
export async function readClient(
  service: Service,
  caller: Caller,
  clientId = caller.client?.id,
): Promise<ClientJSON | null> {
  return clientId === undefined ? null : presentClient(service.world, clientId, caller.origin);
}

/**
 * Makes the browser known by what a step answered, and answers the id of its client. The
 * client token is the last cookie.
 */
export function adoptIdentity(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
  caller: Caller,
  { opened, newClient }: Identity,
): string | undefined {
  const known = opened
    ? { id: opened.client.id, updatedAt: opened.client.updatedAt, token: opened.clientToken }
    : newClient && { id: newClient.client.id, updatedAt: undefined, token: newClient.token };
  if (!known) return caller.client?.id;
  if (opened?.deviceToken) giveDeviceToken(service, reply, opened.deviceToken);
  giveClientUpdate(service, reply, known.updatedAt);
  giveClientToken(service, request, reply, known.token);
  return known.id;
}

/**
 * Gives a browser of which nothing is known a token without a row. It is how a repeated
 * redemption is recognised when the answer to the first one was lost, cookie and all.
 */
export function greet(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
  caller: Caller,
): void {
  if (caller.presentedHash !== undefined) return;
  giveClientToken(service, request, reply, draftPreSessionToken(service.world));
}
