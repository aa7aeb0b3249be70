import type { FastifyRequest } from 'fastify';
import { isLiveSecretKey } from '../domain/key/secret-key.ts';
import type { World } from '../domain/world.ts';
import { addressIn } from './truncate-address.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The address of the person who calls the Frontend API. */
    callerAddress: string;
  }
}

/**
 * The address that a call comes from. `X-Forwarded-For` counts where the connection comes
 * from a trusted proxy, and where the app's own server vouches for it with the secret key,
 * as official proxies do; else everybody could write an address into it. Without the port that
 * a proxy may write behind it, which is another for each connection; what is no address counts
 * as the connection's.
 */
export async function readCallerAddress(world: World, request: FastifyRequest): Promise<string> {
  const vouching = request.headers['clerk-secret-key'];
  const [first] = [request.headers['x-forwarded-for']].flat().join(',').split(',');
  const forwarded = addressIn(first?.trim());
  const own = addressIn(request.ip) ?? request.socket.remoteAddress ?? '';
  if (typeof vouching !== 'string' || forwarded === undefined) return own;
  return (await isLiveSecretKey(world, vouching)) ? forwarded : own;
}
