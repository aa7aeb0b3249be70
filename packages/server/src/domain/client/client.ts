import { type Credential, readCredential, writeCredential } from '../credential.ts';
import { newId } from '../id.ts';
import { hashSecret, type Secret } from '../secret.ts';
import type { UsableSession } from '../session/use.ts';
import { newSecret, type World } from '../world.ts';

/** One browser or app install. Only the hash of its secret is kept. */
export interface Client {
  readonly id: string;
  readonly secretHash: string;
  /**
   * What the browser presented when its secret was last replaced. For 60 seconds it
   * proves that a repeated redemption comes from the same browser, and nothing else.
   */
  readonly formerSecretHash: string | undefined;
  readonly formerSecretUntil: number | undefined;
  readonly lastActiveSessionId: string | undefined;
  readonly lastAuthenticationStrategy: string | undefined;
  readonly signInId: string | undefined;
  readonly signUpId: string | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface ClientStore {
  find(id: string): Promise<Client | undefined>;
  /** The client with its live sessions and their users, oldest first; one statement. */
  findWithSessions(
    id: string,
    now: number,
  ): Promise<{ client: Client; sessions: readonly UsableSession[] } | undefined>;
  create(client: Client): Promise<void>;
  update(id: string, change: Partial<Omit<Client, 'id' | 'createdAt'>>): Promise<void>;
}

const tokenPrefix = 'wcc';

/** How long a browser may repeat a redemption whose answer it did not get. Milliseconds. */
export const repeatWindow = 60_000;

/** The client row and the token that its browser will carry. */
export interface NewClient {
  readonly client: Client;
  readonly token: Secret;
}

/**
 * A client with a fresh id and secret: nothing that the browser brought is adopted, so
 * that nobody can plant a client in it (ASVS 7.2.4).
 *
 * @param presentedHash the hash of what the browser presented before
 */
export function draftClient(
  world: World,
  presentedHash: string | undefined,
  id = newId(world, 'client'),
): NewClient {
  const now = world.clock.now();
  const secret = clientSecret(world, id);
  const client: Client = {
    id,
    secretHash: hashSecret(secret),
    formerSecretHash: presentedHash,
    formerSecretUntil: presentedHash === undefined ? undefined : now + repeatWindow,
    lastActiveSessionId: undefined,
    lastAuthenticationStrategy: undefined,
    signInId: undefined,
    signUpId: undefined,
    createdAt: now,
    updatedAt: now,
  };
  return { client, token: writeCredential(tokenPrefix, id, secret) };
}

/** The token of a client. The same each time, so that an answer that was lost can be given again. */
export function clientToken(world: World, clientId: string): Secret {
  return writeCredential(tokenPrefix, clientId, clientSecret(world, clientId));
}

/** Derived from the instance secret, which is not in the database: a dump opens nothing. */
function clientSecret(world: World, clientId: string): string {
  return world.pepper('client token', clientId).slice(0, 27);
}

/** A token for a browser's first contact. There is no row behind it; it only tells browsers apart. */
export function draftPreSessionToken(world: World): Secret {
  return writeCredential(tokenPrefix, newId(world, 'client'), newSecret(world));
}

/** Reads a client token; `undefined` when the text is none. */
export function readClientToken(text: string): Credential | undefined {
  return readCredential(tokenPrefix, 'client', text);
}
