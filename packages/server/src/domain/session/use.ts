import { agentOfSession, sessionEndEntry } from '../audit-log/session-entry.ts';
import type { Caller } from '../client/identify.ts';
import { Refusal } from '../refusal.ts';
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
  caller: Caller,
  sessionId: string,
): Promise<UsableSession> {
  const found = await world.store.sessions.findUsable(sessionId, world.clock.now());
  if (!found || !caller.client || found.session.clientId !== caller.client.id)
    throw unauthenticated();
  return found;
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
