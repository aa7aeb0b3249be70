import type { FastifyRequest } from 'fastify';
import { readWebAddress } from '../domain/web-address.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Service } from './service.ts';

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses a request whose Host is not ours: a foreign name that resolves to this machine
 * (DNS rebinding) must not make a browser take us for that site.
 */
export function refuseForeignHost(service: Service, request: FastifyRequest): void {
  const name = hostName(request.host);
  const own = readWebAddress(service.world.instance.publicUrl).hostname;
  if (name === own || loopbackNames.includes(name)) return;
  if (service.hostNames.includes(name)) return;
  throw new Refusal('host_invalid', `This server does not answer to the name ${printable(name)}.`);
}

/** The host without its port, in lower case. */
function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

function printable(name: string): string {
  return /^[\w.:[\]-]{1,255}$/.test(name) ? name : 'that it was given';
}
