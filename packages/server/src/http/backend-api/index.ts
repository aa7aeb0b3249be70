import type { FastifyInstance, FastifyRequest } from 'fastify';
import { findLiveSecretKey, type SecretKey } from '../../domain/key/secret-key.ts';
import { requireScope } from '../../domain/key/scopes.ts';
import { Refusal } from '../../domain/refusal.ts';
import { readJsonBodies } from '../bodies.ts';
import type { Service } from '../service.ts';
import { auditLogRoutes } from './audit-log.ts';
import { actorTokenRoutes } from './actor-tokens.ts';
import { clientRoutes } from './clients.ts';
import { enterpriseConnectionRoutes } from './enterprise-connections.ts';
import { instanceRoutes } from './instance.ts';
import { invitationRoutes } from './invitations.ts';
import { organizationInvitationRoutes } from './organization-invitations.ts';
import { organizationMembershipRoutes } from './organization-memberships.ts';
import { organizationRoutes } from './organizations.ts';
import { redirectUrlRoutes } from './redirect-urls.ts';
import { sessionRoutes } from './sessions.ts';
import { scopeOf } from './scope-of.ts';
import { signInTokenRoutes } from './sign-in-tokens.ts';
import { userSecondFactorRoutes } from './second-factors.ts';
import { userRoutes } from './users.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The key with which the Backend API is called. */
    secretKey: SecretKey;
  }
}

/** The Backend API: called by the customer's server with a secret key. */
export function backendApi(service: Service) {
  return async function register(app: FastifyInstance): Promise<void> {
    readJsonBodies(app);
    app.addHook('onRequest', async (request) => {
      request.secretKey = await requireSecretKey(service, request);
      const path = request.routeOptions.url ?? '';
      // Whoever verifies tokens may ask for the keys as often as needed.
      if (path !== '/v1/jwks') await service.rateLimits.count('backend_api');
      requireScope(request.secretKey, scopeOf(request.method, path));
    });
    userRoutes(service, app);
    userSecondFactorRoutes(service, app);
    signInTokenRoutes(service, app);
    actorTokenRoutes(service, app);
    sessionRoutes(service, app);
    clientRoutes(service, app);
    invitationRoutes(service, app);
    organizationRoutes(service, app);
    organizationMembershipRoutes(service, app);
    organizationInvitationRoutes(service, app);
    redirectUrlRoutes(service, app);
    enterpriseConnectionRoutes(service, app);
    instanceRoutes(service, app);
    auditLogRoutes(service, app);
  };
}

/** Refuses a call without a live secret key (401). A cookie never counts here. */
async function requireSecretKey(service: Service, request: FastifyRequest): Promise<SecretKey> {
  const header = request.headers.authorization;
  if (header === undefined) {
    throw new Refusal(
      'authentication_invalid',
      'Send your secret key as Authorization: Bearer sk_….',
    );
  }
  const presented = /^Bearer (\S+)$/i.exec(header)?.[1];
  if (presented === undefined) {
    throw new Refusal(
      'authorization_header_format_invalid',
      'The Authorization header must be: Bearer sk_….',
    );
  }
  const key = await findLiveSecretKey(service.world, presented);
  if (!key) {
    throw new Refusal(
      'clerk_key_invalid',
      'This secret key is unknown or revoked. Make one with willcall keys create.',
    );
  }
  return key;
}
