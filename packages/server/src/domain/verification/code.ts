import { Refusal, refuseField } from '../refusal.ts';
import { equalHashes } from '../secret.ts';
import { isTestAddress } from '../user/email-address.ts';
import type { World } from '../world.ts';

/** A code lives ten minutes (ASVS 6.5.5). Milliseconds. */
export const codeLifetime = 600_000;

/** Wrong tries that end a code: at most 5 in a million for a guesser. */
export const codeAttempts = 5;

const fixedCode = '424242';

/** Six random digits; the fixed ones for a test address in a development instance in test mode. */
export function newCode(world: World, address: string): string {
  if (isFixedCodeAddress(world, address)) return fixedCode;
  // 48 bits over a million values: the bias is below 10⁻⁸.
  const [a, b] = [Buffer.from(world.randomBytes(6)).readUIntBE(0, 6), 1_000_000];
  return String(a % b).padStart(6, '0');
}

/** Whether this address takes the fixed code here; never in production. */
export function isFixedCodeAddress(world: World, address: string): boolean {
  const { type, settings } = world.instance;
  return type === 'development' && settings.isTestMode && isTestAddress(address);
}

/** A code is too short for a plain hash: an HMAC with the instance secret. */
export function hashCode(world: World, code: string): string {
  return world.pepper('code', code);
}

/** Refuses a code that is spent, expired or not the one that was sent. */
export function provedCode(
  world: World,
  sent: { codeHash: string; expireAt?: number | undefined },
  code: string,
  isTryLeft: boolean,
): void {
  if (!isTryLeft) {
    throw new Refusal('verification_failed', 'Too many wrong codes. Ask for a new one.');
  }
  if (sent.expireAt === undefined || sent.expireAt <= world.clock.now()) {
    throw new Refusal('verification_expired', 'This code has expired. Ask for a new one.');
  }
  if (!equalHashes(sent.codeHash, hashCode(world, code.trim()))) {
    throw refuseField(
      'form_code_incorrect',
      'code',
      'The code is not right. Look at the newest e-mail and try again.',
    );
  }
}
