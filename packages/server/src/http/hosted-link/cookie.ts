import { timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { newSecret } from '../../domain/world.ts';
import { isSecure, readCookies, setCookies, writeCookie } from '../cookies.ts';
import type { Service } from '../service.ts';

/** The link that a browser has opened and not yet confirmed. */
export interface OpenedLink {
  readonly ticket: string;
  /** Stands in the form too: what is pressed must be the page of this very link. */
  readonly nonce: string;
}

/** How long a person may look at the page. Seconds. */
const lifetimeSeconds = 600;

const purpose = 'link cookie';

/** Keeps the ticket of a link for the page that asks, where neither scripts nor the address show it. */
export function keepLink(service: Service, reply: FastifyReply, ticket: string): void {
  const { world } = service;
  const nonce = newSecret(world);
  const until = world.clock.now() + lifetimeSeconds * 1000;
  const sealed = world.vault.seal(purpose, JSON.stringify([ticket, nonce, until]));
  give(service, reply, sealed, lifetimeSeconds);
}

/** The link of this browser; `undefined` without one, or when its time is over. */
export function readLink(service: Service, request: FastifyRequest): OpenedLink | undefined {
  const sealed = readCookies(request).get(nameOf(service));
  if (sealed === undefined) return undefined;
  try {
    const opened = JSON.parse(service.world.vault.open(purpose, sealed)) as [
      string,
      string,
      number,
    ];
    const [ticket, nonce, until] = opened;
    return until > service.world.clock.now() ? { ticket, nonce } : undefined;
  } catch {
    // Whatever was not sealed here is no link.
    return undefined;
  }
}

/** Whether a form comes from the page of this link. */
export function isFormOf(link: OpenedLink, nonce: string): boolean {
  const [left, right] = [Buffer.from(link.nonce), Buffer.from(nonce)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Makes the browser forget its link. */
export function forgetLink(service: Service, reply: FastifyReply): void {
  give(service, reply, '', 0);
}

function give(service: Service, reply: FastifyReply, value: string, maxAgeSeconds: number): void {
  const options = { maxAgeSeconds, isHttpOnly: true, isSecure: isSecure(service) };
  setCookies(reply, [writeCookie(nameOf(service), value, options)]);
}

function nameOf(service: Service): string {
  const name = `__willcall_link_${service.cookieSuffix}`;
  return isSecure(service) ? `__Host-${name}` : name;
}
