import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { isLiveSecretKey } from '../domain/key/secret-key.ts';
import type { World } from '../domain/world.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The address of the person who calls the Frontend API. */
    callerAddress: string;
  }
}

/**
 * The address that a call comes from. `X-Forwarded-For` counts where the connection comes
 * from a trusted proxy, and where the app's own server vouches for it with the secret key,
 * as official proxies do; else everybody could write an address into it.
 */
export async function readCallerAddress(world: World, request: FastifyRequest): Promise<string> {
  const vouching = request.headers['clerk-secret-key'];
  const forwarded = [request.headers['x-forwarded-for']].flat().join(',').split(',')[0]?.trim();
  if (typeof vouching !== 'string' || forwarded === undefined || isIP(forwarded) === 0) {
    return request.ip;
  }
  return (await isLiveSecretKey(world, vouching)) ? forwarded : request.ip;
}
