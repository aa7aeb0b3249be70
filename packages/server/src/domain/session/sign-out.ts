import { agentOfSession, sessionEndEntry } from '../audit-log/session-entry.ts';
import type { Caller } from '../client/identify.ts';
import type { Session } from './session.ts';
import type { World } from '../world.ts';

/**
 * Ends the sessions of a client. While somebody acts as another person only that ends: the
 * session from which it began is given back.
 */
export async function signOutClient(world: World, caller: Caller): Promise<void> {
  const clientId = caller.client?.id;
  if (clientId === undefined) return;
  const now = world.clock.now();
  const live = await world.store.sessions.listLive(clientId, now);
  const impersonations = live.filter(({ session }) => session.actor !== undefined);
  if (impersonations.length === 0) {
    await endAll(world, caller);
    return;
  }
  for (const { session } of impersonations)
    await world.store.sessions.end(session.id, 'removed', now, entryOf(world, caller, session));
}

/** Ends every session of the calling client, an impersonation and what it began from alike. */
export async function endAll(world: World, caller: Caller): Promise<void> {
  if (!caller.client) return;
  const entryFor = (session: Session) => entryOf(world, caller, session);
  const now = world.clock.now();
  await world.store.sessions.endAllOfClient(caller.client.id, 'removed', now, entryFor);
}

function entryOf(world: World, { network }: Caller, session: Session) {
  return sessionEndEntry(world, agentOfSession(session, network), session, 'removed');
}
