import type { AuthenticateRequestOptions } from './request/authenticate.ts';
import { checkOptions } from './request/check-options.ts';
import {
  getAuth,
  refuseSignedOut,
  rememberAuth,
  type ServerRequest,
} from './request/server-adapter.ts';

/** What the plugin uses of a Fastify instance. */
export interface PluginHost {
  addHook(name: 'onRequest', hook: (request: ServerRequest) => Promise<void>): unknown;
}

/** What `requireAuth` uses of a Fastify reply. */
export interface Reply {
  code(status: number): {
    headers(values: Record<string, string>): { send(body: string): unknown };
  };
}

export { getAuth };

/**
 * Fastify plugin that finds out who makes each request; ask with `getAuth(request)`. It turns
 * nobody away: see `requireAuth`. Registered once, it holds for all routes.
 *
 * @throws TypeError, at start, for wrong options
 */
export async function willcallPlugin(
  app: PluginHost,
  options: AuthenticateRequestOptions = {},
): Promise<void> {
  checkOptions(options);
  app.addHook('onRequest', (request) => rememberAuth(request, options));
}

// Fastify's mark of a plugin that is not kept apart in a context of its own.
Object.defineProperty(willcallPlugin, Symbol.for('skip-override'), { value: true });

/**
 * A `preHandler` that lets signed-in requests pass and answers the others 401, with JSON (503
 * while keys cannot be had).
 */
export async function requireAuth(request: ServerRequest, reply: Reply): Promise<unknown> {
  const refusal = refuseSignedOut(getAuth(request));
  if (!refusal) return undefined;
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  return reply.code(refusal.status).headers(headers).send(refusal.body);
}
