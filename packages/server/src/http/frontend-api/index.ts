import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLiveSecretKey } from '../../domain/key/secret-key.ts';
import { Refusal } from '../../domain/refusal.ts';
import { readFormBodies } from '../bodies.ts';
import { isNative } from '../caller.ts';
import { readCallerAddress } from '../caller-address.ts';
import { allowOrigin, answerPreflight, refuseForeignOrigin } from '../origin-check.ts';
import type { Service } from '../service.ts';
import { clientRoutes } from './client.ts';
import { environmentRoutes } from './environment.ts';
import { freshProofRoutes } from './fresh-proofs.ts';
import { handoverRoutes } from './handover.ts';
import { handshakeRoutes } from './handshake.ts';
import { meRoutes } from './me.ts';
import { myOrganizationRoutes } from './my-organizations.ts';
import { oauthCallbackRoutes } from './oauth-callback.ts';
import { organizationRoutes } from './organizations.ts';
import { mySecondFactorRoutes } from './me-second-factors.ts';
import { sameBrowserRoutes } from './same-browser.ts';
import { sessionRoutes } from './sessions.ts';
import { signInRoutes } from './sign-ins.ts';
import { signUpRoutes } from './sign-ups.ts';
import { ticketRoutes } from './tickets.ts';

/** The Frontend API: called by browsers and apps, which are known by a cookie or a token of their own. */
export function frontendApi(service: Service) {
  return async function register(app: FastifyInstance): Promise<void> {
    readFormBodies(app);
    app.decorateRequest('callerAddress', '');
    app.addHook('onRequest', async (request, reply) => {
      allowOrigin(service.world, request, reply);
      if (request.method !== 'GET' && request.method !== 'HEAD' && request.method !== 'OPTIONS') {
        refuseForeignOrigin(service.world, request);
      }
      await refuseSecretKey(service, request);
      request.callerAddress = await readCallerAddress(service.world, request);
    });
    app.options('/v1/*', async (request, reply) => answerPreflight(request, reply));
    environmentRoutes(service, app);
    clientRoutes(service, app);
    signInRoutes(service, app);
    signUpRoutes(service, app);
    sessionRoutes(service, app);
    freshProofRoutes(service, app);
    handshakeRoutes(service, app);
    handoverRoutes(service, app);
    ticketRoutes(service, app);
    sameBrowserRoutes(service, app);
    oauthCallbackRoutes(service, app);
    meRoutes(service, app);
    myOrganizationRoutes(service, app);
    mySecondFactorRoutes(service, app);
    organizationRoutes(service, app);
    app.get('/v1/health', async () => ({ status: 'healthy' }));
  };
}

/**
 * `Authorization` is a native app's client token or a secret key, and a secret key belongs
 * to the Backend API: a wrong one is 401, a right one finds nothing here.
 */
async function refuseSecretKey(service: Service, request: FastifyRequest): Promise<void> {
  const header = request.headers.authorization;
  if (header === undefined || isNative(request)) return;
  if (await isLiveSecretKey(service.world, header.replace(/^Bearer /i, ''))) {
    throw new Refusal('resource_not_found', 'There is nothing at this address of the Backend API.');
  }
  throw new Refusal(
    'clerk_key_invalid',
    'This secret key is unknown or revoked. Make one with willcall keys create.',
  );
}
