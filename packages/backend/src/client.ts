import type { SessionClaims } from '@willcall/contract';
import { connect } from './connection/connect.ts';
import type { ConnectionSettings } from './connection/settings.ts';
import {
  authenticateRequest,
  type AuthenticateRequestOptions,
  type AuthState,
} from './request/authenticate.ts';
import { type Clients, clients } from './resources/clients.ts';
import {
  type InstanceApi,
  instance,
  type Jwks,
  jwks,
  type TestingTokens,
  testingTokens,
} from './resources/instance.ts';
import { type RedirectUrls, redirectUrls } from './resources/redirect-urls.ts';
import { type Sessions, sessions } from './resources/sessions.ts';
import { type SignInTokens, signInTokens } from './resources/sign-in-tokens.ts';
import { type Users, users } from './resources/users.ts';
import { verifyToken, type VerifyTokenOptions } from './session-token/verify.ts';

/**
 * What your server can ask of a Willcall server. Each call is refused with a `WillcallApiError`,
 * fails with a `WillcallConnectionError` when no answer came, and throws a `TypeError` that names
 * the argument for wrong use.
 */
export interface WillcallClient {
  /** The server's address, without a closing slash. */
  readonly apiUrl: string;
  readonly signInTokens: SignInTokens;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly clients: Clients;
  readonly redirectUrls: RedirectUrls;
  readonly testingTokens: TestingTokens;
  readonly instance: InstanceApi;
  readonly jwks: Jwks;
  /** The function of the same name, with the address of this client. */
  verifyToken(token: string, options?: VerifyTokenOptions): Promise<SessionClaims>;
  /** The function of the same name, with the address of this client. */
  authenticateRequest(request: Request, options?: AuthenticateRequestOptions): Promise<AuthState>;
}

/**
 * A client of a Willcall server. Sends nothing until it is used. In development the address is
 * enough, and the default address needs not even that: a development server on this machine
 * hands out its secret key.
 *
 * @throws TypeError that names the setting which is missing or wrong
 */
export function createWillcallClient(settings: ConnectionSettings = {}): WillcallClient {
  const connection = connect(settings);
  const { apiUrl } = connection;
  return {
    apiUrl,
    signInTokens: signInTokens(connection),
    users: users(connection),
    sessions: sessions(connection),
    clients: clients(connection),
    redirectUrls: redirectUrls(connection),
    testingTokens: testingTokens(connection),
    instance: instance(connection),
    jwks: jwks(connection),
    verifyToken: (token, options) => verifyToken(token, { apiUrl, ...options }),
    authenticateRequest: (request, options) => authenticateRequest(request, { apiUrl, ...options }),
  };
}
