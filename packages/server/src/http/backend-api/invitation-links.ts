import type { FastifyRequest } from 'fastify';
import { hasScope } from '../../domain/key/scopes.ts';
import { Refusal } from '../../domain/refusal.ts';

/**
 * Whether the caller is told the link of an invitation. Whoever has the address by then is
 * signed in by it, so it takes the scope of issuing a sign-in token.
 */
export function isLinkTold(request: FastifyRequest): boolean {
  return hasScope(request.secretKey, 'tickets:create');
}

/** Refuses invitations whose link nobody would get: neither the person, by mail, nor the caller. */
export function refuseLostLinks(
  request: FastifyRequest,
  invitations: readonly { readonly isMailed: boolean | undefined }[],
): void {
  if (isLinkTold(request) || invitations.every(({ isMailed }) => isMailed !== false)) return;
  throw new Refusal(
    'secret_key_scope_missing',
    'With notify: false the link is in the answer alone, where a secret key without the scope tickets:create is not told it. Use a key that has this scope, or have the link mailed.',
  );
}
