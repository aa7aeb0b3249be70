import { agentOfSession, sessionEndEntry } from '../audit-log/session-entry.ts';
import { readClientToken } from '../client/client.ts';
import { type Caller, identifyClient, type PresentedIdentity } from '../client/identify.ts';
import { Refusal } from '../refusal.ts';
import { equalHashes } from '../secret.ts';
import type { User } from '../user/user.ts';
import type { World } from '../world.ts';
import { chooseOrganization } from './choose-organization.ts';
import { type EndingStatus, inactivityOf, type Session } from './session.ts';

export interface UsableSession {
  readonly session: Session;
  readonly user: User;
}

/**
 * The live session of this id, if it is this client's. Every other case has one answer,
 * `authentication_invalid` (401), at which SDKs look up again who is signed in.
 */
export async function requireSession(
  world: World,
  caller: Pick<Caller, 'client'>,
  sessionId: string,
): Promise<UsableSession> {
  const found = await world.store.sessions.findUsable(sessionId, world.clock.now());
  if (!found || !caller.client || found.session.clientId !== caller.client.id)
    throw unauthenticated();
  return found;
}

/** The same for a call that asks no more than who holds the session: one read, where the browser is known by its client token. */
export async function requireHeldSession(
  world: World,
  presented: PresentedIdentity,
  sessionId: string,
): Promise<Session> {
  const { clientToken, devBrowserToken } = presented;
  if (devBrowserToken !== undefined && world.instance.type !== 'production') {
    const identity = await identifyClient(world, presented);
    return (await requireSession(world, identity, sessionId)).session;
  }
  const credential = clientToken === undefined ? undefined : readClientToken(clientToken);
  const held = credential && (await world.store.sessions.findHeld(sessionId, world.clock.now()));
  if (
    !held ||
    held.session.clientId !== credential.id ||
    !equalHashes(held.clientSecretHash, credential.secretHash)
  )
    throw unauthenticated();
  return held.session;
}

/** The session that a call speaks for: the one it names, else the client's active one. */
export async function requireActiveSession(
  world: World,
  caller: Caller,
  sessionId: string | undefined,
): Promise<UsableSession> {
  const id = sessionId ?? caller.client?.lastActiveSessionId;
  if (id === undefined) throw unauthenticated();
  return requireSession(world, caller, id);
}

/**
 * Notes the use of a session and makes it the client's active one.
 *
 * @param organizationId the organization to make active in it; an empty text takes any away
 */
export async function touchSession(
  world: World,
  caller: Caller,
  sessionId: string,
  organizationId?: string,
): Promise<UsableSession> {
  const { user, session } = await requireSession(world, caller, sessionId);
  if (organizationId !== undefined) await chooseOrganization(world, session, organizationId);
  const now = world.clock.now();
  const abandonAt = Math.min(session.expireAt, now + inactivityOf(world, session.actor));
  const touched = await world.store.sessions.touch(sessionId, { now, abandonAt, activate: true });
  if (!touched) throw unauthenticated();
  return { session: touched, user };
}

/** A refresh writes down that the session is in use at most this often. Milliseconds. */
const useIsWrittenEvery = 300_000;

/** Notes the use of a session now and then: a refresh must not cost a commit each time. */
export async function noteUse(world: World, session: Session): Promise<void> {
  const now = world.clock.now();
  if (now - session.lastActiveAt < useIsWrittenEvery) return;
  const abandonAt = Math.min(session.expireAt, now + inactivityOf(world, session.actor));
  await world.store.sessions.touch(session.id, { now, abandonAt, activate: false });
}

/** Ends one session of the calling client; 401 when it is not its own or not live. */
export async function endOwnSession(
  world: World,
  caller: Caller,
  sessionId: string,
  status: EndingStatus,
): Promise<UsableSession> {
  const { user, session } = await requireSession(world, caller, sessionId);
  const entry = sessionEndEntry(world, agentOfSession(session, caller.network), session, status);
  const ended = await world.store.sessions.end(sessionId, status, world.clock.now(), entry);
  if (!ended) throw unauthenticated();
  return { session: ended, user };
}

/**
 * Refuses an impersonation: who acts as a person sees what the person sees, and changes none
 * of what the person signs in with. Asked before anything that does (`not_allowed_access`).
 */
export function refuseActor({ actor }: Pick<Session, 'actor'>): void {
  if (actor === undefined) return;
  throw new Refusal(
    'not_allowed_access',
    'You are acting as this person, and only the person can do that.',
  );
}

function unauthenticated(): Refusal {
  return new Refusal('authentication_invalid', 'You are not signed in. Sign in again.');
}
