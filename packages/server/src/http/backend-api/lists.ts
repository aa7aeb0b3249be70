import type { FastifyRequest } from 'fastify';
import type { Lists } from '../../domain/store.ts';
import type { World } from '../../domain/world.ts';

/** Where a call reads its list, which may be seconds old; `Cache-Control: no-cache` asks for the latest. */
export function listsFor({ store }: World, request: FastifyRequest): Lists {
  const asked = request.headers['cache-control'] ?? '';
  return /\bno-cache\b/i.test(asked) ? store.latestLists : store.lists;
}
