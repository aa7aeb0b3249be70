import type { FastifyInstance } from 'fastify';
import type { Service } from '../service.ts';
import { presentEnvironment } from '../wire/environment.ts';

/** `/v1/environment`: what every page may know of the instance. */
export function environmentRoutes({ world }: Service, app: FastifyInstance): void {
  app.get('/v1/environment', present);
  // In development SDKs ask by PATCH, which tells the page's origin; nothing is changed.
  app.patch('/v1/environment', present);

  async function present() {
    const connections = await world.store.enterpriseConnections.list({ isActive: true });
    return presentEnvironment(world.instance, { hasEnterpriseSso: connections.length > 0 });
  }
}
