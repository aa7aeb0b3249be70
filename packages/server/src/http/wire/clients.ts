import type { ClientJSON } from '@willcall/contract';
import type { Client } from '../../domain/client/client.ts';
import type { World } from '../../domain/world.ts';
import { presentSession, type SessionToPresent } from './sessions.ts';
import { presentSignIn } from './sign-ins.ts';
import { presentSignUp } from './sign-ups.ts';

/** How long a browser keeps the client cookie: the longest that browsers allow. Seconds. */
export const clientCookieSeconds = 34_560_000;

/** A client as it now stands: its live sessions, and the attempt that is under way. */
export async function presentClient(
  world: World,
  clientId: string,
  origin: string | undefined,
): Promise<ClientJSON | null> {
  const found = await world.store.clients.findWithSessions(clientId, world.clock.now());
  return found ? presentHeld(world, found, origin) : null;
}

/** The same of a client that is known with its live sessions. */
export async function presentHeld(
  world: World,
  { client, sessions: live }: { client: Client; sessions: readonly SessionToPresent[] },
  origin: string | undefined,
): Promise<ClientJSON> {
  const now = world.clock.now();
  const sessions = await Promise.all(live.map((each) => presentSession(world, each, origin)));
  const isListed = sessions.some((session) => session.id === client.lastActiveSessionId);
  return {
    object: 'client',
    id: client.id,
    sessions,
    ...(await presentAttempts(world, client)),
    last_active_session_id: isListed
      ? (client.lastActiveSessionId ?? null)
      : (sessions.at(-1)?.id ?? null),
    last_authentication_strategy: client.lastAuthenticationStrategy ?? null,
    cookie_expires_at: now + clientCookieSeconds * 1000,
    captcha_bypass: false,
    created_at: client.createdAt,
    updated_at: client.updatedAt,
  };
}

/** What is complete or abandoned is no attempt any more. */
async function presentAttempts(
  world: World,
  client: Client,
): Promise<Pick<ClientJSON, 'sign_in' | 'sign_up'>> {
  const now = world.clock.now();
  const signIn =
    client.signInId === undefined ? undefined : await world.store.signIns.find(client.signInId);
  const signUp =
    client.signUpId === undefined ? undefined : await world.store.signUps.find(client.signUpId);
  const isSigningIn =
    signIn !== undefined && signIn.status !== 'complete' && signIn.abandonAt > now;
  const isSigningUp =
    signUp !== undefined && signUp.status !== 'complete' && signUp.abandonAt > now;
  return {
    sign_in: isSigningIn ? await presentSignIn(world, signIn) : null,
    sign_up: isSigningUp ? presentSignUp(world, signUp) : null,
  };
}
