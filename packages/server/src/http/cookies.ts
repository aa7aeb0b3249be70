import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Service } from './service.ts';

export interface CookieOptions {
  readonly maxAgeSeconds: number;
  readonly isHttpOnly: boolean;
  readonly isSecure: boolean;
  readonly domain?: string | undefined;
}

/** The cookies of a request by name; of two with one name the first counts. */
export function readCookies(request: FastifyRequest): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    if (at > 0 && !cookies.has(name)) cookies.set(name, part.slice(at + 1).trim());
  }
  return cookies;
}

/** A `Set-Cookie` value (RFC 6265). The value must need no quoting. */
export function writeCookie(name: string, value: string, options: CookieOptions): string {
  return [
    `${name}=${value}`,
    'Path=/',
    ...(options.domain === undefined ? [] : [`Domain=${options.domain}`]),
    `Max-Age=${options.maxAgeSeconds}`,
    ...(options.isHttpOnly ? ['HttpOnly'] : []),
    ...(options.isSecure ? ['Secure'] : []),
    'SameSite=Lax',
  ].join('; ');
}

/** Adds cookies after those that are set already. */
export function setCookies(reply: FastifyReply, cookies: readonly string[]): void {
  for (const cookie of cookies) reply.header('set-cookie', cookie);
}

/** Whether people reach this server by TLS. */
export function isSecure(service: Service): boolean {
  return service.world.instance.publicUrl.startsWith('https:');
}
