import { createHash } from 'node:crypto';
import { createDevBrowser } from '../client/dev-browser.ts';
import { isAllowedOrigin } from '../instance/origins.ts';
import { Refusal } from '../refusal.ts';
import { equalHashes, hashSecret, Secret } from '../secret.ts';
import { newSecret, type World } from '../world.ts';

/**
 * A code that brings a session to a page of another site, in development: one use, 60
 * seconds, bound to the target origin and a PKCE challenge (RFC 7636).
 */
export interface Handover {
  readonly codeHash: string;
  readonly clientId: string;
  readonly origin: string;
  readonly challenge: string;
  readonly expiresAt: number;
}

export interface HandoverStore {
  add(handover: Handover): Promise<void>;
  /** Takes the hand-over away and answers it: one use, whether or not the rest is right. */
  take(codeHash: string, now: number): Promise<Handover | undefined>;
}

/** Milliseconds. */
const handoverLifetime = 60_000;

/** Starts a hand-over to an allowed origin. `undefined` when the browser has no client to hand over. */
export async function startHandover(
  world: World,
  clientId: string | undefined,
  target: { origin: string; challenge: string },
): Promise<Secret | undefined> {
  refuseProduction(world);
  if (!isAllowedOrigin(world.instance, target.origin) || !/^[\w-]{43}$/.test(target.challenge)) {
    throw new Refusal(
      'redirect_url_mismatch',
      'A hand-over needs an allowed origin and an S256 challenge.',
    );
  }
  if (clientId === undefined) return undefined;
  const code = newSecret(world);
  const expiresAt = world.clock.now() + handoverLifetime;
  await world.store.handovers.add({ codeHash: hashSecret(code), clientId, ...target, expiresAt });
  return new Secret(code);
}

/** Ends a hand-over: answers a dev-browser token that stands for the client. */
export async function finishHandover(
  world: World,
  input: { code: string; verifier: string; origin: string | undefined },
): Promise<{ devBrowser: Secret; clientId: string }> {
  refuseProduction(world);
  const handover = await world.store.handovers.take(hashSecret(input.code), world.clock.now());
  const challenge = createHash('sha256').update(input.verifier).digest('base64url');
  const isRightful =
    handover !== undefined &&
    handover.origin === input.origin &&
    /^[\w.~-]{43,128}$/.test(input.verifier) &&
    equalHashes(handover.challenge, challenge);
  if (!isRightful)
    throw new Refusal(
      'invalid_handshake',
      'This hand-over is unknown, used or expired. Sign in again.',
    );
  return {
    devBrowser: await createDevBrowser(world, handover.clientId),
    clientId: handover.clientId,
  };
}

function refuseProduction(world: World): void {
  if (world.instance.type === 'production') {
    throw new Refusal(
      'request_invalid_for_instance',
      'Hand-over between sites exists in development only.',
    );
  }
}
