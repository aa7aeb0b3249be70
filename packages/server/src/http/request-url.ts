import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { urlParameters } from '@willcall/contract';

const tunnelled = new Set(['PATCH', 'PUT', 'DELETE']);
/** The path below which an application's own server passes calls on to us. */
export const proxyPrefix = '/__clerk';

/**
 * Runs before routing. Proxies that keep their prefix reach the same paths, an API path may end
 * with a slash, as official SDKs write some, and a POST with `_method` counts as that method: SDKs send it so, to need no CORS preflight.
 */
export function rewriteRequest(request: IncomingMessage): string {
  const url = withoutEndingSlash(withoutPrefix(request.url ?? '/'));
  if (isOwnOrganizations(request, url)) return url.replace('/v1/', '/v1/client/');
  if (request.method !== 'POST' || !url.includes(urlParameters.method)) return url;
  const query = url.includes('?') ? url.slice(url.indexOf('?') + 1) : '';
  const method = new URLSearchParams(query).get(urlParameters.method)?.toUpperCase() ?? '';
  if (tunnelled.has(method)) request.method = method;
  return url;
}

/**
 * The one path that both interfaces have: without a secret key it is the Frontend API's, which
 * has it below `/v1/client`.
 */
function isOwnOrganizations({ method, headers }: IncomingMessage, url: string): boolean {
  if (method !== 'POST' || !/^\/v1\/organizations(\?|$)/.test(url)) return false;
  // A server that forgot its key sends JSON, and must be told of the key.
  const isForm = !/^application\/json/i.test(headers['content-type'] ?? '');
  const isKeyless = headers.authorization === undefined || /[?&]_is_native=1(&|$)/.test(url);
  return isForm && isKeyless;
}

function withoutPrefix(url: string): string {
  if (!url.startsWith(proxyPrefix)) return url;
  const rest = url.slice(proxyPrefix.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : url;
}

function withoutEndingSlash(url: string): string {
  if (!url.startsWith('/v1/') || !(url.endsWith('/') || url.includes('/?'))) return url;
  return url.replace(/^([^?]+)\/(?=\?|$)/, '$1');
}

/** Whether the call came below the prefix of such a proxy, before it was cut off. */
export function cameByProxyPath({ originalUrl }: FastifyRequest): boolean {
  return originalUrl.startsWith(`${proxyPrefix}/`);
}
