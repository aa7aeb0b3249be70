import { Secret } from '../secret.ts';
import type { World } from '../world.ts';

/** Browsers in which a person has proved to be themselves before. */
export interface KnownDeviceStore {
  has(userId: string, deviceHash: string): Promise<boolean>;
}

/** What one transaction writes to remember a device. */
export interface KnownDevice {
  readonly userId: string;
  readonly deviceHash: string;
  /** The hash by which the browser was known before: everybody known by it goes on by the new one. */
  readonly formerHash?: string | undefined;
}

/**
 * The token for a browser that has none, made when this client signs in. It outlives sign-outs
 * and proves nothing by itself. Derived, so that an answer that was lost can be given again.
 */
export function deviceToken(world: World, clientId: string): Secret {
  return new Secret(`wcd_${world.pepper('device token', clientId).slice(0, 27)}`);
}
