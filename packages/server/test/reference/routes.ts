import { subscribe } from 'node:diagnostics_channel';
import type { FastifyInstance, RouteOptions } from 'fastify';

/** A route as the app registers it. */
export interface FoundRoute {
  readonly method: string;
  readonly path: string;
  /** The source file that declares it, relative to the server's `src`. */
  readonly file: string;
}

/**
 * Collects the routes of every app that is made from now on. Fastify tells a hook of each
 * route while it is being declared, so the declaring file stands on the call stack.
 */
export function watchRoutes(): readonly FoundRoute[] {
  const found: FoundRoute[] = [];
  subscribe('fastify.initialization', (message) => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', (route: RouteOptions) => {
      const file = declaringFile(new Error().stack ?? '');
      const methods = [route.method]
        .flat()
        .filter((method) => method !== 'HEAD' && method !== 'OPTIONS');
      found.push(...methods.map((method) => ({ method, path: route.url, file })));
    });
  });
  return found;
}

function declaringFile(stack: string): string {
  return /\/packages\/server\/src\/(http\/[\w/-]+\.ts)/.exec(stack)?.[1] ?? 'unknown';
}
