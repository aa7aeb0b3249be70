import { appOrigin } from '../../service.ts';
import type { GoodRequests } from '../good-request.ts';
import type { Scene } from '../scene.ts';

const anybody = () => ({});
const session = ({ sessionId }: Scene) => ({ path: { sessionId }, cookie: 'signedIn' as const });
const organization = ({ sessionId, organizationId }: Scene) => ({
  path: { sessionId },
  cookie: 'signedIn' as const,
  body: {
    active_organization_id: organizationId,
    organization_id: organizationId,
    intent: 'focus',
  },
});
const page = { redirect_url: `${appOrigin}/page?a=b` };

/** The client and its sessions of the Frontend API. */
export const clientRequests: GoodRequests = {
  'GET /v1/environment': anybody,
  'PATCH /v1/environment': anybody,
  'GET /v1/client': () => ({
    cookie: 'signedIn',
    query: { __clerk_api_version: '2026-08-20', _is_native: '0' },
  }),
  'PUT /v1/client': anybody,
  'POST /v1/client': anybody,
  'DELETE /v1/client': () => ({ cookie: 'signedIn' }),
  'DELETE /v1/client/sessions': () => ({ cookie: 'signedIn' }),
  'POST /v1/dev_browser': anybody,
  'GET /v1/client/sessions/:sessionId': session,
  'POST /v1/client/sessions/:sessionId/touch': organization,
  'POST /v1/client/sessions/:sessionId/tokens': organization,
  'POST /v1/client/sessions/:sessionId/end': session,
  'POST /v1/client/sessions/:sessionId/remove': session,
  'GET /v1/client/handshake': () => ({ cookie: 'signedIn', query: page }),
  'GET /v1/client/touch': () => ({ cookie: 'signedIn', query: page }),
  'GET /v1/client/handover': () => ({
    cookie: 'signedIn',
    query: { ...page, code_challenge: 'c'.repeat(43) },
  }),
  'POST /v1/client/handover': ({ handoverCode, handoverVerifier }) => ({
    body: { code: handoverCode, code_verifier: handoverVerifier },
    spends: 'handovers',
  }),
  'GET /v1/client/redirect': () => ({ query: page, isPage: true }),
  'GET /v1/tickets/accept': ({ ticket }) => ({ query: { ticket } }),
  'GET /v1/health': anybody,
};
