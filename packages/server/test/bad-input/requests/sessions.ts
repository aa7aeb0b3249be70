import type { GoodRequests } from '../good-request.ts';
import type { Scene } from '../scene.ts';

const session = ({ sessionId }: Scene) => ({ path: { sessionId } });

/** Sessions and clients of the Backend API. */
export const sessionRequests: GoodRequests = {
  'GET /v1/sessions': ({ userId, clientId }) => ({
    query: {
      user_id: userId,
      client_id: clientId,
      status: 'active',
      paginated: 'true',
      limit: '5',
      offset: '0',
    },
  }),
  'POST /v1/sessions': ({ userId, organizationId }) => ({
    body: { user_id: userId, active_organization_id: organizationId },
  }),
  'GET /v1/sessions/:sessionId': session,
  'POST /v1/sessions/:sessionId/revoke': session,
  'POST /v1/sessions/:sessionId/tokens': ({ sessionId }) => ({
    path: { sessionId },
    body: { expires_in_seconds: 60 },
  }),
  'POST /v1/sessions/:sessionId/verify': ({ sessionId, sessionToken }) => ({
    path: { sessionId },
    body: { token: sessionToken },
  }),
  'GET /v1/clients/handshake_payload': ({ nonce }) => ({ query: { nonce } }),
  'GET /v1/clients/:clientId': ({ clientId }) => ({ path: { clientId } }),
  'POST /v1/clients/verify': ({ clientToken }) => ({ body: { token: clientToken } }),
};
