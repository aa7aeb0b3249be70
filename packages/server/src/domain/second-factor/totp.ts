import { Secret as TotpKey, TOTP } from 'otpauth';
import { Secret } from '../secret.ts';
import { primaryEmailAddress, type User } from '../user/user.ts';
import type { World } from '../world.ts';

/** Seconds, digits and hash as every authenticator app knows them (RFC 6238, section 4). */
const periodSeconds = 30;
const digits = 6;
const algorithm = 'SHA1';

/** Steps before and after the present one that still count: a clock may be off by so much. */
const window = 1;

const sealPurpose = 'totp secret';

/** A secret of 160 bits in base 32 (RFC 4226, section 4). */
export function newTotpSecret(world: Pick<World, 'randomBytes'>): Secret {
  return new Secret(new TotpKey({ buffer: Uint8Array.from(world.randomBytes(20)).buffer }).base32);
}

/** A secret from elsewhere in the form that apps show: spaces, case and padding do not matter. */
export function readTotpSecret(text: string): Secret | undefined {
  const compact = text.replaceAll(/[\s=-]/g, '').toUpperCase();
  // 80 bits were usual once; fewer can be guessed from a few codes.
  return /^[A-Z2-7]{16,128}$/.test(compact) ? new Secret(compact) : undefined;
}

/** The secret as the store keeps it. */
export function sealTotpSecret(world: World, secret: Secret): string {
  return world.vault.seal(sealPurpose, secret.reveal());
}

/** The secret that the store keeps. */
function openTotpSecret(world: World, sealed: string): Secret {
  return new Secret(world.vault.open(sealPurpose, sealed));
}

/** The address that an authenticator app reads from a QR code. */
export function totpUri(world: World, user: User, secret: Secret): string {
  const label = primaryEmailAddress(user)?.value ?? user.username ?? user.id;
  return totpOf(secret, { issuer: world.instance.settings.applicationName, label }).toString();
}

/** The time step to which this code belongs, of those that count now; `undefined` for a wrong code. */
export function findTotpStep(world: World, sealedSecret: string, code: string): number | undefined {
  const token = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const timestamp = world.clock.now();
  const delta = totpOf(openTotpSecret(world, sealedSecret)).validate({ token, timestamp, window });
  return delta === null ? undefined : TOTP.counter({ period: periodSeconds, timestamp }) + delta;
}

function totpOf(secret: Secret, names: { issuer?: string; label?: string } = {}): TOTP {
  return new TOTP({
    ...names,
    algorithm,
    digits,
    period: periodSeconds,
    secret: TotpKey.fromBase32(secret.reveal()),
  });
}
