import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { EnterpriseConnection } from '../domain/enterprise/connection.ts';
import { openIdentityProvider } from './identity-provider.ts';
import { openSecretBox } from './secret-box.ts';

/*
 * A provider that lies: what a real one would never answer. That a real one is understood
 * is tested with the whole service in test/enterprise.test.ts.
 */

const callbackUrl = 'https://id.shop.example/v1/oauth_callback';
const checks = { state: 'a state', nonce: 'a nonce', verifier: 'v'.repeat(43) };
const box = openSecretBox('a secret of the tests that opens nothing else');

let server: Server;
let issuer: string;
let keys: { own: CryptoKey; foreign: CryptoKey; published: JWK };
/** What the provider says of itself, and in its ID token. */
let lies: { metadata: object; claims: object; key: 'own' | 'foreign'; header: object };
const authorizations: (string | undefined)[] = [];

beforeAll(async () => {
  const [own, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  keys = {
    own: own.privateKey,
    foreign: foreign.privateKey,
    published: { ...(await exportJWK(own.publicKey)), kid: 'k', alg: 'RS256' },
  };
  server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    void answer(request).then((body) => response.end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  lies = { metadata: {}, claims: {}, key: 'own', header: {} };
});

async function answer({ url, headers }: IncomingMessage): Promise<object> {
  if (url === '/keys') return { keys: [keys.published] };
  if (url !== '/token') return { ...honestMetadata(), ...lies.metadata };
  authorizations.push(headers.authorization);
  return { access_token: 'x', token_type: 'Bearer', id_token: await writeToken() };
}

function honestMetadata() {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    authorization_response_iss_parameter_supported: true,
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

async function writeToken(): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const honest = {
    iss: issuer,
    aud: 'shop',
    sub: 'me',
    email: 'me@works.example',
    nonce: checks.nonce,
    iat: now,
    exp: now + 60,
  };
  const claims = { ...honest, ...lies.claims };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: 'k', ...lies.header })
    .sign(keys[lies.key]);
}

function connection(fields: Partial<EnterpriseConnection> = {}): EnterpriseConnection {
  return {
    id: 'ent_1',
    name: 'Works',
    domains: ['works.example'],
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    oidcClientId: 'shop',
    oidcSealedSecret: box.seal('enterprise connection', 'the secret'),
    isActive: true,
    createdAt: 0,
    updatedAt: 0,
    ...fields,
  };
}

function open() {
  return openIdentityProvider({ type: 'development' }, box, { now: () => Date.now() });
}

function finish(fields: Record<string, string> = {}) {
  const query = `?${new URLSearchParams({ code: 'c', state: checks.state, iss: issuer, ...fields }).toString()}`;
  return open().finish(connection(), { callbackUrl, checks, query });
}

test('an honest answer names the person, and the secret goes into the header', async () => {
  expect(await finish()).toEqual({
    subject: 'me',
    emailAddress: 'me@works.example',
    isEmailAddressTrusted: true,
  });
  const sent = Buffer.from(authorizations.at(-1)?.split(' ')[1] ?? '', 'base64').toString();
  expect(sent).toBe('shop:the+secret');
});

test.each([
  ['for another visit', { nonce: 'another' }],
  ['without a nonce', { nonce: undefined }],
  ['for another client', { aud: 'another' }],
  ['of another issuer', { iss: 'https://another.example' }],
  ['that has expired', { exp: 1 }],
  ['of nobody', { sub: undefined }],
])('an ID token %s is refused', async (_what, claims) => {
  lies = { ...lies, claims };
  await expect(finish()).rejects.toMatchObject({ code: 'enterprise_sso_failed' });
});

test('an ID token that another key signed is refused', async () => {
  lies = { ...lies, key: 'foreign' };
  await expect(finish()).rejects.toMatchObject({ code: 'enterprise_sso_failed' });
});

test.each([
  ['another state', { state: 'another' }],
  ['another issuer', { iss: 'https://another.example' }],
])('an answer with %s is refused before its code goes anywhere', async (_what, fields) => {
  const asked = authorizations.length;
  await expect(finish(fields)).rejects.toMatchObject({ code: 'enterprise_sso_failed' });
  expect(authorizations).toHaveLength(asked);
});

test('an address that the provider did not verify is not trusted, however it says so', async () => {
  for (const email_verified of [false, 'false', null]) {
    lies = { ...lies, claims: { email_verified } };
    expect((await finish()).isEmailAddressTrusted).toBe(false);
  }
});

test.each([
  ['of another issuer', { issuer: 'https://another.example' }],
  ['without a place to sign in', { authorization_endpoint: undefined }],
  ['whose place to sign in runs script', { authorization_endpoint: 'javascript:alert(1)' }],
  [
    'whose place to sign in has no TLS',
    { authorization_endpoint: 'http://id.works.example/authorize' },
  ],
])('a discovery document %s is not used', async (_what, metadata) => {
  lies = { ...lies, metadata };
  const visit = { callbackUrl, checks, loginHint: undefined };
  await expect(open().begin(connection(), visit)).rejects.toMatchObject({
    code: 'enterprise_sso_unavailable',
  });
});

test('keys and codes are not fetched from elsewhere without TLS', async () => {
  for (const name of ['jwks_uri', 'token_endpoint']) {
    lies = { ...lies, metadata: { [name]: 'http://id.works.example/' } };
    await expect(finish()).rejects.toMatchObject({ code: 'enterprise_sso_unavailable' });
  }
});

test('a document is read once in ten minutes, and anew once the connection has changed', async () => {
  const provider = open();
  const visit = { callbackUrl, checks, loginHint: undefined };
  const works = connection();
  const begin = async (changed: Partial<EnterpriseConnection> = {}) =>
    new URL(await provider.begin({ ...works, ...changed }, visit));
  await begin();
  lies = { ...lies, metadata: { authorization_endpoint: `${issuer}/moved` } };
  expect((await begin()).pathname).toBe('/authorize');
  expect((await begin({ updatedAt: 1 })).pathname).toBe('/moved');
  expect((await begin({ oidcClientId: 'other' })).searchParams.get('client_id')).toBe('other');
});
