import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSecure, readCookies, setCookies, writeCookie } from './cookies.ts';
import type { Service } from './service.ts';

/** How long a browser can redeem what it asked for. Seconds: one day. */
const lifetimeSeconds = 86_400;

/** What shows which browser asked for a ticket; `undefined` where none did. */
export function readBrowserVerifier(service: Service, request: FastifyRequest): string | undefined {
  return readCookies(request).get(nameOf(service));
}

/** Gives a browser what it will show when it opens its link on a page that calls us. */
export function keepBrowserVerifier(service: Service, reply: FastifyReply, verifier: string): void {
  const options = {
    maxAgeSeconds: lifetimeSeconds,
    isHttpOnly: true,
    isSecure: isSecure(service),
  };
  setCookies(reply, [writeCookie(nameOf(service), verifier, options)]);
}

function nameOf(service: Service): string {
  const name = `__willcall_browser_${service.cookieSuffix}`;
  return isSecure(service) ? `__Host-${name}` : name;
}
