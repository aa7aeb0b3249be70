import type { SignInTokenDetailsJSON, SignInTokenJSON, TokenOutcomeJSON } from '@willcall/contract';
import { signInLink } from '../../domain/sign-in-token/link.ts';
import type { IssuedToken } from '../../domain/sign-in-token/issue.ts';
import type { SignInToken } from '../../domain/sign-in-token/sign-in-token.ts';
import type { World } from '../../domain/world.ts';

/** The one answer that carries the ticket. */
export function presentIssuedToken(world: World, { token, ticket }: IssuedToken): SignInTokenJSON {
  return { ...presentToken(token), token: ticket.reveal(), url: signInLink(world, token, ticket) };
}

/** A sign-in token as on the wire. */
export function presentToken(token: SignInToken): SignInTokenJSON {
  return {
    object: 'sign_in_token',
    id: token.id,
    user_id: token.userId,
    status: token.status,
    created_at: token.createdAt,
    updated_at: token.updatedAt,
  };
}

/** A sign-in token with what became of it. */
export function presentTokenDetails(world: World, token: SignInToken): SignInTokenDetailsJSON {
  return {
    ...presentToken(token),
    ...presentOutcome(world, token),
    step_up: token.stepUp ?? null,
    confirmation: token.confirmation ?? null,
    same_browser:
      token.challenge === undefined ? null : { challenge: token.challenge, method: 'S256' },
  };
}

/** What became of a token, of whatever kind. */
export function presentOutcome(world: World, token: SignInToken): TokenOutcomeJSON {
  return {
    expires_at: token.expiresAt,
    is_expired: token.status === 'pending' && token.expiresAt <= world.clock.now(),
    redeemed_at: token.redeemedAt ?? null,
    redeemed_address: token.redeemedAddress ?? null,
    redeemed_device: token.redeemedDevice ?? null,
    session_id: token.sessionId ?? null,
    reason: token.reason ?? null,
  };
}
