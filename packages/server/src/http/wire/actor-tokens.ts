import type { ActorTokenDetailsJSON, ActorTokenJSON } from '@willcall/contract';
import type { IssuedToken } from '../../domain/sign-in-token/issue.ts';
import { signInLink } from '../../domain/sign-in-token/link.ts';
import type { SignInToken } from '../../domain/sign-in-token/sign-in-token.ts';
import type { World } from '../../domain/world.ts';
import { presentOutcome } from './sign-in-tokens.ts';

/** The one answer that carries the ticket. */
export function presentIssuedActorToken(
  world: World,
  { token, ticket }: IssuedToken,
): ActorTokenJSON {
  return {
    ...presentActorToken(token),
    token: ticket.reveal(),
    url: signInLink(world, token, ticket),
  };
}

/** An actor token as on the wire. */
export function presentActorToken(token: SignInToken): ActorTokenJSON {
  return {
    object: 'actor_token',
    id: token.id,
    user_id: token.userId,
    actor: { ...token.actor },
    status: token.status,
    created_at: token.createdAt,
    updated_at: token.updatedAt,
  };
}

/** An actor token with what became of it. */
export function presentActorTokenDetails(world: World, token: SignInToken): ActorTokenDetailsJSON {
  return { ...presentActorToken(token), ...presentOutcome(world, token) };
}
