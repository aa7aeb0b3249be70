import { hashSecret, Secret } from '../secret.ts';
import { newSecret, type World } from '../world.ts';

/**
 * In development a page of another site is known by a token in its calls, since its
 * cookies do not reach us. The row points to the client that it stands for now.
 */
export interface DevBrowser {
  readonly tokenHash: string;
  readonly clientId: string | undefined;
  readonly createdAt: number;
}

export interface DevBrowserStore {
  create(browser: DevBrowser): Promise<void>;
  find(tokenHash: string): Promise<DevBrowser | undefined>;
  /** Lets the token stand for this client from now on. */
  point(tokenHash: string, clientId: string): Promise<void>;
}

/** Makes a dev-browser token, standing for a client or for none yet. */
export async function createDevBrowser(world: World, clientId?: string): Promise<Secret> {
  const token = `dvb_${newSecret(world)}`;
  await world.store.devBrowsers.create({
    tokenHash: hashSecret(token),
    clientId,
    createdAt: world.clock.now(),
  });
  return new Secret(token);
}
