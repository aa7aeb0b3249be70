import { type Client, clientToken, repeatWindow } from '../client/client.ts';
import type { Caller } from '../client/identify.ts';
import { deviceToken } from '../client/known-device.ts';
import { equalHashes, hashSecret } from '../secret.ts';
import type { World } from '../world.ts';
import type { OpenedSession } from './open.ts';
import { isLive } from './session.ts';

/**
 * A session as it was opened, for the browser that opened it: its answer may have been lost,
 * cookies and all. Within 60 seconds and while the session lives; nothing is written.
 */
export async function repeatOpening(
  world: World,
  caller: Caller,
  sessionId: string,
): Promise<OpenedSession | undefined> {
  const now = world.clock.now();
  const session = await world.store.sessions.find(sessionId);
  if (!session || !isLive(session, now) || now - session.createdAt > repeatWindow) return undefined;
  const client = await world.store.clients.find(session.clientId);
  if (!client || !isSameBrowser(caller, client, now)) return undefined;
  const device = deviceToken(world, client.id);
  const isDeviceKept = await world.store.knownDevices.has(
    session.userId,
    hashSecret(device.reveal()),
  );
  return {
    session,
    client,
    clientToken: clientToken(world, client.id),
    deviceToken: isDeviceKept ? device : undefined,
  };
}

/** Whether the call comes from the browser that holds the client, or held what it was made from. */
function isSameBrowser(caller: Caller, client: Client, now: number): boolean {
  if (caller.client?.id === client.id) return true;
  if (caller.presentedHash === undefined || client.formerSecretHash === undefined) return false;
  const isFresh = client.formerSecretUntil !== undefined && client.formerSecretUntil >= now;
  return isFresh && equalHashes(client.formerSecretHash, caller.presentedHash);
}
