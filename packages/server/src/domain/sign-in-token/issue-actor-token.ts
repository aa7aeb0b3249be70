import type { Agent } from '../audit-log/audit-log.ts';
import { refuseField } from '../refusal.ts';
import type { World } from '../world.ts';
import { type IssuedToken, issueToken } from './issue.ts';
import type { RepeatableCall } from './repeat-issue.ts';
import type { Actor } from './sign-in-token.ts';

/** An impersonation lives half an hour at most, whatever is asked for. Seconds. */
const longestSession = 1800;

/** How long the link lives when nobody says. Seconds: one hour, as on the wire. */
const defaultLifetime = 3600;

export interface ActorTokenRequest {
  readonly userId: string;
  readonly actor: Actor;
  readonly lifetimeSeconds?: number | undefined;
  readonly sessionMaxSeconds?: number | undefined;
  readonly signInUrl?: string | undefined;
  readonly redirectUrl?: string | undefined;
  readonly reason?: string | undefined;
}

/**
 * Issues a token with which somebody acts as a user. Refuses what `issueToken` refuses, and
 * a user who would act as themselves.
 */
export function issueActorToken(
  world: World,
  request: ActorTokenRequest,
  by: Agent,
  call?: RepeatableCall,
): Promise<IssuedToken> {
  if (request.actor.sub === request.userId) {
    throw refuseField(
      'form_param_value_invalid',
      'actor',
      'A person cannot act as themselves. Issue a sign-in token.',
    );
  }
  const { lifetimeSeconds = defaultLifetime, sessionMaxSeconds = longestSession } = request;
  const terms = {
    ...request,
    kind: 'actor_token',
    lifetimeSeconds,
    sessionMaxSeconds: Math.min(sessionMaxSeconds, longestSession),
  } as const;
  return issueToken(world, terms, by, call);
}
