import {
  authenticateHeaders,
  type AuthenticateRequestOptions,
  type AuthState,
} from './authenticate.ts';

/** What the adapters read of a request of Node's HTTP server and of the frameworks over it. */
export interface ServerRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

const states = new WeakMap<ServerRequest, AuthState>();

/** Finds out who makes a request and keeps it for `getAuth`, as long as the request lives. */
export async function rememberAuth(
  request: ServerRequest,
  options: AuthenticateRequestOptions,
): Promise<void> {
  const { authorization, cookie } = request.headers;
  states.set(
    request,
    await authenticateHeaders({ authorization: one(authorization), cookie: one(cookie) }, options),
  );
}

/**
 * Who makes a request.
 *
 * @throws TypeError when the middleware or plugin did not see the request
 */
export function getAuth(request: ServerRequest): AuthState {
  const state = states.get(request);
  if (state) return state;
  throw new TypeError(
    'getAuth: this request was not seen by Willcall. Register the middleware or plugin before the route.',
  );
}

/** The answer to a request that must be signed in and is not; `undefined` when it is. */
export function refuseSignedOut(state: AuthState): { status: number; body: string } | undefined {
  if (state.isSignedIn) return undefined;
  // Without the keys nobody can be known: that is an outage, and no reason to sign in again.
  const isOutage = state.reason === 'keys_unavailable';
  const error = isOutage
    ? {
        code: 'service_unavailable',
        message: 'Sessions cannot be verified just now. Try again soon.',
      }
    : { code: 'authentication_invalid', message: 'Sign in first.' };
  return { status: isOutage ? 503 : 401, body: JSON.stringify({ errors: [error] }) };
}

function one(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value.join('; ') : value;
}
