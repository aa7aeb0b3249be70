/*
 * oidc-provider with an adapter that keeps everything in memory and forgets nothing, and a
 * route that issues an authorization code to a server, as its interactions do inside.
 */
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const clientId = 'bench';
const redirectUri = 'https://app.example.com/callback';

/** @type {Map<string, Map<string, any>>} */
const kept = new Map();

class MemoryAdapter {
  /** @param {string} name */
  constructor(name) {
    this.rows = kept.get(name) ?? new Map();
    kept.set(name, this.rows);
  }
  /** @param {string} id @param {object} payload */
  async upsert(id, payload) {
    this.rows.set(id, payload);
  }
  /** @param {string} id */
  async find(id) {
    return this.rows.get(id);
  }
  /** @param {string} id */
  async consume(id) {
    this.rows.get(id).consumed = Math.floor(Date.now() / 1000);
  }
  /** @param {string} id */
  async destroy(id) {
    this.rows.delete(id);
  }
  async findByUid() {}
  async findByUserCode() {}
  async revokeByGrantId() {}
}

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const address = server.address();
const port = typeof address === 'object' ? address?.port : address;

const provider = new Provider(`http://127.0.0.1:${port}`, {
  adapter: MemoryAdapter,
  clients: [
    {
      client_id: clientId,
      client_secret: 'a secret of the benchmark',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'client_secret_post',
    },
  ],
  cookies: { keys: ['a key of the benchmark'] },
  jwks: { keys: [privateKey.export({ format: 'jwk' })] },
  features: { devInteractions: { enabled: false }, introspection: { enabled: true } },
  pkce: { required: () => false },
  rotateRefreshToken: false,
  issueRefreshToken: async () => true,
  ttl: {
    AccessToken: 3600,
    AuthorizationCode: 600,
    IdToken: 3600,
    RefreshToken: 86_400,
    Grant: 86_400,
  },
  findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
});

/** @type {Map<string, string>} */
const grants = new Map();

/** @param {string} accountId */
async function issue(accountId) {
  let grantId = grants.get(accountId);
  if (grantId === undefined) {
    const grant = new provider.Grant({ clientId, accountId });
    grant.addOIDCScope('openid offline_access');
    grantId = await grant.save();
    grants.set(accountId, grantId);
  }
  const code = new provider.AuthorizationCode({
    client: await provider.Client.find(clientId),
    accountId,
    grantId,
    redirectUri,
    scope: 'openid offline_access',
    authTime: Math.floor(Date.now() / 1000),
  });
  return code.save();
}

const answer = provider.callback();
server.on('request', (request, response) => {
  const [, accountId] = /^\/issue\/(\w+)$/.exec(request.url ?? '') ?? [];
  if (accountId === undefined) return void answer(request, response);
  void issue(accountId).then((code) => {
    const text = JSON.stringify({ code });
    response.writeHead(200, { 'content-length': Buffer.byteLength(text) }).end(text);
  });
});
console.log(port);
process.on('SIGTERM', () => process.exit(0));
