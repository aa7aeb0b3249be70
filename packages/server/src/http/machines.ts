import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { DevelopmentKeysJSON } from '@willcall/contract';
import { Refusal } from '../domain/refusal.ts';
import type { Service } from './service.ts';

/** What machines ask: is the server alive and ready, which keys verify, which key does development use. */
export function machineRoutes(service: Service, app: FastifyInstance): void {
  const { world } = service;

  app.get('/health/live', async () => ({ status: 'ok' }));

  app.get('/health/ready', async () => {
    if (service.health.isEnding)
      throw new Refusal('service_unavailable', 'This server is about to end.');
    await world.store.ping();
    return { status: 'ok' };
  });

  app.get('/.well-known/jwks.json', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=60');
    return { keys: await world.signingKeys.publicKeys() };
  });

  app.get('/.well-known/willcall-development', async (request): Promise<DevelopmentKeysJSON> => {
    const secretKey = service.developmentSecretKey;
    if (secretKey === undefined || !isProgramOnThisMachine(request)) {
      throw new Refusal(
        'resource_not_found',
        'There is nothing at this address. Check the path and the method.',
      );
    }
    return { publishable_key: world.instance.publishableKey, secret_key: secretKey };
  });
}

/**
 * Whether a program on this machine asks, and neither a page in a browser nor somebody
 * behind a tunnel or proxy. It could read the key from the data folder as well.
 */
function isProgramOnThisMachine({ headers, socket, hostname }: FastifyRequest): boolean {
  const isLoopback = /^(::1|127\.|::ffff:127\.)/.test(socket.remoteAddress ?? '');
  const isNamedSo = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const isBrowser = headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via'].some(
    (name) => name in headers,
  );
  return isLoopback && isNamedSo && !isBrowser && !isForwarded;
}
