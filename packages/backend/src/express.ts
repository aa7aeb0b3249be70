import type { AuthenticateRequestOptions } from './request/authenticate.ts';
import { checkOptions } from './request/check-options.ts';
import {
  getAuth,
  refuseSignedOut,
  rememberAuth,
  type ServerRequest,
} from './request/server-adapter.ts';

/** What the middleware uses of a response: Node's own, so that it runs in any framework over it. */
export interface ServerResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

/** A middleware as Express, Connect and their kin take it. */
export type Middleware = (
  request: ServerRequest,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

export { getAuth };

/**
 * Finds out who makes each request; ask with `getAuth(request)`. It turns nobody away: see
 * `requireAuth`.
 *
 * @throws TypeError for wrong options
 */
export function willcallMiddleware(options: AuthenticateRequestOptions = {}): Middleware {
  checkOptions(options);
  return (request, _response, next) => {
    rememberAuth(request, options).then(() => next(), next);
  };
}

/** Lets signed-in requests pass and answers the others 401, with JSON (503 while keys cannot be had). */
export function requireAuth(): Middleware {
  return (request, response, next) => {
    const refusal = refuseSignedOut(getAuth(request));
    if (!refusal) return next();
    response.statusCode = refusal.status;
    response.setHeader('content-type', 'application/json');
    response.setHeader('cache-control', 'no-store');
    response.end(refusal.body);
  };
}
