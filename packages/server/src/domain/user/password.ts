import { refuseField } from '../refusal.ts';
import type { World } from '../world.ts';

/** More would let one request hash for long; bcrypt digests stop at 72 anyway. */
export const maxPasswordBytes = 1024;

/** Refuses a password that the instance does not take; answers its digest. */
export async function hashNewPassword(
  world: World,
  password: string,
  field = 'password',
): Promise<string> {
  refuseWeakPassword(world, password, field);
  return world.passwords.hash(password);
}

/** Refuses a password that is too short or too long (ASVS 6.2.1, 6.2.9). */
function refuseWeakPassword(world: World, password: string, field = 'password'): void {
  const minimum = world.instance.settings.passwordMinLength;
  if ([...password].length < minimum) {
    throw refuseField(
      'form_password_length_too_short',
      field,
      `Choose a password of at least ${minimum} characters.`,
    );
  }
  refuseOversizedPassword(password, field);
}

/** Refuses what is too long to be a password, before any work is done on it. */
export function refuseOversizedPassword(password: string, field = 'password'): void {
  if (Buffer.byteLength(password) > maxPasswordBytes) {
    throw refuseField(
      'form_password_size_in_bytes_exceeded',
      field,
      `Choose a password of at most ${maxPasswordBytes} bytes.`,
    );
  }
}
