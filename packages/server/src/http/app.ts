import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { backendApi } from './backend-api/index.ts';
import { bodyLimit } from './bodies.ts';
import { clerkScriptRoutes } from './clerk-scripts.ts';
import { answerError, answerNotFound } from './errors.ts';
import { frontendApi } from './frontend-api/index.ts';
import { answerBrokenConnection } from './broken-connection.ts';
import { refuseForeignHost } from './host-check.ts';
import { hostedPageRoutes, isLostPerson, sendPage } from './hosted-pages.ts';
import { hostedLinkRoutes } from './hosted-link/routes.ts';
import { logRequests, type Logger } from './log.ts';
import { machineRoutes } from './machines.ts';
import { mailboxRoutes } from './mailbox.ts';
import { rewriteRequest } from './request-url.ts';
import type { Service } from './service.ts';
import { boundShutdown } from './shutdown.ts';

export interface AppOptions {
  readonly logger: Logger;
  /** Addresses or networks whose `X-Forwarded-*` headers count. */
  readonly trustedProxies: readonly string[];
}

/** The whole service as one Fastify app that does not listen yet: tests call it by `inject`. */
export async function createApp(service: Service, options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    // A logger for each request costs more than the one line that it writes: lines name their request.
    childLoggerFactory: (logger) => logger,
    genReqId: () => `req_${randomUUID().replaceAll('-', '')}`,
    rewriteUrl: rewriteRequest,
    bodyLimit,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    routerOptions: { maxParamLength: 1000 },
    // Input is parsed in parse.ts; the compilers that are there by default take a tenth of a start.
    schemaController: {
      compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas },
    },
    // A keep-alive connection without a request does not hold a shutdown up.
    forceCloseConnections: 'idle',
    // Who asks by a connection that is open is answered, and told that it closes.
    return503OnClosing: false,
    frameworkErrors: answerError,
    clientErrorHandler: answerBrokenConnection,
    // Somebody who sends a byte a second does not hold a connection for ever. Milliseconds.
    requestTimeout: 60_000,
  });
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) =>
    isLostPerson(service, request)
      ? sendPage(service, request, reply.code(404))
      : answerNotFound(request, reply),
  );
  boundShutdown(app);
  logRequests(app);
  // What every request passes calls back: a promise for each would cost more than it does.
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('cache-control', 'no-store');
    // Whoever watches the server asks by an address of its own.
    if (request.url.startsWith('/health/')) return done();
    refuseForeignHost(service, request);
    const refreshing = service.world.instance.refresh();
    if (!refreshing) return done();
    refreshing.then(() => done(), done);
  });
  // SDKs compare the type as a whole: with `; charset=utf-8` they would take JSON for text.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (reply.getHeader('content-type') === 'application/json; charset=utf-8') {
      reply.header('content-type', 'application/json');
    }
    done();
  });
  await app.register(backendApi(service));
  await app.register(frontendApi(service));
  machineRoutes(service, app);
  clerkScriptRoutes(service, app);
  await app.register(hostedLinkRoutes(service));
  hostedPageRoutes(service, app);
  mailboxRoutes(service, app);
  return app;
}

function noSchemas(): never {
  throw new Error('a route has a schema for Fastify: parse its input with parse.ts');
}
