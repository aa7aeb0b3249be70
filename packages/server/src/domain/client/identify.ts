import { equalHashes, hashSecret } from '../secret.ts';
import type { World } from '../world.ts';
import { type Client, readClientToken } from './client.ts';
import { Refusal } from '../refusal.ts';

/** What a request brings to say which browser it comes from. */
export interface PresentedIdentity {
  /** The client token of the cookie, or of `Authorization` for native apps. */
  readonly clientToken: string | undefined;
  /** Development only: the dev-browser token of the query. */
  readonly devBrowserToken: string | undefined;
}

/** Who is calling the Frontend API, and from where. */
export interface Caller {
  /** The client row; `undefined` for a browser that has none yet. */
  readonly client: Client | undefined;
  /** The hash of the client token that came with the call, known or not. */
  readonly presentedHash: string | undefined;
  readonly devBrowserHash: string | undefined;
  /** The hash of the token by which the browser is remembered beyond sign-outs. */
  readonly deviceHash: string | undefined;
  /** What shows which browser asked for a ticket, from our cookie. */
  readonly browserVerifier: string | undefined;
  /** The application's origin, for `azp`. */
  readonly origin: string | undefined;
  readonly ipAddress: string | undefined;
  readonly userAgent: string | undefined;
  /** The network of the address, /24 or /48: from where, and not from which machine. */
  readonly network: string | undefined;
  /** Browser and system in words, such as `Chrome on Windows`. */
  readonly device: string | undefined;
  /** Whether the browser goes to a page of ours: it is answered with that page, and no resource. */
  readonly isNavigation: boolean;
}

/** What comes from no browser: the server acts by itself. */
export const noBrowser: Caller = {
  client: undefined,
  presentedHash: undefined,
  devBrowserHash: undefined,
  deviceHash: undefined,
  browserVerifier: undefined,
  origin: undefined,
  ipAddress: undefined,
  userAgent: undefined,
  network: undefined,
  device: undefined,
  isNavigation: false,
};

/**
 * Finds the client of a call: the dev browser's in development, else the one of the token.
 * An unknown dev browser is refused with `dev_browser_unauthenticated`, at which the SDK
 * gets a new one; an unknown client token is a browser without a client.
 */
export async function identifyClient(
  world: World,
  presented: PresentedIdentity,
): Promise<Pick<Caller, 'client' | 'presentedHash' | 'devBrowserHash'>> {
  const { client, presentedHash } = await readToken(world, presented.clientToken);
  if (world.instance.type === 'production' || presented.devBrowserToken === undefined) {
    return { client, presentedHash, devBrowserHash: undefined };
  }
  const devBrowserHash = hashSecret(presented.devBrowserToken);
  const devBrowser = await world.store.devBrowsers.find(devBrowserHash);
  if (!devBrowser) {
    throw new Refusal(
      'dev_browser_unauthenticated',
      'This browser is not known. Load the page again.',
    );
  }
  const pointed =
    devBrowser.clientId === undefined
      ? undefined
      : await world.store.clients.find(devBrowser.clientId);
  // A dev browser is a secret of its own: it proves a repeat as the client token does.
  return {
    client: pointed ?? client,
    presentedHash: presentedHash ?? devBrowserHash,
    devBrowserHash,
  };
}

async function readToken(
  world: World,
  token: string | undefined,
): Promise<Pick<Caller, 'client' | 'presentedHash'>> {
  const credential = token === undefined ? undefined : readClientToken(token);
  if (!credential) return { client: undefined, presentedHash: undefined };
  const client = await world.store.clients.find(credential.id);
  const isGenuine = client !== undefined && equalHashes(client.secretHash, credential.secretHash);
  return { client: isGenuine ? client : undefined, presentedHash: credential.secretHash };
}
