import type { GoodRequests } from '../good-request.ts';
import type { Scene } from '../scene.ts';

const oidc = {
  discovery_url: 'https://idp.example/.well-known/openid-configuration',
  client_id: 'willcall',
  client_secret: 'a secret',
  requires_pkce: true,
};
const connection = ({ connectionId }: Scene) => ({ path: { connectionId } });

/** The instance, its redirect URLs and identity providers, of the Backend API. */
export const instanceRequests: GoodRequests = {
  'GET /v1/audit_log': ({ userId }) => ({
    query: {
      user_id: userId,
      subject_id: userId,
      agent_id: userId,
      action: 'user.banned',
      cursor: '5',
      limit: '5',
    },
  }),
  'GET /v1/redirect_urls': () => ({ query: { paginated: 'true', limit: '5', offset: '0' } }),
  'POST /v1/redirect_urls': ({ serial }) => ({ body: { url: `myapp://other/${serial}` } }),
  'GET /v1/redirect_urls/:id': ({ redirectUrlId }) => ({ path: { id: redirectUrlId } }),
  'DELETE /v1/redirect_urls/:id': ({ redirectUrlId }) => ({ path: { id: redirectUrlId } }),
  'GET /v1/instance': () => ({}),
  'PATCH /v1/instance': () => ({
    body: {
      allowed_origins: ['https://app.example.com'],
      new_link_url: 'https://app.example.com/new-link',
      support_email: 'help@example.com',
      test_mode: true,
      enumeration_protection: false,
    },
  }),
  'POST /v1/testing_tokens': () => ({}),
  'GET /v1/jwks': () => ({}),
  'GET /v1/enterprise_connections': () => ({
    query: { active: 'true', limit: '5', offset: '0' },
  }),
  'POST /v1/enterprise_connections': ({ serial }) => ({
    body: {
      name: `Works ${serial}`,
      provider: 'oidc_custom',
      domains: [`factory${serial}.example`],
      active: false,
      oidc,
    },
  }),
  'GET /v1/enterprise_connections/:connectionId': connection,
  'PATCH /v1/enterprise_connections/:connectionId': ({ connectionId, serial }) => ({
    path: { connectionId },
    body: {
      name: `Other works ${serial}`,
      domains: [`mill${serial}.example`],
      active: true,
      oidc,
    },
  }),
  'DELETE /v1/enterprise_connections/:connectionId': connection,
};
