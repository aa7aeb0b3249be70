import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** Who signs in at the provider. */
export interface ProviderAccount {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
}

/** A company's identity provider: a real one, on this machine, whose sign-in page clicks itself. */
export interface CompanyProvider {
  readonly issuer: string;
  readonly discoveryUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Signs in from now on; `undefined` for a person who presses cancel. */
  account: ProviderAccount | undefined;
  /** The paths that were asked for. */
  readonly paths: string[];
  /** Goes through the provider as a browser does, and answers where it sends the person back to. */
  visit(url: string): Promise<string>;
  close(): Promise<void>;
}

const clientId = 'willcall';
const clientSecret = 'a secret between the two of them';

/** Starts a provider that knows the callback addresses. */
export async function openProvider(
  callbackUrls: readonly string[],
  { isEmailInToken = true }: { isEmailInToken?: boolean } = {},
): Promise<CompanyProvider> {
  const paths: string[] = [];
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const company: CompanyProvider = {
    issuer,
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    account: undefined,
    paths,
    visit: (url) => follow(issuer, url),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const provider = new Provider(issuer, {
    clients: [
      { client_id: clientId, client_secret: clientSecret, redirect_uris: [...callbackUrls] },
    ],
    claims: { email: ['email', 'email_verified'] },
    conformIdTokenClaims: !isEmailInToken,
    cookies: { keys: ['a key of the tests'] },
    jwks: {
      keys: [
        generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
      ],
    },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, ...company.account }),
    }),
    async loadExistingGrant({ oidc }) {
      const grant = new provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '').replace(/\?.*/, '');
    paths.push(path);
    if (!path.startsWith('/interaction/')) return void answer(request, response);
    const { account } = company;
    const result = account ? { login: { accountId: account.sub } } : { error: 'access_denied' };
    return void provider.interactionFinished(request, response, result);
  });
  return company;
}

/** Follows redirects within the provider, with cookies of its own each time. */
async function follow(issuer: string, url: string): Promise<string> {
  const cookies = new Map<string, string>();
  let place = url;
  while (new URL(place).origin === issuer) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(place, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/);
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null)
      throw new Error(`the provider answered ${answer.status}: ${await answer.text()}`);
    place = new URL(location, place).href;
  }
  return place;
}
