import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAllowedOrigin } from '../domain/instance/origins.ts';
import { isLiveSecretKey } from '../domain/key/secret-key.ts';
import { Refusal } from '../domain/refusal.ts';
import { readWebAddress } from '../domain/web-address.ts';
import type { World } from '../domain/world.ts';

const readableHeaders = 'Authorization, Clerk-Db-Jwt, x-country, retry-after';

/** Lets the pages of allowed origins read our answers; every other origin gets no header. */
export function allowOrigin(world: World, request: FastifyRequest, reply: FastifyReply): void {
  reply.header('vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined || !isAllowedOrigin(world.instance, origin)) return;
  reply.header('access-control-allow-origin', origin);
  reply.header('access-control-allow-credentials', 'true');
  reply.header('access-control-expose-headers', readableHeaders);
}

/** Answers a CORS preflight. */
export function answerPreflight(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE');
  reply.header(
    'access-control-allow-headers',
    request.headers['access-control-request-headers'] ?? '',
  );
  reply.header('access-control-max-age', '600');
  reply.code(204).send();
}

/**
 * Refuses a change that another site's page asks for (login CSRF): a foreign origin, or a
 * form that navigates. A call with neither `Origin` nor `Sec-Fetch-Site` comes from no
 * browser; `Origin: null` proves nothing.
 */
export function refuseForeignOrigin(world: World, request: FastifyRequest): void {
  const { origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers;
  const isForeign =
    origin === undefined
      ? site !== undefined && site !== 'same-origin' && site !== 'none'
      : !isAllowedOrigin(world.instance, origin);
  if (isForeign || mode === 'navigate') {
    throw new Refusal(
      'origin_invalid',
      'This page may not call this server. Add its origin to allowed_origins.',
    );
  }
}

/**
 * Refuses a form that does not come from a page of this very server: a navigation is what a
 * form is, so that its origin alone tells. Every browser names it with a POST.
 */
export function refuseOtherSite({ instance }: World, request: FastifyRequest): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const isOurs =
    origin === readWebAddress(instance.publicUrl).origin ||
    (origin !== undefined && URL.canParse(origin) && new URL(origin).host === request.host);
  if (isOurs && (site === undefined || site === 'same-origin')) return;
  throw new Refusal('origin_invalid', 'This form belongs to a page of this server. Open it again.');
}

/**
 * The application's origin: what `azp` of a session token will say. Same-origin GETs have
 * no `Origin`, so the page's own address tells; a proxy that vouches with the secret key
 * tells by its forwarded headers.
 */
export async function applicationOrigin(
  world: World,
  request: FastifyRequest,
): Promise<string | undefined> {
  const candidates = [
    request.headers.origin,
    originOf(request.headers.referer),
    await proxyOrigin(world, request),
  ];
  return candidates.find(
    (origin) => origin !== undefined && isAllowedOrigin(world.instance, origin),
  );
}

async function proxyOrigin(world: World, request: FastifyRequest): Promise<string | undefined> {
  const vouching = request.headers['clerk-secret-key'];
  if (typeof vouching !== 'string' || !(await isLiveSecretKey(world, vouching))) return undefined;
  const proxyUrl = request.headers['clerk-proxy-url'];
  return typeof proxyUrl === 'string' ? originOf(proxyUrl) : undefined;
}

function originOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;
}
