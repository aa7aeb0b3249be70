import type { World } from '../world.ts';
import type { Caller } from './identify.ts';

/**
 * What names the browser of a call, where this person has proved in it before to be themselves:
 * by a gesture, or as a known device. `undefined` for every other browser.
 */
export async function findKnownBrowser(
  world: World,
  { client, deviceHash }: Pick<Caller, 'client' | 'deviceHash'>,
  userId: string,
): Promise<string | undefined> {
  const { gestures, knownDevices } = world.store;
  if (client && (await gestures.has(client.id, userId))) return client.id;
  const isKnown = deviceHash !== undefined && (await knownDevices.has(userId, deviceHash));
  return isKnown ? deviceHash : undefined;
}
